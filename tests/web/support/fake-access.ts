import { Hono } from "hono";
import type { ApiKey, LockedPeople, newApiKey, Session } from "#contract";
import type { z } from "zod";
import * as scene from "./scene.ts";
import { problem } from "./wire.ts";

export type AccessOptions = {
  sessions?: Session[];
  keys?: ApiKey[];
  locked?: LockedPeople["items"];
};

const ago = (ms: number): string => new Date(scene.NOW.getTime() - ms).toISOString();
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Somebody at a desk, on a phone, and at the PC that records. */
export const sessions: Session[] = [
  {
    id: scene.idOf(901),
    kind: "browser",
    device: null,
    browser: "Firefox · Windows",
    address: "192.168.1.34",
    createdAt: ago(3 * DAY),
    lastSeenAt: ago(MINUTE),
    current: true,
  },
  {
    id: scene.idOf(902),
    kind: "browser",
    device: null,
    browser: "Safari · iPhone",
    address: "192.168.1.77",
    createdAt: ago(9 * DAY),
    lastSeenAt: ago(47 * MINUTE),
    current: false,
  },
  {
    id: scene.idOf(903),
    kind: "device",
    device: "PC-VENTAS-07",
    browser: null,
    address: "192.168.1.107",
    createdAt: ago(40 * DAY),
    lastSeenAt: ago(2 * DAY),
    current: false,
  },
];

export const keys: ApiKey[] = [
  {
    id: scene.idOf(911),
    name: "Centralita de Madrid",
    scopes: ["calls:write"],
    createdBy: "Elena Vega",
    createdAt: ago(30 * DAY),
    expiresAt: null,
    lastUsedAt: ago(5 * MINUTE),
  },
  {
    id: scene.idOf(912),
    name: "Informe semanal",
    scopes: ["calls:read", "stats:read"],
    createdBy: "Elena Vega",
    createdAt: ago(12 * DAY),
    expiresAt: ago(DAY),
    lastUsedAt: null,
  },
];

const invalid = (path: string, message: string) => ({
  ...problem(422, "invalid", "Hay valores que no valen.", "Corrige los campos que se indican."),
  errors: [{ path, message }],
});
const common = "es de las primeras que alguien probaría: usa mejor varias palabras tuyas";

/** Passwords, sessions and keys with made-up answers, which change as the real ones do. */
export function fakeAccess(options: AccessOptions) {
  let open = [...(options.sessions ?? sessions)];
  let known = [...(options.keys ?? keys)];
  const end = (id: string) => (open = open.filter((one) => one.id !== id));
  const endBrowsers = () => (open = open.filter(({ kind, current }) => kind === "device" || current));
  const done = (deed: () => unknown) => {
    deed();
    return new Response(null, { status: 204 });
  };
  return new Hono()
    .post("/reset", async (c) => {
      const { code, password } = await c.req.json<{ code: string; password: string }>();
      if (password.startsWith("contraseña")) return c.json(invalid("password", common), 422);
      if (code === "K7M4-29QX") return c.json(scene.me("supervisor"), 200);
      return c.json(problem(422, "reset_code_invalid", "El código no vale.", "Pide otro código."), 422);
    })
    .put("/me/password", async (c) => {
      const { current, next } = await c.req.json<{ current: string; next: string }>();
      if (current !== "la de antes") return c.json(invalid("current", "no es la contraseña actual"), 422);
      if (next.startsWith("contraseña")) return c.json(invalid("next", common), 422);
      return done(endBrowsers);
    })
    .get("/me/sessions", (c) => c.json({ items: open }, 200))
    .delete("/me/sessions", () => done(endBrowsers))
    .delete("/me/sessions/:id", (c) => done(() => end(c.req.param("id"))))
    .get("/users/locked", (c) => c.json({ items: options.locked ?? [] }, 200))
    .get("/users/:id/sessions", (c) =>
      c.json({ items: open.map((one) => ({ ...one, current: false })) }, 200),
    )
    .delete("/users/:id/sessions", () => done(() => (open = open.filter(({ kind }) => kind === "device"))))
    .delete("/users/:id/sessions/:sessionId", (c) => done(() => end(c.req.param("sessionId"))))
    .post("/users/:id/reset-code", (c) =>
      c.json({ code: "R4PT-8WQX", expiresAt: new Date(scene.NOW.getTime() + 3_600_000).toISOString() }, 201),
    )
    .get("/keys", (c) => c.json({ items: known }, 200))
    .post("/keys", async (c) => {
      const { name, scopes, expiresAt = null } = await c.req.json<z.output<typeof newApiKey>>();
      if (scopes.length === 0) return c.json(invalid("scopes", "Demasiado pequeño"), 422);
      const dates = { createdAt: scene.NOW.toISOString(), expiresAt, lastUsedAt: null };
      const key = { id: scene.idOf(920), name, scopes, createdBy: "Elena Vega", ...dates };
      known = [...known, key];
      return c.json({ ...key, key: "cm_9xQ2mWfJ0aVYc3nRkT7pL5bHsD8uE1gZ4iO6qXwN-vM" }, 201);
    })
    .delete("/keys/:id", (c) => done(() => (known = known.filter(({ id }) => id !== c.req.param("id")))));
}
