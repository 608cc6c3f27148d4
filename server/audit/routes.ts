import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { auditFilter, id } from "#contract";
import type { Auth } from "../auth/auth.ts";
import { allow } from "../auth/middleware.ts";
import { scopeOf } from "../auth/scope.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Recordings } from "../recordings/recordings.ts";
import type { AuditReading } from "./reading.ts";

/** Who did what, below /api/audit. */
export const auditRoutes = (reading: AuditReading, auth: Auth) =>
  new Hono<Env>()
    .use(allow("admin"))
    .get("/", validate("query", auditFilter), async (c) => {
      const { timeZone } = await auth.me(c.var.actor);
      return c.json(await reading.list(c.req.valid("query"), timeZone), 200);
    })
    .get("/state", async (c) => c.json(await reading.state(), 200))
    .post("/check", (c) => {
      const left = new AbortController();
      const response = streamSSE(c, async (stream) => {
        stream.onAbort(() => left.abort());
        for await (const { event, data } of reading.check(c.var.actor, left.signal))
          await stream.writeSSE({ event, data: JSON.stringify(data) });
      });
      response.headers.set("cache-control", "no-cache, no-transform");
      return response;
    });

/** Who heard a recording, below /api/recordings: for whoever may see it, its agent among them. */
export const listenerRoutes = (recordings: Pick<Recordings, "visible">, reading: AuditReading) =>
  new Hono<Env>().get("/:callId/listeners", validate("param", z.object({ callId: id })), async (c) => {
    const { callId } = c.req.valid("param");
    await recordings.visible(scopeOf(c.var.actor), callId);
    return c.json({ items: await reading.listeners(callId) }, 200);
  });

export type AuditRoutes = ReturnType<typeof auditRoutes>;
