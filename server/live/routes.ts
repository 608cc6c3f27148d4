import { Hono } from "hono";
import { z } from "zod";
import { scope } from "#contract";
import type { Agents } from "../agents/agents.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Live, Send } from "./live.ts";

/** The live board, at /api/live. */
export const liveRoutes = (live: Live, agents: Agents) =>
  new Hono<Env>().get("/", validate("query", z.object({ scope: scope.optional() })), async (c) => {
    const named = await agents.named(c.var.actor, c.req.valid("query").scope);
    const timeZone = await agents.timeZone(c.var.actor, named.scope);
    const headers = {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    };
    return c.body(
      board((send) => live.join(named.scope, named.name, timeZone, send)),
      200,
      headers,
    );
  });

/** Frames that a board may fall behind before it is cut off; it comes back and starts with a snapshot. */
const BACKLOG = 64;

function board(join: (send: Send) => Promise<() => void>): ReadableStream<Uint8Array> {
  let gone = false;
  let leave = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        leave = await join((frame) => {
          if (gone) return;
          if ((controller.desiredSize ?? 0) < -BACKLOG) {
            gone = true;
            leave();
            controller.error(new Error("the board does not keep up"));
          } else controller.enqueue(frame);
        });
        if (gone) leave();
      },
      cancel() {
        gone = true;
        leave();
      },
    },
    { highWaterMark: 1 },
  );
}

export type LiveRoutes = ReturnType<typeof liveRoutes>;
