import { Hono } from "hono";
import type { AuditChecked, AuditEntry, AuditState } from "#contract";
import * as scene from "./scene.ts";
import { sse } from "./wire.ts";

export type AuditOptions = {
  audit?: AuditEntry[];
  /** What the last check found; null where there was none. */
  checked?: AuditChecked | null;
  /** A check comes to its end when this does. */
  checking?: Promise<void>;
};

const before = (minutes: number): string => new Date(scene.NOW.getTime() - minutes * 60_000).toISOString();
const hash = "3fa2c1d84b7790e65512ab0947fe63c8d0b1a2f3948576cd01e2f3a4b5c6d7e8";

export const whole: AuditChecked = {
  at: before(14),
  n: 48_211,
  hash,
  fault: null,
  recordings: { proven: 12_406, older: 318, wrong: 0, faults: [] },
};
export const broken: AuditChecked = {
  ...whole,
  n: 31_076,
  fault: { kind: "altered", n: 31_077 },
  recordings: {
    proven: 12_405,
    older: 318,
    wrong: 1,
    faults: [{ callId: scene.idOf(200), kind: "altered" }],
  },
};

const luis = { kind: "browser", id: scene.idOf(700), name: "Luis Prieto" } as const;
const said: Pick<AuditEntry, "by" | "action" | "subject" | "address">[] = [
  {
    by: luis,
    action: "recording_listened",
    subject: { kind: "recording", id: scene.idOf(200), name: "Óscar Medina" },
    address: "192.0.2.14",
  },
  {
    by: luis,
    action: "recording_downloaded",
    subject: { kind: "recording", id: scene.idOf(201), name: null },
    address: "192.0.2.14",
  },
  {
    by: { kind: "device", id: scene.idOf(701), name: "María López" },
    action: "recording_stored",
    subject: { kind: "recording", id: scene.idOf(200), name: "Óscar Medina" },
    address: "192.0.2.31",
  },
  {
    by: { kind: "browser", id: scene.idOf(702), name: "Elena Vega" },
    action: "setting_changed",
    subject: { kind: "setting", id: "alert_limits", name: null },
    address: "2001:db8::7",
  },
  {
    by: { kind: "browser", id: scene.idOf(703), name: null },
    action: "contact_changed",
    subject: { kind: "contact", id: scene.idOf(900), name: null },
    address: "192.0.2.20",
  },
  {
    by: { kind: "key", id: scene.idOf(704), name: "Programa de informes" },
    action: "exported",
    subject: null,
    address: "192.0.2.90",
  },
  { by: { kind: "system", id: null, name: null }, action: "backup_made", subject: null, address: null },
];
/** What some people did, newest first. */
export const entries: AuditEntry[] = [...said, ...said, ...said].map((one, i) => ({
  ...one,
  n: 48_211 - i,
  at: before(3 + 7 * i),
  digest: null,
}));

/** Who did what with made-up answers; a check takes a moment and finds the chain whole. */
export function fakeAudit(options: AuditOptions) {
  const all = options.audit ?? entries;
  const [newest] = all;
  const head = newest ? { n: newest.n, hash, at: newest.at } : null;
  const state: AuditState = { head, checked: options.checked === undefined ? whole : options.checked };
  const app = new Hono()
    .get("/", (c) => {
      const { who, what, subject, from = "", to = "9", after } = c.req.query();
      const found = all.filter(
        ({ by, action, subject: about, at, n }) =>
          (!who || by.id === who) &&
          (!what || action === what) &&
          (!subject || about?.id === subject) &&
          at.slice(0, 10) >= from &&
          at.slice(0, 10) <= to &&
          (!after || n < Number(after)),
      );
      const items = found.slice(0, 14);
      return c.json({ items, next: items.length < found.length ? String(items.at(-1)?.n) : null }, 200);
    })
    .get("/state", (c) => c.json(state, 200))
    .post("/check", () =>
      sse((send, end) => {
        void (async () => {
          for (const done of [0, 20_000, 40_000]) send({ event: "progress", data: { done, of: whole.n } });
          await options.checking;
          state.checked = { ...whole, at: scene.NOW.toISOString() };
          send({ event: "checked", data: state.checked });
          end();
        })();
      }),
    );
  return { app };
}
