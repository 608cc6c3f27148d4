import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import wavefile from "wavefile";
import { type Language, type Listening, recordingMetadata, type TranscriptLine } from "#contract";
import { createEars, type EarsOptions } from "../../tray/ears/ears.ts";
import { sherpaEngine } from "../../tray/ears/sherpa.ts";
import type { EarsState, Heard, Scrubbed, SttEngine, SttEvent } from "../../tray/ports.ts";
import { createRecorder } from "../../tray/recorder/recorder.ts";
import { sidecarOf } from "../../tray/recorder/finished.ts";
import { AUDIO, channelsOf, SoundServer } from "../support/audio.ts";
import { within } from "../support/bounds.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { letterErrors, SENTENCES, spoken, toyModel } from "../support/speech.ts";

const CALL = "0197a000-0000-7000-8000-00000000000a";
const RATE = 44_100;

/** Everything that ears told, each with the moment. */
function told(more: Partial<EarsOptions> = {}) {
  const states: EarsState[] = [];
  const heard: { words: Heard | null; ms: number }[] = [];
  const lines: TranscriptLine[] = [];
  const scrubbed: Scrubbed[] = [];
  const log: string[] = [];
  let customers = 0;
  const allowed: Listening = { allowed: true, language: "es" };
  const ears = createEars({
    engine: sherpaEngine({ restartWaits: [50, 50] }),
    server: { listening: async () => allowed },
    model: () => toyModel(),
    onState: (_callId, state) => void states.push(state),
    onCustomer: () => void customers++,
    onHeard: (words) => void heard.push({ words, ms: performance.now() }),
    onLines: (_callId, body) => void lines.push(...body.lines),
    onScrubbed: (_callId, where) => void scrubbed.push(where),
    log: (line) => void log.push(line),
    ...more,
  });
  return { ears, states, heard, lines, scrubbed, log, customers: () => customers };
}

/** An engine whose words the test says. */
function scripted() {
  let say: (event: SttEvent) => void = () => undefined;
  const engine: SttEngine = {
    id: "scripted",
    open: ({ onEvent }) => {
      say = onEvent;
      onEvent({ kind: "ready" });
      return { push: () => undefined, flush: async () => undefined, close: async () => undefined };
    },
  };
  const final = (text: string, fromMs: number, toMs: number, side: "agent" | "customer" = "customer") =>
    say({ kind: "final", side, text, fromMs, toMs, ended: true });
  return { engine, final };
}

describe("on a real call's sound", { skip: needs(...AUDIO) }, () => {
  let sound: SoundServer;
  before(async () => (sound = await SoundServer.open()));
  after(() => sound.close());

  const record = (t: TestContext) => {
    const folder = mkdtempSync(join(tmpdir(), "ears-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    return createRecorder({ env: sound.env, log: () => undefined }).start(join(folder, "a.wav"));
  };
  /** A sentence as a file that begins and ends with its first and last sound. */
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(sound.env["HOME"] ?? "", `${name}.wav`);
    const wav = new wavefile.WaveFile();
    wav.fromScratch(1, RATE, "16", await spoken(text));
    writeFileSync(path, wav.toBuffer());
    return path;
  };

  test("what the customer says is written within 700 ms of its end, right, and in its place", async (t) => {
    const recording = await record(t);
    // where the recording's time begins on this clock: nothing is placed later than it came
    let startedMs = Infinity;
    const listen = recording.listen.bind(recording);
    recording.listen = (listener) =>
      listen((side, samples, atMs) => {
        startedMs = Math.min(startedMs, performance.now() - atMs - (samples.length / RATE) * 1000);
        listener(side, samples, atMs);
      });
    const { customers, ears, heard, lines, states } = told();
    await recording.flowing;
    await ears.start(CALL, recording);
    await eventually("the recogniser", () => states.at(-1) === "listening");
    const some = SENTENCES.filter((_, i) => i % 3 === 0);
    const delays: number[] = [];
    const texts: string[] = [];
    for (const [i, sentence] of some.entries()) {
      const before = heard.length;
      const path = await file(`s${i}`, sentence);
      // paplay's own end is later than the last sound: the end is counted from the beginning that was heard
      const lengthMs = ((readFileSync(path).length - 44) / 2 / RATE) * 1000;
      const playing = sound.customerSays(path);
      const first = await eventually("its first guess", () => heard[before]);
      const final = await eventually("its line", () =>
        heard.slice(before).find(({ words }) => words?.final === true && words.ended),
      );
      await playing;
      texts.push(final.words?.text ?? "");
      assert.ok(first.ms <= final.ms);
      delays.push(final.ms - (startedMs + (final.words?.t ?? 0) + lengthMs));
      await wait(300);
    }
    const stopped = await recording.stop(() => ears.finish(CALL));
    const said = some.join(" ");
    const rate = letterErrors(texts.join(" "), said) / said.length;
    const median = delays.toSorted((a, b) => a - b)[Math.floor(delays.length / 2)] ?? Infinity;
    t.diagnostic(
      `CER ${(rate * 100).toFixed(2)} %; after the end: worst ${Math.max(...delays).toFixed(0)} ms`,
    );
    assert.ok(rate <= 0.03, texts.join("\n"));
    within(t, "after the end, median", median, 700);
    assert.equal(customers(), 1);
    assert.deepEqual(
      lines.map(({ n }) => n),
      lines.map((_, n) => n),
    );
    // the microphone was silent: only the customer has lines, and each lies where its sound is
    assert.ok(lines.every(({ side }) => side === "customer"));
    const [, right = new Int16Array()] = await channelsOf(stopped.file);
    for (const { fromMs, toMs, text } of lines) {
      const piece = right.subarray((fromMs * RATE) / 1000, (toMs * RATE) / 1000);
      assert.ok(
        piece.some((sample) => Math.abs(sample) > 2_000),
        `${text} at ${fromMs} ms`,
      );
      const before = right.subarray(((fromMs - 250) * RATE) / 1000, ((fromMs - 60) * RATE) / 1000);
      assert.ok(
        before.every((sample) => Math.abs(sample) < 400),
        `nothing before ${text}`,
      );
    }
  });

  test("both sides are written, each on its own, and a pause is not heard", async (t) => {
    const recording = await record(t);
    const { ears, heard, lines, states } = told();
    await ears.start(CALL, recording);
    await eventually("the recogniser", () => states.at(-1) === "listening");
    const [mine, theirs, secret] = await Promise.all([
      file("mine", "buenos días quién habla"),
      file("theirs", "no me interesa"),
      file("secret", "puedo pagar con tarjeta"),
    ]);
    await Promise.all([sound.agentSays(mine), sound.customerSays(theirs)]);
    await wait(600);
    recording.pause();
    await sound.customerSays(secret);
    await wait(300);
    recording.resume();
    await sound.customerSays(theirs);
    await recording.stop(() => ears.finish(CALL));
    const of = (side: string) => lines.filter((line) => line.side === side).map(({ text }) => text);
    assert.deepEqual(of("agent"), ["buenos días quién habla"]);
    assert.deepEqual(of("customer"), ["no me interesa", "no me interesa"]);
    assert.ok(heard.every(({ words }) => words?.side !== "agent"));
    assert.deepEqual(heard[0]?.words, null);
  });

  test("a card's number: masked, its sound gone from the file, its gap noted, its digest made afterwards", async (t) => {
    const recording = await record(t);
    const { engine, final } = scripted();
    const { ears, heard, lines, log, scrubbed } = told({ engine });
    const loud = await file("loud", SENTENCES.slice(0, 8).join(" "));
    await recording.flowing;
    await ears.start(CALL, recording);
    await sound.customerSays(loud);
    final("sí, es la 4539 1488", 1_500, 2_500);
    final("0343 6467", 3_000, 4_000);
    final("gracias por su ayuda", 4_600, 5_000);
    await eventually("the sound to go", () => scrubbed.length === 2);
    const stopped = await recording.stop(async () => {
      final("perdón, otra vez: 4539 1488 0343 6467", 5_600, 6_400);
      await ears.finish(CALL);
    });
    assert.deepEqual(
      lines.map(({ text }) => text),
      ["sí, es la [tarjeta]", "[tarjeta]", "gracias por su ayuda", "perdón, otra vez: [tarjeta]"],
    );
    const bytes = readFileSync(stopped.file);
    assert.equal(stopped.metadata.sha256, createHash("sha256").update(bytes).digest("hex"));
    const cards = (stopped.metadata.gaps ?? []).filter(({ why }) => why === "card");
    assert.deepEqual(
      cards.map(({ side, from, to }) => [side, from, to]),
      [
        ["both", 1.1, 2.9],
        ["both", 2.6, 4.4],
        ["both", 5.2, 6.8],
      ],
    );
    const [left = new Int16Array(), right = new Int16Array()] = await channelsOf(stopped.file);
    for (const { from, to } of cards)
      for (const channel of [left, right])
        assert.ok(channel.subarray(from * RATE + 2, to * RATE - 2).every((sample) => sample === 0));
    assert.ok(right.subarray(4.5 * RATE, 5.1 * RATE).some((sample) => sample !== 0));
    const sidecar = recordingMetadata.parse(JSON.parse(readFileSync(sidecarOf(stopped.file), "utf8")));
    assert.deepEqual([sidecar.sha256, sidecar.gaps], [stopped.metadata.sha256, stopped.metadata.gaps]);
    const shown = heard.map(({ words }) => words?.text ?? "").join("\n");
    assert.doesNotMatch(shown, /0343|6467/);
    assert.doesNotMatch(log.join("\n"), /4539|tarjeta|gracias/);
  });

  test("a recogniser that keeps dying is a calm state: the call is recorded as ever", async (t) => {
    const recording = await record(t);
    const missing = { ...toyModel(), folder: join(tmpdir(), "there-is-nothing-here") };
    const { ears, heard, lines, states } = told({ model: () => missing });
    await ears.start(CALL, recording);
    await sound.customerSays(await file("anyway", "es muy caro"));
    await eventually("the end of it", () => states.at(-1) === "unavailable");
    const { metadata } = await recording.stop(() => ears.finish(CALL));
    assert.deepEqual(
      metadata.gaps?.filter(({ why }) => why !== "lost"),
      [],
    );
    assert.deepEqual([lines, heard.filter(({ words }) => words !== null)], [[], []]);
  });
});

test("without leave, without an answer and without a model nothing is listened to", async () => {
  const listened: string[] = [];
  const recording = {
    file: "",
    flowing: Promise.resolve(),
    safeBytes: () => 44,
    pause: () => undefined,
    resume: () => undefined,
    onHealth: () => undefined,
    levels: () => ({ agent: -96, customer: -96 }),
    listen: () => void listened.push("listen"),
    scrub: async () => ({ fromByte: 44, toByte: 44 }),
    stop: () => Promise.reject(new Error("not asked for")),
  };
  const cases: [Partial<EarsOptions>, EarsState][] = [
    [{ server: { listening: async () => ({ allowed: false, language: "es" }) } }, "off"],
    [{ server: { listening: () => Promise.reject(new Error("no answer")) } }, "off"],
    [{ model: () => null }, "unavailable"],
  ];
  for (const [options, state] of cases) {
    const { ears, states } = told(options);
    await ears.start(CALL, recording);
    assert.deepEqual(states, ["starting", state]);
    await ears.finish(CALL);
    await ears.stop();
  }
  // a call that ends while the server is still being asked is not listened to afterwards
  const asked = Promise.withResolvers<Listening>();
  const { ears, states } = told({ server: { listening: () => asked.promise } });
  const starting = ears.start(CALL, recording);
  await ears.finish(CALL);
  asked.resolve({ allowed: true, language: "es" satisfies Language });
  await starting;
  assert.deepEqual([states, listened], [["starting"], []]);
});
