import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import type { RecordingMetadata } from "#contract";
import { recordingMetadata } from "#contract";
import type { Recorded } from "../../tray/ports.ts";
import { sidecarOf } from "../../tray/recorder/finished.ts";
import { createRecorder, type RecorderOptions } from "../../tray/recorder/recorder.ts";
import {
  AGENT_SAYS,
  AUDIO,
  channelsOf,
  CUSTOMER_SAYS,
  likeness,
  RATE,
  SoundServer,
} from "../support/audio.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";

const run = promisify(execFile);
const RECORDER = new URL("../../tray/recorder/recorder.ts", import.meta.url).href;

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), "recorder-"));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** What is true of every finished recording. */
function assertWhole({ file, metadata }: Recorded): void {
  const bytes = readFileSync(file);
  assert.equal(metadata.bytes, bytes.length);
  assert.equal(metadata.sha256, createHash("sha256").update(bytes).digest("hex"));
  assert.equal(metadata.durationSeconds, (bytes.length - 44) / (RATE * 4));
  assert.deepEqual([bytes.readUInt32LE(4), bytes.readUInt32LE(40)], [bytes.length - 8, bytes.length - 44]);
  assert.deepEqual(recordingMetadata.parse(JSON.parse(readFileSync(sidecarOf(file), "utf8"))), metadata);
}

const seconds = async (file: string) => Number((await run("soxi", ["-D", file])).stdout);
/** Without the moment at the beginning that a busy machine takes to start the recorders. */
const holesOf = ({ gaps = [] }: RecordingMetadata) => gaps.filter(({ from, to }) => from > 0 || to > 1);
const gapsOf = (metadata: RecordingMetadata, side: string) =>
  holesOf(metadata).filter((gap) => gap.side === side);

describe("with a real sound server", { skip: needs(...AUDIO) }, () => {
  let sound: SoundServer;
  let [agentFile, customerFile] = ["", ""];
  let [agent, customer]: Int16Array[] = [];
  const recorder = (more: Partial<RecorderOptions> = {}) =>
    createRecorder({ env: sound.env, log: () => undefined, ...more });

  before(async () => {
    sound = await SoundServer.open();
    agentFile = await sound.speech("agent", AGENT_SAYS);
    customerFile = await sound.speech("customer", CUSTOMER_SAYS);
    [agent] = await channelsOf(agentFile);
    [customer] = await channelsOf(customerFile);
  });
  after(() => sound.close());

  async function assertSides({ file }: Recorded): Promise<void> {
    const [left = new Int16Array(), right = new Int16Array()] = await channelsOf(file);
    assert.ok(agent && customer);
    const like = { left: likeness(left, agent), right: likeness(right, customer) };
    const mixed = { left: likeness(left, customer), right: likeness(right, agent) };
    assert.ok(like.left >= 0.9 && like.right >= 0.85, JSON.stringify(like));
    assert.ok(mixed.left < 0.5 && mixed.right < 0.5, JSON.stringify(mixed));
  }

  test("the agent is on the left, the customer on the right, and the file plays while it grows", async (t) => {
    const file = join(folder(t), "María López", "llamada.wav");
    const recording = await recorder().start(file);
    const speaking = Promise.all([sound.agentSays(agentFile), sound.customerSays(customerFile)]);
    await eventually("two seconds on the disk", () => recording.safeBytes() > RATE * 4 * 2);
    const early = recording.safeBytes();
    assert.ok((await seconds(file)) >= 2);
    const before = readFileSync(file).subarray(44, early);
    await speaking;
    const stopping = recording.stop();
    assert.equal(recording.stop(), stopping);
    const recorded = await stopping;
    assertWhole(recorded);
    assert.ok(readFileSync(file).subarray(44, early).equals(before), "what was safe did not change");
    assert.deepEqual(holesOf(recorded.metadata), []);
    await assertSides(recorded);
    await eventually("no recorder left", async () => (await sound.recorders()).length === 0);
    assert.deepEqual(await recorder().recover(file), recorded);
  });

  test("a recorder that is killed comes back within the same file, and the gap is noted", async (t) => {
    const recording = await recorder().start(join(folder(t), "a.wav"));
    t.after(() => recording.stop());
    await wait(500);
    const victim = await eventually("the customer's recorder", async () =>
      (await sound.recorders()).find(({ device }) => device === "headset.monitor"),
    );
    process.kill(victim.pid, "SIGKILL");
    await eventually("another one", async () =>
      (await sound.recorders()).some(({ device, pid }) => device === "headset.monitor" && pid !== victim.pid),
    );
    await Promise.all([sound.agentSays(agentFile), sound.customerSays(customerFile)]);
    const recorded = await recording.stop();
    assertWhole(recorded);
    await assertSides(recorded);
    assert.deepEqual(gapsOf(recorded.metadata, "agent"), []);
    assert.equal(gapsOf(recorded.metadata, "customer").length, 1);
    const { agent, customer } = recorded.metadata.sides ?? {};
    assert.deepEqual([agent?.restarts, customer?.restarts], [0, 1]);
  });

  test("without the customer's device the agent is recorded, and the missing side is noted", async (t) => {
    const recording = await recorder({ customerDevice: "nothing.monitor" }).start(join(folder(t), "a.wav"));
    await sound.agentSays(agentFile);
    const recorded = await recording.stop();
    assertWhole(recorded);
    const [left = new Int16Array(), right = new Int16Array()] = await channelsOf(recorded.file);
    assert.ok(agent && likeness(left, agent) >= 0.9);
    assert.ok(right.every((sample) => sample === 0));
    const { durationSeconds: to } = recorded.metadata;
    const [gap] = gapsOf(recorded.metadata, "customer");
    assert.ok(gap && gap.from === 0 && Math.abs(gap.to - to) < 0.001, JSON.stringify(gap));
  });

  test("a pause is silent on both sides, and what follows is recorded", async (t) => {
    const recording = await recorder().start(join(folder(t), "a.wav"));
    await wait(300);
    recording.pause();
    await Promise.all([sound.agentSays(agentFile), sound.customerSays(customerFile)]);
    await wait(200);
    recording.resume();
    await Promise.all([sound.agentSays(agentFile), sound.customerSays(customerFile)]);
    const recorded = await recording.stop();
    assertWhole(recorded);
    const [pause, ...more] = gapsOf(recorded.metadata, "both");
    assert.ok(pause);
    assert.deepEqual(more, []);
    const span = [Math.ceil(pause.from * RATE) + 50, Math.floor(pause.to * RATE) - 50] as const;
    for (const channel of await channelsOf(recorded.file))
      assert.ok(channel.subarray(...span).every((sample) => sample === 0));
    await assertSides(recorded);
  });

  test("kill -9 of the whole process leaves a file that plays and can be mended", async (t) => {
    const file = join(folder(t), "a.wav");
    const code = `const { createRecorder } = await import(${JSON.stringify(RECORDER)});
      const recording = await createRecorder({ log: () => {} }).start(${JSON.stringify(file)});
      setTimeout(() => recording.pause(), 300);
      setTimeout(() => recording.resume(), 600);
      setInterval(() => console.log(recording.safeBytes()), 50);`;
    const child: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", code], {
      env: sound.env,
    });
    t.after(() => child.kill("SIGKILL"));
    let safe = 0;
    child.stdout?.on("data", (chunk: Buffer) => (safe = Number(chunk.toString().trim().split("\n").at(-1))));
    await eventually("its first second", () => safe > RATE * 4);
    await Promise.all([sound.agentSays(agentFile), sound.customerSays(customerFile)]);
    const left = safe;
    child.kill("SIGKILL");
    await once(child, "close");
    await eventually(
      "its recorders to end by themselves",
      async () => (await sound.recorders()).length === 0,
    );
    const shown = await seconds(file);
    assert.ok(
      shown >= (left - 44) / (RATE * 4) - 1,
      `a player sees ${shown} s, the header is a second old at most`,
    );
    appendFileSync(file, "odd");
    const recorded = await recorder().recover(file);
    assertWhole(recorded);
    assert.ok(recorded.metadata.bytes >= left);
    const [pause, ...more] = holesOf(recorded.metadata);
    assert.ok(
      pause?.why === "paused" && pause.to - pause.from < 2,
      "what was noted before the crash is known",
    );
    assert.deepEqual(more, []);
    await assertSides(recorded);
    assert.deepEqual(await recorder().recover(file), recorded);
  });
});

test("without any recorder program the call goes on in silence", async (t) => {
  const empty = folder(t);
  const lines: string[] = [];
  const recorder = createRecorder({ env: { PATH: empty }, log: (line) => lines.push(line) });
  const recording = await recorder.start(join(empty, "a.wav"));
  await eventually("half a second", () => recording.safeBytes() > RATE * 2);
  const recorded = await recording.stop();
  assertWhole(recorded);
  assert.deepEqual(
    recorded.metadata.gaps?.map(({ side }) => side),
    ["agent", "customer"],
  );
  assert.match(lines.join("\n"), /parec ENOENT/);
});

test("a recording is never written over another one", async (t) => {
  const file = join(folder(t), "a.wav");
  writeFileSync(file, "precious");
  const recorder = createRecorder({ log: () => undefined });
  await assert.rejects(recorder.start(file), { code: "EEXIST" });
  await assert.rejects(recorder.start(join(file, "b.wav")), /ENOTDIR|EEXIST/);
  assert.equal(readFileSync(file, "utf8"), "precious");
});

describe("recover", () => {
  const { recover } = createRecorder({ log: () => undefined });
  const wav = async (t: TestContext) => {
    const file = join(folder(t), "a.wav");
    const empty = createRecorder({ env: { PATH: "" }, log: () => undefined });
    await (await empty.start(file)).stop();
    rmSync(sidecarOf(file));
    return file;
  };

  test("takes the sizes from the file's length and cuts an odd tail", async (t) => {
    const file = await wav(t);
    truncateSync(file, 44);
    appendFileSync(file, Buffer.alloc(4 * 1000 + 3, 7));
    const recorded = await recover(file);
    assertWhole(recorded);
    assert.equal(recorded.metadata.bytes, 44 + 4000);
  });

  test("mends a header that a power failure left as zeros, or cut off", async (t) => {
    const file = await wav(t);
    const other = `${file}.other.wav`;
    copyFileSync(file, other);
    writeFileSync(file, Buffer.alloc(44 + 400));
    assert.equal((await recover(file)).metadata.bytes, 444);
    truncateSync(other, 10);
    const recorded = await recover(other);
    assertWhole(recorded);
    assert.equal(recorded.metadata.durationSeconds, 0);
  });

  test("says so when there is no file", async (t) => {
    await assert.rejects(recover(join(folder(t), "none.wav")), { code: "ENOENT" });
  });
});
