import { Hono } from "hono";
import { holdInput, retentionInput, type Backup, type RetentionPreview } from "#contract";
import * as keeping from "./keeping-scene.ts";
import * as scene from "./scene.ts";
import { problem } from "./wire.ts";

export type KeepingOptions = {
  /** A company that has just begun, or one whose disk is full soon and which has no programs to convert. */
  keeping?: "new" | "full";
};

/** How long things are kept, with made-up answers. */
export function fakeKeeping({ keeping: state }: KeepingOptions) {
  const [none, full] = [state === "new", state === "full"];
  let retention = {
    ...keeping.retention,
    ...(none && { rules: [], changedAt: null }),
    ...(full && { tools: { flac: false, opus: false } }),
  };
  let [held, trashed] = none ? [[], []] : [keeping.held, keeping.trashed];
  let backups: Backup[] = none ? [] : keeping.backups.items;
  const capacity = none
    ? {
        ...keeping.capacity,
        recordings: 0,
        bytes: 0,
        trashBytes: 0,
        bytesPerDay: 0,
        daysLeft: null,
        months: [],
      }
    : { ...keeping.capacity, ...(full && { freeBytes: 90e9, daysLeft: 17 }) };
  const preview: RetentionPreview = {
    flac: full ? 0 : 300,
    opus: full ? 0 : 12,
    deleted: 18,
    waiting: full ? 312 : 0,
    held: 1,
    deletedBytes: 1_900_000_000,
  };

  return new Hono()
    .get("/retention", (c) => c.json(retention, 200))
    .put("/retention", async (c) => {
      retention = { ...retention, ...retentionInput.parse(await c.req.json()) };
      return c.json(retention, 200);
    })
    .post("/retention/preview", async (c) => {
      const { data, error } = retentionInput.safeParse(await c.req.json());
      if (!data) {
        const errors = error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
        return c.json({ ...problem(422, "invalid", "Hay valores que no valen.", ""), errors }, 422);
      }
      const { rules } = data;
      const nothing = { flac: 0, opus: 0, deleted: 0, waiting: 0, held: 0, deletedBytes: 0 };
      return c.json(rules.length === 0 ? nothing : preview, 200);
    })
    .get("/retention/capacity", (c) => c.json(capacity, 200))
    .get("/retention/holds", (c) => c.json({ items: held, next: null }, 200))
    .get("/trash", (c) => c.json({ items: trashed, next: null }, 200))
    .post("/recordings/:callId/hold", async (c) => {
      const { why } = holdInput.parse(await c.req.json());
      return c.json({ by: "Elena Vega", why, at: scene.NOW.toISOString() }, 200);
    })
    .delete("/recordings/:callId/hold", (c) => {
      held = held.filter(({ callId }) => callId !== c.req.param("callId"));
      return c.body(null, 204);
    })
    .post("/recordings/:callId/restore", (c) => {
      trashed = trashed.filter(({ callId }) => callId !== c.req.param("callId"));
      return c.body(null, 204);
    })
    .get("/backups", (c) => c.json({ ...keeping.backups, items: backups, possible: !full }, 200))
    .post("/backups", (c) => {
      const at = scene.NOW.toISOString();
      const made: Backup = {
        id: at,
        kind: "manual",
        made: at,
        goesAt: "2026-11-29T23:00:00.000Z",
        file: "x",
        bytes: 191e6,
      };
      backups = [made, ...backups];
      return c.json(made, 201);
    });
}
