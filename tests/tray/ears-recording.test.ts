import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { completenessOf } from "#contract";
import { sherpaEngine } from "../../tray/ears/sherpa.ts";
import type { SoundListener } from "../../tray/ports.ts";
import { StereoTimeline } from "../../tray/recorder/timeline.ts";
import { GrowingWav, HEADER_BYTES } from "../../tray/recorder/wav.ts";
import { chunks, joined, RATE, toyModel } from "../support/speech.ts";

/** Loud everywhere, so that silence shows. */
const noise = (ms: number, seed = 1) =>
  Int16Array.from({ length: Math.round((ms * RATE) / 1000) }, (_, i) => ((i * 7919 * seed) % 9_000) + 1_000);

/** Ten seconds of two sound cards with drift, a lost recorder and a pause; what the timeline gives for the file. */
function play(timeline: StereoTimeline): Int16Array {
  const out: Int16Array[] = [];
  const [agent, customer] = [[...chunks(noise(10_000))], [...chunks(noise(10_000, 3))]];
  for (const [i, [samples, at]] of agent.entries()) {
    timeline.push("agent", samples, at + 60);
    if (at < 3_000 || at > 3_600) timeline.push("customer", customer[i]?.[0] ?? samples, at * 1.0003 + 55);
    if (i === 75) timeline.cut("customer");
    if (i === 125) timeline.pause(at + 60);
    if (i === 150) timeline.resume(at + 60);
    out.push(timeline.read(at + 60));
  }
  out.push(...timeline.rest(10_100));
  return joined(out);
}

test("a recording is the same to the byte, with ears and without", async (t) => {
  const without = play(new StereoTimeline(["agent", "customer"], 0));
  const listening = new StereoTimeline(["agent", "customer"], 0);
  const session = sherpaEngine().open({ model: toyModel(), sampleRate: RATE, onEvent: () => undefined });
  t.after(() => session.close());
  listening.listen((side, samples, atMs) => session.push(side, samples, atMs));
  assert.ok(Buffer.from(play(listening).buffer).equals(Buffer.from(without.buffer)));
});

test("ears hear each side where the file has it, and nothing of a pause", () => {
  const timeline = new StereoTimeline(["agent", "customer"], 0);
  const heard = { agent: new Int16Array(RATE * 11), customer: new Int16Array(RATE * 11) };
  const listener: SoundListener = (side, samples, atMs) =>
    heard[side].set(samples, Math.round((atMs * RATE) / 1000));
  timeline.listen(listener);
  const file = play(timeline);
  const paused = [5_000, 6_000].map((ms) => ((ms + 60) * RATE) / 1000);
  for (const [channel, side] of (["agent", "customer"] as const).entries()) {
    let inPause = 0;
    for (let frame = paused[0] ?? 0; frame < (paused[1] ?? 0); frame++)
      if (heard[side][Math.round(frame)] !== 0) inPause++;
    assert.equal(inPause, 0);
    // the same sound in the same place, to within what two clocks are apart
    let best = 0;
    for (let shift = -400; shift <= 400; shift++) {
      let same = 0;
      for (let frame = RATE; frame < RATE + 2_000; frame++)
        if (heard[side][frame + shift] === file[2 * frame + channel]) same++;
      best = Math.max(best, same);
    }
    assert.ok(best > 1_900, `${side}: ${best} of 2000`);
  }
});

test("what is scrubbed is silent from then on, and a gap that takes nothing from completeness", () => {
  const timeline = new StereoTimeline(["agent", "customer"], 0);
  for (const [samples, at] of chunks(noise(3_000))) {
    timeline.push("agent", samples, at + 40);
    timeline.push("customer", samples, at + 40);
  }
  timeline.scrub(1_000, 1_500);
  const out = joined([timeline.read(1_300), ...timeline.rest(2_500)]);
  const at = (ms: number) => out[2 * Math.round((ms * RATE) / 1000)] ?? 0;
  assert.deepEqual([at(999) !== 0, at(1_001), at(1_499), at(1_501) !== 0], [true, 0, 0, true]);
  const gaps = timeline.gaps();
  assert.deepEqual(gaps, [{ side: "both", from: 1, to: 1.5, why: "card" }]);
  assert.deepEqual(completenessOf(3, 2, gaps), { agent: 1, customer: 1 });
});

async function growing(t: TestContext): Promise<{ wav: GrowingWav; file: string }> {
  const folder = mkdtempSync(join(tmpdir(), "scrub-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "a.wav");
  return { file, wav: await GrowingWav.create(file, 2, () => undefined) };
}

test("a file is made silent where it is on the disk, and where it still waits", async (t) => {
  const { file, wav } = await growing(t);
  const second = new Int16Array(RATE * 2).fill(7_000);
  wav.append(second.slice());
  await wav.write();
  wav.append(second.slice());
  const frames = { from: RATE / 2, to: (RATE * 3) / 2 };
  const where = await wav.silence(frames);
  assert.deepEqual(where, { fromByte: HEADER_BYTES + RATE * 2, toByte: HEADER_BYTES + RATE * 6 });
  await wav.close();
  const bytes = readFileSync(file).subarray(HEADER_BYTES);
  assert.equal(bytes.length, RATE * 8);
  const isSilent = (from: number, to: number) => bytes.subarray(from * 4, to * 4).every((byte) => byte === 0);
  assert.ok(isSilent(frames.from, frames.to));
  assert.deepEqual(
    [frames.from - 1, frames.to].map((frame) => bytes.readInt16LE(frame * 4)),
    [7_000, 7_000],
  );
});
