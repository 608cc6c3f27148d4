import assert from "node:assert/strict";
import { callEnd, callStart, type Client, type TestServer } from "./server.ts";
import { contentDigest, toneWav } from "./wav.ts";

/** A call of this PC that began then, ended with an outcome, and its recording as the server has it. */
export async function endedRecording(
  server: TestServer,
  device: Client,
  at: Date,
  {
    disposition = "sale",
    seconds = 1,
    contact,
  }: { disposition?: string | null; seconds?: number; contact?: { name?: string; phone?: string } } = {},
) {
  server.setNow(at);
  const start = callStart(at, contact && { contact });
  await device.request("POST", "/api/calls/start", start);
  const wav = toneWav(seconds);
  const path = `/api/recordings/${start.id}`;
  await device.request("PUT", `${path}/parts/0`, wav.bytes, contentDigest(wav.bytes));
  const done = await device.request("POST", path, { parts: 1, metadata: wav.metadata });
  assert.equal(done.status, 200);
  await device.request("POST", "/api/calls/end", callEnd(start, seconds));
  if (disposition !== null) await device.request("PATCH", `/api/calls/${start.id}`, { disposition });
  return { id: start.id, path, wav };
}
