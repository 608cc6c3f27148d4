import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { completenessOf, type CaptureState, type Snapshot } from "#contract";
import type { CaptureHealth } from "../../tray/ports.ts";
import { judge, type Observation, SideHealth } from "../../tray/recorder/health.ts";
import { type Placement, placementOf, readListing } from "../../tray/recorder/placement.ts";
import { createRecorder } from "../../tray/recorder/recorder.ts";
import { AUDIO, channelsOf, CUSTOMER_SAYS, likeness, RATE, SoundServer } from "../support/audio.ts";
import { company } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder } from "../support/process.ts";
import { needs } from "../support/real.ts";
import { TrayProcess } from "../support/tray.ts";

const SHOWN_MS = 2_000;
const well: Placement = { recorded: "mic", wanted: "mic", muted: false, absent: false };
const seen = (more: Partial<Observation>): Observation => ({
  nowMs: 100_000,
  lastDataMs: 99_950,
  lastSoundMs: 99_900,
  placement: well,
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

test("an hour of ordinary talk gives no alarm", () => {
  let seed = 20_261_124;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const sides = { agent: new SideHealth("agent"), customer: new SideHealth("customer") };
  let [talksUntil, who] = [0, "agent"];
  const last = { agent: { data: 0, sound: 0 }, customer: { data: 0, sound: 0 } };
  let alarms = 0;
  let silences = 0;
  for (let nowMs = 0; nowMs <= 3_600_000; nowMs += 40) {
    if (nowMs >= talksUntil) {
      who = ["agent", "customer", "nobody"][Math.floor(random() * 3)] ?? "nobody";
      // a person looks something up, or is on hold without music
      if (who === "nobody") silences++;
      talksUntil = nowMs + (who === "nobody" ? random() * 90_000 : 1_000 + random() * 20_000);
    }
    for (const side of ["agent", "customer"] as const) {
      // delivery comes in bursts, and is late when the PC is busy
      if (random() < 0.8 || nowMs - last[side].data > 600) last[side].data = nowMs;
      if (side === "agent" || who === "customer") last[side].sound = nowMs;
      const observation: Observation = {
        nowMs,
        lastDataMs: last[side].data,
        lastSoundMs: last[side].sound,
        placement: well,
        alwaysHisses: side === "agent",
      };
      if (sides[side].is(judge(observation), nowMs / 1000)) alarms++;
    }
  }
  assert.ok(silences > 20, "there were silences to be taken for faults");
  assert.equal(alarms, 0);
});

describe("what the sound server lists", () => {
  const loud = { "front-left": { value: 65_536 } };
  const device = (index: number, name: string, more: object = {}) => {
    return { index, name, mute: false, volume: loud, monitor_source: "", ...more };
  };
  const stream = (name: string, pid: number, more: object) => {
    const properties = { "application.name": name, "application.process.id": String(pid) };
    return { corked: false, mute: false, volume: loud, properties, ...more };
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
  const info = JSON.stringify({ default_source_name: "mic", default_sink_name: "headset" });
  const of = (more: object = {}) =>
    placementOf(readListing(JSON.stringify(list(more)), info), { agent: 10, customer: 11 });

  test("without a call the system's own devices are wanted", () => {
    assert.deepEqual(of(), {
      agent: { recorded: "mic", wanted: "mic", muted: false, absent: false },
      customer: { recorded: "headset.monitor", wanted: "headset.monitor", muted: false, absent: false },
    });
  });

  test("a call's devices are wanted, whatever music plays elsewhere", () => {
    const streams = list().source_outputs;
    const placed = of({
      source_outputs: [...streams, stream("Zoiper", 20, { source: 2 })],
      sink_inputs: [stream("Spotify", 30, { sink: 1 }), stream("Zoiper", 20, { sink: 2 })],
    });
    assert.deepEqual([placed.agent.wanted, placed.customer.wanted], ["webcam", "tv.monitor"]);
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

  test("no recorder attached", () => {
    assert.equal(of({ source_outputs: [] }).agent.recorded, null);
  });
});

describe("on a real sound server", { skip: needs(...AUDIO) }, () => {
  async function recording(t: TestContext) {
    const sound = await SoundServer.open();
    t.after(() => sound.close());
    const folder = mkdtempSync(join(tmpdir(), "health-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const recorder = createRecorder({ env: sound.env, log: () => undefined });
    const running = await recorder.start(join(folder, "a.wav"));
    t.after(() => running.stop());
    let health: CaptureHealth = { agent: "ok", customer: "ok", gaps: 0 };
    running.onHealth((now) => (health = now));
    const shown = async (side: "agent" | "customer", state: CaptureState) => {
      const began = performance.now();
      await eventually(`${side}: ${state}`, () => health[side] === state);
      const ms = performance.now() - began;
      assert.ok(ms <= SHOWN_MS, `${side} ${state} was shown after ${ms} ms`);
    };
    return { sound, running, shown };
  }

  test("a mute of either side is shown, and its end; the score tells how much was lost", async (t) => {
    const { sound, running, shown } = await recording(t);
    await wait(1_000);
    await sound.pactl("set-source-mute", "mic", "1");
    await shown("agent", "muted");
    await wait(1_000);
    await sound.pactl("set-source-mute", "mic", "0");
    await shown("agent", "ok");
    await sound.pactl("set-sink-mute", "headset", "1");
    await shown("customer", "muted");
    await sound.pactl("set-sink-volume", "headset", "0%");
    await sound.pactl("set-sink-mute", "headset", "0");
    await wait(300);
    await sound.pactl("set-sink-volume", "headset", "100%");
    await shown("customer", "ok");
    const { metadata } = await running.stop();
    const reasons = metadata.gaps?.filter(({ why }) => why === "muted").map(({ side }) => side);
    assert.deepEqual(reasons, ["agent", "customer"]);
    const score = metadata.completeness ?? assert.fail();
    assert.ok(score.agent > 0.2 && score.agent < 0.9, JSON.stringify(score));
  });

  test("a call that moves to another headset is followed in the same file", async (t) => {
    const { sound, running, shown } = await recording(t);
    await sound.pactl("load-module", "module-null-sink", "sink_name=second", "norewinds=1", "rate=44100");
    const call = [
      ["parec", "--client-name=linphone", "--device=mic", "--raw"],
      ["pacat", "--client-name=linphone", "--device=headset", "--raw", "/dev/zero"],
    ].map(([program = "", ...args]) => spawn(program, args, { env: sound.env, stdio: "ignore" }));
    t.after(() => call.forEach((one) => one.kill("SIGKILL")));
    const input = await eventually(
      "the call's sound",
      async () => /^(\d+)\t/m.exec(await sound.pactl("list", "short", "sink-inputs"))?.[1],
    );
    await wait(500);
    await sound.pactl("move-sink-input", input, "second");
    await shown("customer", "wrong_device");
    await eventually("the recorder on the new device", async () =>
      (await sound.recorders()).some(({ device }) => device === "second.monitor"),
    );
    await shown("customer", "ok");
    const file = await sound.speech("customer", CUSTOMER_SAYS);
    await sound.plays("second", file);
    const recorded = await running.stop();
    const [said = new Int16Array()] = await channelsOf(file);
    const [, right = new Int16Array()] = await channelsOf(recorded.file);
    assert.ok(likeness(right, said) >= 0.85, "the customer is heard on the new device");
    const { gaps = [], completeness } = recorded.metadata;
    assert.ok(
      gaps.some(({ side, why }) => side === "customer" && why === "wrong_device"),
      JSON.stringify(gaps),
    );
    assert.equal(completeness?.agent, 1);
  });

  test("another default device is followed; one that is unplugged is shown until there is another", async (t) => {
    const { sound, running, shown } = await recording(t);
    await sound.pactl("load-module", "module-null-sink", "sink_name=feed2", "norewinds=1", "rate=44100");
    await sound.pactl("load-module", "module-remap-source", "source_name=mic2", "master=feed2.monitor");
    await sound.pactl("set-default-source", "mic2");
    await eventually("the recorder on the new default", async () =>
      (await sound.recorders()).some(({ device }) => device === "mic2"),
    );
    await shown("agent", "ok");
    await sound.pactl("unload-module", "module-remap-source");
    await shown("agent", "missing");
    await sound.pactl("load-module", "module-remap-source", "source_name=mic3", "master=feed2.monitor");
    await sound.pactl("set-default-source", "mic3");
    await eventually("the new microphone", async () =>
      (await sound.recorders()).some(({ device }) => device === "mic3"),
    );
    const { metadata } = await running.stop();
    assert.equal(
      metadata.bytes,
      44 + Math.round(metadata.durationSeconds * RATE) * 4,
      "one file, no hole in it",
    );
  });

  test("the office sees within two seconds that a side is not recorded", async (t) => {
    const office = await company(t);
    const sound = await SoundServer.open();
    t.after(() => sound.close());
    const folder = await dataFolder();
    t.after(() => folder.remove());
    const { DISPLAY: _none, ...headless } = sound.env;
    const tray = await TrayProcess.start(folder.path, { ...headless, SERVER_URL: office.url });
    t.after(() => tray.end("SIGKILL"));
    await tray.pairFromPage(office.url, await office.code());
    await tray.ask("POST", "/call/start", { contact: { name: "Eva" } });
    const capture = async () => {
      const live = await fetch(`${office.url}/api/live`, { headers: { cookie: office.cookie } });
      const reader = live.body?.getReader();
      const text = new TextDecoder().decode((await reader?.read())?.value);
      await reader?.cancel();
      const data = /^data: ?(.*)$/m.exec(text)?.[1] ?? "null";
      return (JSON.parse(data) as Snapshot).agents[0]?.capture;
    };
    await eventually("both sides", async () => (await capture())?.agent === "ok");
    const began = performance.now();
    await sound.pactl("set-source-mute", "mic", "1");
    await eventually("the mute on the board", async () => (await capture())?.agent === "muted");
    const ms = performance.now() - began;
    t.diagnostic(`muted to the board: ${Math.round(ms)} ms`);
    assert.ok(ms <= SHOWN_MS);
    const status = (await tray.ask("GET", "/status")).body;
    assert.equal(status["state"], "error");
    assert.deepEqual((status["call"] as { capture: object }).capture, { agent: "muted", customer: "ok" });
    await tray.ask("POST", "/call/end", {});
    const [recording] = await eventually("the recording", async () => {
      const all = await office.recordings();
      return all.length > 0 ? all : null;
    });
    assert.ok(recording && recording.completeness.agent < 1 && recording.completeness.customer > 0.9);
  });
});
