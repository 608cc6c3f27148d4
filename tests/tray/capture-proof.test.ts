import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { CaptureState } from "#contract";
import type { CaptureHealth } from "../../tray/ports.ts";
import { createRecorder } from "../../tray/recorder/recorder.ts";
import { AUDIO, channelsOf, CUSTOMER_SAYS, likeness, RATE, SoundServer } from "../support/audio.ts";
import { within } from "../support/bounds.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";

const SHOWN_MS = 2_000;

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
    const told: CaptureHealth[] = [];
    running.onHealth((now) => told.push((health = now)));
    const shown = async (
      side: "agent" | "customer",
      state: CaptureState,
      { withinMs = SHOWN_MS, isShown = () => health[side] === state } = {},
    ) => {
      const began = performance.now();
      await eventually(`${side}: ${state}`, isShown);
      within(t, `${side} ${state} was shown`, performance.now() - began, withinMs);
    };
    /** The same of a state that may be over before anybody looks. */
    const passed = (side: "agent" | "customer", state: CaptureState) =>
      shown(side, state, { isShown: () => told.some((health) => health[side] === state) });
    return { sound, running, shown, passed };
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
    const { sound, running, shown, passed } = await recording(t);
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
    // until the recorder has followed
    await passed("customer", "wrong_device");
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
    assert.ok((completeness?.agent ?? 0) > 0.9, "the other side went on");
  });

  test("what the softphone plays and the recording does not have is shown, though no device is muted", async (t) => {
    const { sound, running, shown } = await recording(t);
    const file = await sound.speech("customer", CUSTOMER_SAYS.repeat(6));
    const call = [
      ["parec", "--client-name=linphone", "--device=mic", "--raw"],
      ["paplay", "--client-name=linphone", "--device=headset", file],
    ].map(([program = "", ...args]) => spawn(program, args, { env: sound.env, stdio: "ignore" }));
    t.after(() => call.forEach((one) => one.kill("SIGKILL")));
    await eventually("the voice", () => running.levels().customer > -40);
    // not a mute, and nobody hears anything: one hundredth is the third power of it
    await sound.pactl("set-sink-volume", "headset", "1%");
    await shown("customer", "missing", { withinMs: 4_000 });
    assert.equal(running.levels().customer, -96);
    await sound.pactl("set-sink-volume", "headset", "100%");
    await shown("customer", "ok");
    const { metadata } = await running.stop();
    assert.ok((metadata.sides?.customer?.peakDb ?? -96) > -30, JSON.stringify(metadata.sides));
    assert.equal(metadata.sides?.agent?.restarts, 0);
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
    await sound.pactl("set-default-sink", "feed2");
    await eventually("the other side's recorder on the new default", async () =>
      (await sound.recorders()).some(({ device }) => device === "feed2.monitor"),
    );
    await shown("customer", "ok");
    await sound.pactl("set-default-sink", "headset");
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
});
