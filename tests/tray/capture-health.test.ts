import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { completenessOf, type CaptureState } from "#contract";
import { judge, type Observation, SideHealth } from "../../tray/recorder/health.ts";
import { type Placement, placementOf, readListing } from "../../tray/recorder/placement.ts";
import { LoudRun } from "../../tray/recorder/playback.ts";
import { peakOf } from "../../tray/recorder/samples.ts";
import { StereoTimeline } from "../../tray/recorder/timeline.ts";
import { AGENT_SAYS, channelsOf, CUSTOMER_SAYS, RATE } from "../support/audio.ts";
import { dataFolder } from "../support/process.ts";
import { needs } from "../support/real.ts";

const run = promisify(execFile);
const CHUNK_MS = 40;
const CHUNK = (RATE * CHUNK_MS) / 1000;

/** A sentence as samples at 44.1 kHz. */
async function spoken(folder: string, text: string): Promise<Int16Array> {
  const [raw, file] = [join(folder, "raw.wav"), join(folder, "said.wav")];
  await run("espeak-ng", ["-v", "es", "-w", raw, text]);
  await run("sox", [raw, "-r", String(RATE), "-c", "1", file]);
  return (await channelsOf(file))[0] ?? assert.fail();
}
const well: Placement = {
  recorded: "mic",
  wanted: "mic",
  muted: false,
  stream: null,
  absent: false,
  reachable: true,
};
const seen = (more: Partial<Observation>): Observation => ({
  nowMs: 100_000,
  lastDataMs: 99_950,
  lastSoundMs: 99_900,
  placement: well,
  loudSinceMs: null,
  alwaysHisses: true,
  ...more,
});

const table: [string, Partial<Observation>, CaptureState][] = [
  ["sound comes", {}, "ok"],
  ["a system that tells nothing of devices", { placement: null }, "ok"],
  ["nobody speaks for a while", { lastSoundMs: 75_000 }, "ok"],
  ["a microphone without even noise", { lastSoundMs: 60_000 }, "silent"],
  ["an output that plays nothing for long", { lastSoundMs: 0, alwaysHisses: false }, "ok"],
  ["nothing is delivered", { lastDataMs: 98_000 }, "missing"],
  ["muted", { placement: { ...well, muted: true } }, "muted"],
  ["the call is on another device", { placement: { ...well, wanted: "headset" } }, "wrong_device"],
  ["no recorder is attached yet", { placement: { ...well, recorded: null } }, "ok"],
  ["there is no microphone, only what an output plays", { placement: { ...well, absent: true } }, "missing"],
  ["what is played is recorded", { loudSinceMs: 97_000 }, "ok"],
  ["what is played is not recorded", { loudSinceMs: 97_000, lastSoundMs: 96_000 }, "missing"],
  ["what is played is recorded no longer", { loudSinceMs: 90_000, lastSoundMs: 98_000 }, "missing"],
  ["what is played has only just begun", { loudSinceMs: 99_000, lastSoundMs: 96_000 }, "ok"],
  ["muted, and gone", { lastDataMs: 0, placement: { ...well, muted: true } }, "missing"],
];
for (const [name, more, state] of table)
  test(`one side: ${name}`, () => assert.equal(judge(seen(more)), state));

test("what was not captured is noted with its reason, and what is missing only once", () => {
  const side = new SideHealth("agent");
  assert.equal(side.is("ok", 1), false);
  assert.equal(side.is("muted", 10), true);
  assert.equal(side.is("muted", 11), false);
  assert.equal(side.is("missing", 12), true);
  assert.equal(side.is("ok", 15), true);
  assert.equal(side.is("wrong_device", 20), true);
  const known = [{ side: "agent" as const, from: 11, to: 15, why: "lost" as const }];
  assert.deepEqual(side.faults(23, known), [
    { side: "agent", from: 10, to: 12, why: "muted" },
    { side: "agent", from: 20, to: 23, why: "wrong_device" },
  ]);
});

test("completeness counts each lost second once, and no pause", () => {
  const gaps = [
    { side: "agent" as const, from: 0, to: 10, why: "lost" as const },
    { side: "agent" as const, from: 5, to: 20, why: "muted" as const },
    { side: "both" as const, from: 50, to: 90, why: "paused" as const },
  ];
  assert.deepEqual(completenessOf(100, 2, gaps), { agent: 0.8, customer: 1 });
  assert.deepEqual(completenessOf(100, 1, []), { agent: 1, customer: 0 });
  assert.deepEqual(completenessOf(0, 2, []), { agent: 1, customer: 1 });
});

test(
  "an hour of ordinary talk, fed faster than real time, gives no alarm and no gap",
  { skip: needs("espeak-ng", "sox") },
  async (t) => {
    const folder = await dataFolder();
    t.after(() => folder.remove());
    const said = {
      agent: await spoken(folder.path, AGENT_SAYS),
      customer: await spoken(folder.path, CUSTOMER_SAYS),
    };
    let seed = 20_261_124;
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const hiss = Int16Array.from({ length: CHUNK }, () => Math.round(random() * 6 - 3));
    const timeline = new StereoTimeline(["agent", "customer"], 0);
    const health = { agent: new SideHealth("agent"), customer: new SideHealth("customer") };
    const last = { agent: { data: 0, sound: 0 }, customer: { data: 0, sound: 0 } };
    const waiting = { agent: [] as Int16Array[], customer: [] as Int16Array[] };
    const played = new LoudRun();
    let [turnEnds, at, who] = [0, 0, "nobody"];
    let [alarms, silences, turns] = [0, 0, 0];
    for (let nowMs = CHUNK_MS; nowMs <= 3_600_000; nowMs += CHUNK_MS) {
      if (nowMs >= turnEnds) {
        who = ["agent", "customer", "nobody"][Math.floor(random() * 3)] ?? "nobody";
        at = 0;
        turns++;
        // somebody looks something up, or the customer is on hold without music
        if (who === "nobody") silences++;
        turnEnds = nowMs + (who === "nobody" ? random() * 90_000 : 1_000 + random() * 20_000);
      }
      for (const side of ["agent", "customer"] as const) {
        const speech = said[side].subarray(at % said[side].length).subarray(0, CHUNK);
        const silence = side === "agent" ? hiss : new Int16Array(CHUNK);
        const piece = who === side && speech.length === CHUNK ? speech : silence;
        // what the softphone plays is metered a little later than it is recorded
        if (side === "customer") played.hear(peakOf(piece), nowMs + random() * 400);
        waiting[side].push(piece);
        // delivery comes in bursts, and late when the PC is busy
        if (random() < 0.8 || waiting[side].length > 4) {
          for (const one of waiting[side].splice(0)) {
            timeline.push(side, one, nowMs);
            if (peakOf(one) > 0) last[side].sound = nowMs;
          }
          last[side].data = nowMs;
        }
        const observation: Observation = {
          nowMs,
          lastDataMs: last[side].data,
          lastSoundMs: last[side].sound,
          placement: well,
          loudSinceMs: side === "customer" ? played.since(nowMs) : null,
          alwaysHisses: side === "agent",
        };
        if (health[side].is(judge(observation), nowMs / 1000)) alarms++;
      }
      at += CHUNK;
      if (nowMs % 1_000 === 0) timeline.read(nowMs);
    }
    assert.ok(turns > 100 && silences > 20, "there was talk, and silence to be taken for a fault");
    assert.equal(alarms, 0);
    assert.deepEqual(timeline.gaps(), []);
  },
);

describe("what the sound server lists", () => {
  const loud = { "front-left": { value: 65_536 } };
  const device = (index: number, name: string, more: object = {}) => {
    return { index, name, mute: false, volume: loud, monitor_source: "", ...more };
  };
  const stream = (name: string, pid: number, more: object) => {
    const properties = { "application.name": name, "application.process.id": String(pid) };
    return { index: pid, corked: false, mute: false, volume: loud, properties, ...more };
  };
  const list = (more: object = {}) => ({
    sources: [device(1, "mic"), device(2, "webcam"), device(3, "headset.monitor"), device(4, "tv.monitor")],
    sinks: [
      device(1, "headset", { monitor_source: "headset.monitor" }),
      device(2, "tv", { monitor_source: "tv.monitor" }),
    ],
    source_outputs: [stream("CallManager", 10, { source: 1 }), stream("CallManager", 11, { source: 3 })],
    sink_inputs: [],
    ...more,
  });
  const fine = { muted: false, stream: null, absent: false, reachable: true };
  const info = JSON.stringify({ default_source_name: "mic", default_sink_name: "headset" });
  const of = (more: object = {}, named?: string) =>
    placementOf(readListing(JSON.stringify(list(more)), info), {
      agent: { pid: 10, named },
      customer: { pid: 11, named: undefined },
    });

  test("without a call the system's own devices are wanted", () => {
    assert.deepEqual(of(), {
      agent: { recorded: "mic", wanted: "mic", ...fine },
      customer: { recorded: "headset.monitor", wanted: "headset.monitor", ...fine },
    });
  });

  test("a call's devices are wanted, whatever music plays elsewhere", () => {
    const streams = list().source_outputs;
    const placed = of({
      source_outputs: [...streams, stream("Zoiper", 20, { source: 2 })],
      sink_inputs: [stream("Spotify", 30, { sink: 1 }), stream("Zoiper", 20, { sink: 2 })],
    });
    assert.deepEqual([placed.agent.wanted, placed.customer.wanted], ["webcam", "tv.monitor"]);
    assert.equal(placed.customer.stream, 20, "what the softphone plays can be listened to");
  });

  test("mute, and a volume of nothing, of device or stream", () => {
    const nothing = { "front-left": { value: 0 } };
    assert.equal(of({ sources: [device(1, "mic", { mute: true })] }).agent.muted, true);
    assert.equal(of({ sources: [device(1, "mic", { volume: nothing })] }).agent.muted, true);
    const sinks = [device(1, "headset", { monitor_source: "headset.monitor", mute: true })];
    assert.equal(of({ sinks }).customer.muted, true);
  });

  test("the only source is what an output plays: there is no microphone", () => {
    const sources = [device(3, "headset.monitor", { monitor_source: "headset" })];
    const source_outputs = [stream("CallManager", 10, { source: 3 })];
    assert.equal(of({ sources, source_outputs }).agent.absent, true);
  });

  test("a device that the configuration names is wanted, there or not, until a call is elsewhere", () => {
    const { wanted, reachable } = of({}, "usb").agent;
    assert.deepEqual([wanted, reachable], ["usb", false]);
    assert.equal(of({}, "webcam").agent.reachable, true);
    const call = {
      source_outputs: [...list().source_outputs, stream("Zoiper", 20, { source: 1 })],
      sink_inputs: [stream("Zoiper", 20, { sink: 2 })],
    };
    assert.equal(of(call, "webcam").agent.wanted, "mic");
  });

  test("no recorder attached", () => {
    assert.equal(of({ source_outputs: [] }).agent.recorded, null);
  });
});
