import assert from "node:assert/strict";
import { callEnd, callStart, type Client } from "./server.ts";
import { contentDigest, toneWav } from "./wav.ts";

/** A call of one PC with its recording of some tenths of a second: its id and the digest of its sound. */
export async function recordedCall(
  device: Client,
  at: Date,
  seconds = 0.2,
): Promise<{ callId: string; sha256: string }> {
  const start = callStart(at);
  await device.request("POST", "/api/calls/start", start);
  await device.request("POST", "/api/calls/end", callEnd(start));
  const { bytes, metadata } = toneWav(seconds);
  const path = `/api/recordings/${start.id}`;
  await device.request("PUT", `${path}/parts/0`, bytes, contentDigest(bytes));
  const done = await device.request("POST", path, { parts: 1, metadata });
  assert.equal(done.status, 200);
  return { callId: start.id, sha256: metadata.sha256 };
}
