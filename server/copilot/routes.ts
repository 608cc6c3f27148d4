import { Hono, type Context } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import {
  ask,
  askFeedback,
  copilotSettingsChange,
  findInput,
  id,
  modelChoice,
  pullChoice,
  statusQuery,
  type AskEvent,
} from "#contract";
import { allow } from "../auth/middleware.ts";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { CopilotRoom } from "./room.ts";

/** The copilot, below /api/copilot. */
export const copilotRoutes = ({ copilot, models, pulls, asks }: CopilotRoom) =>
  new Hono<Env>()
    .post("/ask", validate("json", ask), async (c) => {
      const left = new AbortController();
      const signal = AbortSignal.any([c.req.raw.signal, left.signal]);
      const events = await copilot.ask(c.var.actor, c.req.valid("json"), signal);
      return eventStream(c, events, left);
    })
    .post("/find", validate("json", findInput), async (c) =>
      c.json(await copilot.find(c.var.actor, c.req.valid("json")), 200),
    )
    .post("/asks/:id", validate("param", z.object({ id })), validate("json", askFeedback), async (c) => {
      await asks.tell(c.var.actor, c.req.valid("param").id, c.req.valid("json"));
      return c.body(null, 204);
    })
    .get("/status", validate("query", statusQuery), async (c) =>
      c.json(await copilot.status(c.var.actor, c.req.valid("query").context), 200),
    )
    .put("/model", validate("json", modelChoice), async (c) => {
      await models.choose(c.var.actor, c.req.valid("json").model);
      return c.json(await copilot.status(c.var.actor), 200);
    })
    .delete("/history", (c) => {
      copilot.forget(c.var.actor);
      return c.body(null, 204);
    })
    .get("/settings", allow("admin"), async (c) => c.json(await models.settings(), 200))
    .put("/settings", allow("admin"), validate("json", copilotSettingsChange), async (c) =>
      c.json(await models.switchHoldOut(c.var.actor, c.req.valid("json").holdOut), 200),
    )
    .post("/pulls", allow("admin"), validate("json", pullChoice), (c) =>
      c.json(pulls.start(c.req.valid("json").model, c.var.actor.language), 201),
    )
    .delete("/pulls", allow("admin"), validate("query", modelChoice), (c) => {
      pulls.stop(c.req.valid("query").model);
      return c.body(null, 204);
    });

export type CopilotRoutes = ReturnType<typeof copilotRoutes>;

/** The events as SSE, each sent as it comes. `left` aborts when the reader goes away. */
function eventStream(c: Context<Env>, events: AsyncIterable<AskEvent>, left: AbortController): Response {
  const response = streamSSE(c, async (stream) => {
    // a runtime may notice the closed connection at the request or at the response: both count
    stream.onAbort(() => left.abort());
    for await (const { event, data } of events) await stream.writeSSE({ event, data: JSON.stringify(data) });
  });
  response.headers.set("cache-control", "no-cache, no-transform");
  response.headers.set("x-accel-buffering", "no");
  return response;
}
