import assert from "node:assert/strict";
import { test } from "node:test";
import { serverEvents, type ServerEvent } from "../../web/sse.ts";

/** What the page reads from a stream that arrives in these pieces. */
async function read(...pieces: (string | Uint8Array)[]): Promise<ServerEvent[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of serverEvents(body)) events.push(event);
  return events;
}

test("events, comments and several lines of data", async () => {
  assert.deepEqual(await read(": here\n\nevent: token\ndata: uno\ndata: dos\n\ndata:tres\n\n"), [
    { event: "token", data: "uno\ndos" },
    { event: "message", data: "tres" },
  ]);
});

test("pieces may be cut anywhere, also inside a letter", async () => {
  const bytes = new TextEncoder().encode('event: token\r\ndata: {"text":"¿señal? 29,90 €"}\r\n\r\n');
  const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
  assert.deepEqual(await read(...pieces), [{ event: "token", data: '{"text":"¿señal? 29,90 €"}' }]);
});

test("an event without its empty line never happened", async () => {
  assert.deepEqual(await read("data: a\n\nevent: done\ndata: b\n"), [{ event: "message", data: "a" }]);
});
