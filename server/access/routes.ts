import { Hono } from "hono";
import { z } from "zod";
import { id, newApiKey, passwordChange } from "#contract";
import { allow, browserOnly, type SessionCookie } from "../auth/middleware.ts";
import type { OwnPassword } from "../auth/own-password.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Keys } from "./keys.ts";
import type { Sessions } from "./sessions.ts";

const ofId = validate("param", z.object({ id }));
type Rooms = { sessions: Sessions; ownPassword: OwnPassword; keys: Keys };

/** One's own password and sessions, other people's for admins, and keys; below /api. */
export const accessRoutes = ({ sessions, ownPassword, keys }: Rooms, cookie: SessionCookie) =>
  new Hono<Env>()
    .put("/me/password", browserOnly, validate("json", passwordChange), async (c) => {
      await ownPassword.change(c.var.actor, c.req.valid("json"), cookie.read(c) ?? "");
      return c.body(null, 204);
    })
    .get("/me/sessions", browserOnly, async (c) =>
      c.json({ items: await sessions.list(c.var.actor.userId, cookie.read(c) ?? null) }, 200),
    )
    .delete("/me/sessions", browserOnly, async (c) => {
      await sessions.endBrowsers(c.var.actor, c.var.actor.userId, cookie.read(c) ?? null);
      return c.body(null, 204);
    })
    .delete("/me/sessions/:id", browserOnly, ofId, async (c) => {
      await sessions.end(c.var.actor, c.var.actor.userId, c.req.valid("param").id);
      return c.body(null, 204);
    })
    .get("/users/:id/sessions", allow("admin"), ofId, async (c) =>
      c.json({ items: await sessions.list(c.req.valid("param").id, cookie.read(c) ?? null) }, 200),
    )
    .delete("/users/:id/sessions", allow("admin"), ofId, async (c) => {
      await sessions.endBrowsers(c.var.actor, c.req.valid("param").id, cookie.read(c) ?? null);
      return c.body(null, 204);
    })
    .delete(
      "/users/:id/sessions/:sessionId",
      allow("admin"),
      validate("param", z.object({ id, sessionId: id })),
      async (c) => {
        const { id: userId, sessionId } = c.req.valid("param");
        await sessions.end(c.var.actor, userId, sessionId);
        return c.body(null, 204);
      },
    )
    .post("/users/:id/reset-code", allow("admin"), ofId, async (c) =>
      c.json(await ownPassword.newCode(c.var.actor, c.req.valid("param").id), 201),
    )
    .get("/keys", allow("admin"), async (c) => c.json({ items: await keys.list() }, 200))
    .post("/keys", allow("admin"), validate("json", newApiKey), async (c) =>
      c.json(await keys.add(c.var.actor, c.req.valid("json")), 201),
    )
    .delete("/keys/:id", allow("admin"), ofId, async (c) => {
      await keys.revoke(c.var.actor, c.req.valid("param").id);
      return c.body(null, 204);
    });

export type AccessRoutes = ReturnType<typeof accessRoutes>;
