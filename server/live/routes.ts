import { Hono } from "hono";
import { z } from "zod";
import { scope } from "#contract";
import type { Agents } from "../agents/agents.ts";
import type { Auth } from "../auth/auth.ts";
import { bearerOf, type SessionCookie } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import type { OpenPipe } from "../http/pipe.ts";
import { validate } from "../http/validate.ts";
import type { Live } from "./live.ts";

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/** The live board, at /api/live. */
export const liveRoutes = (
  { live, agents, auth }: { live: Live; agents: Agents; auth: Auth },
  cookie: SessionCookie,
  openPipe: OpenPipe,
) =>
  new Hono<Env>().get("/", validate("query", z.object({ scope: scope.optional() })), async (c) => {
    const named = await agents.named(c.var.actor, c.req.valid("query").scope);
    const timeZone = await agents.timeZone(c.var.actor, named.scope);
    const head = c.body(null, 200, HEADERS);
    // whoever asks for the head alone would hold a board that nobody sees
    if (c.req.method === "HEAD") return head;
    const token = bearerOf(c) ?? cookie.read(c) ?? "";
    const pipe = await live.join({ ...named, timeZone }, (closed) => {
      const board = openPipe(c, head, () => (unwatch(), closed()));
      const unwatch = auth.whileSignedIn(c.var.actor, token, () => board.end());
      return board;
    });
    return pipe.answer;
  });

export type LiveRoutes = ReturnType<typeof liveRoutes>;
