import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import { type NativeRecorder, recordOutput } from "../../tray/recorder/loopback.ts";
import { mixDown, Resampler } from "../../tray/recorder/resampler.ts";
import { sourcesOf } from "../../tray/recorder/sources.ts";

const RATE = 44_100;
const sine = (hz: number, rate: number, seconds: number) =>
  Int16Array.from({ length: rate * seconds }, (_, i) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hz * i) / rate)),
  );

/** How many times a sound rises through zero: its frequency times its length. */
const risings = (samples: Int16Array) =>
  samples.reduce((sum, sample, i) => sum + (sample >= 0 && (samples[i - 1] ?? 0) < 0 ? 1 : 0), 0);

for (const from of [8_000, 16_000, 44_100, 48_000, 96_000])
  test(`${from} Hz becomes 44.1 kHz in pieces of any size, at the same pitch`, () => {
    const resampler = new Resampler(from, RATE);
    const input = sine(440, from, 2);
    const pieces: Int16Array[] = [];
    for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7 + 3) % 1_000) {
      size = Math.max(1, size);
      pieces.push(resampler.push(input.subarray(at, at + size)));
    }
    const all = Int16Array.from(pieces.flatMap((piece) => [...piece]));
    assert.ok(Math.abs(all.length - 2 * RATE) <= RATE / from + 2, `${all.length} samples`);
    assert.ok(Math.abs(risings(all) - 880) <= 2);
    assert.ok(
      all.every((sample, i) => Math.abs(sample - (all[i - 1] ?? 0)) < 800),
      "no clicks at the seams",
    );
  });

test("channels become their mean", () => {
  assert.deepEqual(mixDown(Int16Array.of(100, 200, -50, 50), 2), Int16Array.of(150, 0));
  assert.deepEqual(mixDown(Int16Array.of(1, 2), 1), Int16Array.of(1, 2));
});

/** Stands in for native-recorder-nodejs, which exists for Windows and macOS only. */
function fakeNative() {
  const running: EventEmitter[] = [];
  class FakeRecorder extends EventEmitter {
    async start(): Promise<void> {
      running.push(this);
    }
    static getDevices() {
      return [
        { id: "{1}", name: "TV", isDefault: false },
        { id: "{2}", name: "Auriculares", isDefault: true },
      ];
    }
    static getDeviceFormat() {
      return { sampleRate: 48_000, channels: 2 };
    }
  }
  const emits = (samples: Int16Array) => running.at(-1)?.emit("data", Buffer.from(samples.buffer));
  return { recorder: FakeRecorder as unknown as NativeRecorder, emits };
}

test("an output is recorded as mono at 44.1 kHz, and its idle time as silence", async () => {
  const { recorder, emits } = fakeNative();
  let nowMs = 0;
  let bytes = 0;
  const fill = await recordOutput({
    recorder,
    device: undefined,
    write: (chunk) => (bytes += chunk.length),
    now: () => nowMs,
  });
  for (; nowMs < 1_000; nowMs += 10) emits(new Int16Array(480 * 2));
  fill();
  assert.ok(Math.abs(bytes / 2 - RATE) < 5, "a second of sound");
  nowMs = 3_200;
  fill();
  fill();
  assert.ok(Math.abs(bytes / 2 - 3 * RATE) < 5, "and two of silence, 200 ms behind the clock");
});

test("an output that is not there is an error that names those that are", async () => {
  const { recorder } = fakeNative();
  const of = { recorder, write: () => undefined, now: () => 0 };
  await assert.rejects(recordOutput({ ...of, device: "HDMI" }), /no such output; there are: TV, Auriculares/);
  await recordOutput({ ...of, device: "TV" });
});

test("each system has both sides, the agent first", () => {
  for (const platform of ["linux", "win32", "darwin"] as const)
    assert.deepEqual(
      sourcesOf(platform, {}).map(({ side }) => side),
      ["agent", "customer"],
    );
});
