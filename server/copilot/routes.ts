import { Hono, type Context } from "hono";
import { streamSSE } from "hono/streaming";
import { ask, type AskEvent } from "#contract";
import type { Env } from "../http/context.ts";
import { validate } from "../http/validate.ts";
import type { Copilot } from "./copilot.ts";

/** The copilot, below /api/copilot. */
export const copilotRoutes = (copilot: Copilot) =>
  new Hono<Env>()
    .post("/ask", validate("json", ask), async (c) => {
      const left = new AbortController();
      const signal = AbortSignal.any([c.req.raw.signal, left.signal]);
      const events = await copilot.ask(c.var.actor, c.req.valid("json"), signal);
      return eventStream(c, events, left);
    })
    .get("/status", async (c) => c.json(await copilot.status(c.var.actor.language), 200));

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
