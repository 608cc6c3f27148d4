import assert from "node:assert/strict";
import { test } from "node:test";
import type { Side } from "../../tray/recorder/sources.ts";
import { StereoTimeline } from "../../tray/recorder/timeline.ts";

const RATE = 44_100;
const SIDES: Side[] = ["agent", "customer"];
const frames = (ms: number) => Math.round((ms * RATE) / 1000);

/** A timeline on a clock that only this test moves, and all that it gave so far. */
function simulation(sides = SIDES) {
  const timeline = new StereoTimeline(sides, 0);
  const blocks: Int16Array[] = [];
  const keep = (block: Int16Array) => void (block.length > 0 && blocks.push(block));
  return {
    timeline,
    read: (nowMs: number) => keep(timeline.read(nowMs)),
    end: (nowMs: number) => [...timeline.rest(nowMs)].forEach(keep),
    channel(n: number): Int16Array {
      const parts = blocks.map((block) => block.filter((_, i) => i % sides.length === n));
      const all = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    },
  };
}

const noise = (length: number) => Int16Array.from({ length }, (_, i) => ((i * 7919) % 20_000) + 1);

/** `assert.deepEqual` would take minutes to print how two long sounds differ. */
function assertSame(heard: Int16Array, said: Int16Array): void {
  assert.equal(heard.length, said.length);
  assert.equal(
    heard.findIndex((sample, i) => sample !== said[i]),
    -1,
    "the first frame that differs",
  );
}

/** Where sound begins after silence. */
function onsets(samples: Int16Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < samples.length; i++)
    if ((samples[i] ?? 0) > 5_000 && (samples[i - 1] ?? 0) <= 5_000) found.push(i);
  return found;
}

test("what arrives on time is copied bit by bit, each side into its channel", () => {
  const { timeline, read, end, channel } = simulation();
  const agent = noise(frames(3_000));
  for (let ms = 10; ms <= 3_000; ms += 10) {
    const piece = agent.subarray(frames(ms - 10), frames(ms));
    timeline.push("agent", piece, ms);
    timeline.push(
      "customer",
      piece.map((sample) => -sample),
      ms,
    );
    read(ms);
  }
  end(3_000);
  assertSame(channel(0), agent);
  assertSame(
    channel(1),
    agent.map((sample) => -sample),
  );
  assert.deepEqual(timeline.gaps(), []);
});

for (const ppm of [300, -300, 1_000])
  test(`a sound card that is ${ppm} ppm off stays within 6 ms for ten minutes, delivered with jitter`, () => {
    const { timeline, read, channel } = simulation(["agent"]);
    const rate = RATE * (1 + ppm / 1e6);
    const minutes = 10;
    let made = 0;
    for (let ms = 20; ms <= minutes * 60_000; ms += 20) {
      const until = Math.floor((ms * rate) / 1000);
      const chunk = Int16Array.from({ length: until - made }, (_, i) =>
        (made + i) % rate < 40 ? 20_000 : 0,
      );
      made = until;
      const jitter = (ms * 7919) % 13;
      timeline.push("agent", chunk, ms + jitter);
      read(ms + jitter);
    }
    const offsets = onsets(channel(0)).map((frame, second) => frame - second * RATE);
    assert.equal(offsets.length, minutes * 60);
    const spread = ((Math.max(...offsets) - Math.min(...offsets)) / RATE) * 1000;
    assert.ok(spread < 6, `the clicks moved by ${spread.toFixed(2)} ms`);
    const measured = timeline.driftPpm("agent") ?? NaN;
    assert.ok(Math.abs(measured - ppm) < 20, `it was measured as ${measured} ppm`);
    assert.deepEqual(timeline.gaps(), []);
  });

test("a source that died is continued at its own instant, with exact silence between", () => {
  const { timeline, read, end, channel } = simulation();
  const feed = (from: number, to: number) => {
    for (let ms = from + 10; ms <= to; ms += 10) {
      timeline.push("agent", new Int16Array(441).fill(100), ms);
      timeline.push("customer", new Int16Array(441).fill(200), ms);
      read(ms);
    }
  };
  feed(0, 1_000);
  timeline.cut("customer");
  for (let ms = 1_010; ms <= 1_120; ms += 10) {
    timeline.push("agent", new Int16Array(441).fill(100), ms);
    read(ms);
  }
  feed(1_120, 2_000);
  end(2_000);
  const customer = channel(1);
  assert.ok(channel(0).every((sample) => sample === 100));
  assert.ok(customer.subarray(0, frames(1_000)).every((sample) => sample === 200));
  assert.ok(customer.subarray(frames(1_000), frames(1_120)).every((sample) => sample === 0));
  assert.ok(customer.subarray(frames(1_120)).every((sample) => sample === 200));
  assert.deepEqual(timeline.gaps(), [{ side: "customer", from: 1, to: 1.12, why: "lost" }]);
});

test("a source that is silent for a while is placed anew, not stretched", () => {
  const { timeline, read, end, channel } = simulation(["agent"]);
  for (let ms = 10; ms <= 5_000; ms += 10) {
    if (ms <= 1_000 || ms > 3_000) timeline.push("agent", new Int16Array(441).fill(100), ms);
    read(ms);
  }
  end(5_000);
  const heard = channel(0);
  assert.equal(heard.length, frames(5_000));
  assert.deepEqual(timeline.gaps(), [{ side: "agent", from: 1, to: 3, why: "lost" }]);
  assert.ok(heard.subarray(frames(3_000)).every((sample) => sample === 100));
});

test("samples that the source lost become silence where they were lost", () => {
  const { timeline, read, end } = simulation(["agent"]);
  for (let ms = 10; ms <= 8_000; ms += 10) {
    if (ms <= 2_000 || ms > 2_150) timeline.push("agent", new Int16Array(441).fill(100), ms);
    read(ms);
  }
  end(8_000);
  const [gap, ...more] = timeline.gaps();
  assert.deepEqual(more, []);
  assert.ok(gap && Math.abs(gap.to - gap.from - 0.15) < 0.005, JSON.stringify(gap));
});

test("what a source delivers in a burst after this process was blocked is not lost", () => {
  const { timeline, read, end, channel } = simulation(["agent"]);
  const said = noise(frames(6_000));
  const piece = (ms: number) => said.subarray(frames(ms - 10), frames(ms));
  for (let ms = 10; ms <= 1_000; ms += 10) timeline.push("agent", piece(ms), ms);
  read(1_000);
  for (let ms = 1_010; ms <= 5_000; ms += 10) timeline.push("agent", piece(ms), 5_000);
  for (let i = 0; i < 5; i++) read(5_000);
  for (let ms = 5_010; ms <= 6_000; ms += 10) timeline.push("agent", piece(ms), ms);
  end(6_000);
  assertSame(channel(0), said);
});

test("a pause is silent on both sides to the frame and noted once", () => {
  const { timeline, read, end, channel } = simulation();
  for (let ms = 10; ms <= 3_000; ms += 10) {
    if (ms === 1_000 || ms === 1_500) timeline.pause(ms);
    if (ms === 2_000 || ms === 2_500) timeline.resume(ms);
    for (const side of SIDES) timeline.push(side, new Int16Array(441).fill(100), ms);
    read(ms);
  }
  end(3_000);
  for (const samples of [channel(0), channel(1)]) {
    const silent = [...samples.keys()].filter((i) => samples[i] === 0);
    assert.deepEqual(
      [silent[0], silent.at(-1), silent.length],
      [frames(1_000), frames(2_000) - 1, frames(1_000)],
    );
  }
  assert.deepEqual(timeline.gaps(), [{ side: "both", from: 1, to: 2, why: "paused" }]);
});

test("a pause that never ended lasts until the end", () => {
  const { timeline, end } = simulation(["agent"]);
  timeline.push("agent", noise(frames(1_000)), 1_000);
  timeline.pause(500);
  end(1_000);
  assert.deepEqual(timeline.gaps(), [{ side: "both", from: 0.5, to: 1, why: "paused" }]);
});

test("without any source there is silence of the right length, and that is said", () => {
  const { timeline, read, end, channel } = simulation();
  assert.equal(timeline.read(3_600_000).length, RATE * 2, "an hour asleep does not come at once");
  read(3_600_000);
  end(10_000);
  assert.equal(channel(1).length, frames(9_000));
  assert.deepEqual(timeline.gaps(), [
    { side: "agent", from: 0, to: 10, why: "lost" },
    { side: "customer", from: 0, to: 10, why: "lost" },
  ]);
});
