import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { type SherpaOptions, sherpaEngine } from "../../tray/ears/sherpa.ts";
import type { SpeechModel, SttEvent } from "../../tray/ports.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import {
  chunks,
  finalsOf,
  joined,
  letterErrors,
  RATE,
  SENTENCES,
  silence,
  spoken,
  toyModel,
} from "../support/speech.ts";

const skip = needs("espeak-ng");

/** A session of the real engine on the real recogniser, and all that it has told. */
function session(t: TestContext, model: SpeechModel = toyModel(), options: SherpaOptions = {}) {
  const events: SttEvent[] = [];
  const opened = sherpaEngine({ restartWaits: [50, 50], ...options }).open({
    model,
    sampleRate: RATE,
    onEvent: (event) => void events.push(event),
  });
  t.after(() => opened.close());
  let atMs = 0;
  return {
    events,
    opened,
    ready: () => eventually("the recogniser", () => events.some(({ kind }) => kind === "ready")),
    /** Feeds as fast as it can, one side after what that side has said before. */
    say: (samples: Int16Array, side: "agent" | "customer" = "customer") => {
      for (const [chunk, at] of chunks(samples, atMs)) opened.push(side, chunk, at);
      atMs += (samples.length / RATE) * 1000;
    },
    texts: () => finalsOf(events).map(({ text }) => text),
  };
}

test(
  "35 sentences: at most 3 % of their letters wrong, guesses on the way, each at its place",
  { skip },
  async (t) => {
    const { events, opened, say } = session(t);
    const voices = ["es", "es+m2", "es+f2", "es-419"];
    let atMs = 600;
    const places: number[] = [];
    say(silence(600));
    for (const [i, sentence] of SENTENCES.entries()) {
      const samples = await spoken(sentence, voices[i % voices.length]);
      places.push(atMs);
      say(samples);
      say(silence(700));
      // nobody speaks faster than this: without waiting, the bound would leave some of it out
      await eventually("its line", () => finalsOf(events).length > i);
      atMs += (samples.length / RATE) * 1000 + 700;
    }
    await opened.flush(20_000);
    const finals = finalsOf(events);
    const said = SENTENCES.join(" ");
    const rate = letterErrors(finals.map(({ text }) => text).join(" "), said) / said.length;
    t.diagnostic(`CER ${(rate * 100).toFixed(2)} %, ${finals.length} finals of ${SENTENCES.length}`);
    assert.ok(rate <= 0.03, `CER ${rate}`);
    const starts = events.filter(({ kind }) => kind === "speech-start");
    assert.ok(starts.length >= SENTENCES.length);
    for (const place of places)
      assert.ok(
        finals.some(({ fromMs }) => Math.abs(fromMs - place) < 80),
        `something at ${place} ms`,
      );
    assert.ok(events.some(({ kind }) => kind === "partial"));
  },
);

test("two sides at once are two texts, and neither hears the other", { skip }, async (t) => {
  const { events, opened } = session(t);
  const [mine, theirs] = await Promise.all([spoken("gracias por su ayuda", "es+f2"), spoken("es muy caro")]);
  const padded = (samples: Int16Array) => [...chunks(joined([silence(500), samples, silence(2_000)]))];
  const [agent, customer] = [padded(mine), padded(theirs)];
  for (let i = 0; i < Math.max(agent.length, customer.length); i++) {
    if (agent[i]) opened.push("agent", ...(agent[i] as [Int16Array, number]));
    if (customer[i]) opened.push("customer", ...(customer[i] as [Int16Array, number]));
  }
  await opened.flush(5_000);
  const of = (side: string) =>
    finalsOf(events)
      .filter((one) => one.side === side)
      .map(({ text }) => text);
  assert.deepEqual([of("agent"), of("customer")], [["gracias por su ayuda"], ["es muy caro"]]);
});

test(
  "a side whose sound stops coming has ended; one that goes on elsewhere does not run on",
  { skip },
  async (t) => {
    const { events, opened, ready, say } = session(t);
    await ready();
    const caro = await spoken("es muy caro");
    say(joined([silence(500), caro, silence(150)]));
    await eventually("the end by nothing at all", () => finalsOf(events).length === 1);
    for (const [chunk, at] of chunks(joined([caro, silence(150)]), 60_000))
      opened.push("customer", chunk, at);
    for (const [chunk, at] of chunks(joined([await spoken("no me interesa"), silence(900)]), 90_000))
      opened.push("customer", chunk, at);
    await opened.flush(5_000);
    assert.deepEqual(
      finalsOf(events).map(({ text, fromMs }) => [text, Math.round(fromMs / 1000)]),
      [
        ["es muy caro", 1],
        ["es muy caro", 60],
        ["no me interesa", 90],
      ],
    );
  },
);

test("a killed process: another one hears again what was not written down, once", { skip }, async (t) => {
  const { events, opened, ready, say, texts } = session(t);
  await ready();
  say(joined([silence(500), await spoken("no me interesa"), silence(800)]));
  await eventually("the first line", () => texts().length === 1);
  const sentence = joined([await spoken("quiero cancelar mi servicio"), silence(900)]);
  const [half, rest] = [sentence.subarray(0, RATE), sentence.subarray(RATE)];
  say(half);
  await eventually("a guess", () => events.at(-1)?.kind === "partial" || undefined);
  process.kill(opened.workerPid() ?? 0, "SIGKILL");
  say(rest);
  await eventually("another one", () => events.filter(({ kind }) => kind === "ready").length === 2);
  await opened.flush(5_000);
  assert.deepEqual(texts(), ["no me interesa", "quiero cancelar mi servicio"]);
  assert.deepEqual(
    events.filter(({ kind }) => kind === "error"),
    [{ kind: "error", fatal: false, reason: "ended with SIGKILL" }],
  );
});

test("what no process survives is given up after three deaths, and nothing throws", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "model-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const corrupt = join(folder, "corrupt");
  cpSync(toyModel().folder, corrupt, { recursive: true });
  writeFileSync(join(corrupt, "model.onnx"), "no model at all".repeat(999));
  const wrong = join(folder, "wrong");
  cpSync(toyModel().folder, wrong, { recursive: true });
  writeFileSync(join(wrong, "tokens.txt"), "a 0\nb 1\n");
  for (const path of [corrupt, wrong, join(folder, "missing")]) {
    const { events, opened, say } = session(t, toyModel(path));
    say(silence(300));
    await eventually("the end", () => events.some((event) => event.kind === "error" && event.fatal));
    const deaths = events.filter(({ kind }) => kind === "error");
    assert.deepEqual(
      deaths.map((event) => event.kind === "error" && event.fatal),
      [false, false, true],
    );
    assert.equal(opened.workerPid(), undefined);
    say(silence(300));
    await opened.flush(100);
    await opened.close();
  }
});

test(
  "a starved process: nobody waits for it, guesses are left out, every line comes",
  { skip },
  async (t) => {
    const { events, opened, ready, say, texts } = session(t);
    await ready();
    const sentences = await Promise.all(SENTENCES.slice(0, 4).map((sentence) => spoken(sentence)));
    const pid = opened.workerPid() ?? 0;
    process.kill(pid, "SIGSTOP");
    const startMs = performance.now();
    for (const sentence of sentences) {
      say(silence(500));
      say(sentence);
    }
    say(silence(900));
    assert.ok(performance.now() - startMs < 2_000, "pushing never waits");
    await wait(2_500);
    assert.equal(texts().length, 0);
    process.kill(pid, "SIGCONT");
    await eventually("all four lines", () => texts().length === 4);
    assert.ok(letterErrors(texts().join(" "), SENTENCES.slice(0, 4).join(" ")) <= 3, texts().join("\n"));
    assert.equal(events.filter(({ kind }) => kind === "partial").length, 0);
    assert.equal(events.filter(({ kind }) => kind === "skipped").length, 0);
    await eventually("its lag", () => events.find((event) => event.kind === "stats" && event.lagMs > 1_000));
  },
);

test("beyond all bounds sound is left out, and that is said", { skip }, async (t) => {
  const { events, opened, ready, say, texts } = session(t);
  await ready();
  const pid = opened.workerPid() ?? 0;
  process.kill(pid, "SIGSTOP");
  say(joined([silence(500), await spoken("es muy caro"), silence(23_000)]));
  process.kill(pid, "SIGCONT");
  await eventually("the line", () => texts().length === 1);
  await eventually("what was left out", () => {
    say(silence(200));
    return events.some(({ kind }) => kind === "skipped");
  });
  const skipped = events.find((event) => event.kind === "skipped");
  assert.ok(skipped && skipped.fromMs >= 20_000 && skipped.toMs > skipped.fromMs);
});

/** Hours of a call; eight of them are the long run. */
const HOURS = Number(process.env["EARS_HOURS"] ?? 0.25);

test(
  `${HOURS} hours of a call fed fast: no memory grows, neither here nor there`,
  { skip, timeout: 3_600_000 },
  async (t) => {
    let [lines, skipped, isReady] = [0, 0, false];
    // counted, not kept: eight hours of guesses would be this test's own memory
    const opened = sherpaEngine().open({
      model: toyModel(),
      sampleRate: RATE,
      onEvent: ({ kind }) => {
        isReady ||= kind === "ready";
        if (kind === "final") lines++;
        if (kind === "skipped") skipped++;
      },
    });
    t.after(() => opened.close());
    await eventually("the recogniser", () => isReady);
    const sentences = await Promise.all(SENTENCES.slice(0, 12).map((sentence) => spoken(sentence)));
    const minute = joined(sentences.flatMap((samples) => [samples, silence(3_000)])).subarray(0, RATE * 60);
    const memory = async () =>
      Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${opened.workerPid()}/status`, "utf8"))?.[1]) / 1024;
    let [atMs, seen] = [0, 0];
    const resting: number[] = [];
    const own: number[] = [];
    const minutes = Math.round(HOURS * 60);
    for (let i = 0; i < minutes; i++) {
      seen = lines;
      for (let second = 0; second < 60; second += 15) {
        for (const [chunk, at] of chunks(minute.subarray(second * RATE, (second + 15) * RATE), atMs)) {
          opened.push("customer", chunk, at);
          opened.push("agent", chunk, at);
        }
        atMs += 15_000;
        // no call comes so fast: without waiting, the bound would leave some of it out
        await opened.flush(60_000);
      }
      assert.ok(lines > seen, "it still listens");
      resting.push(await memory());
      // not RSS: what the allocator keeps after bursts a hundred times as fast as a call is not in use
      const { heapUsed, external } = process.memoryUsage();
      own.push((heapUsed + external) / 2 ** 20);
    }
    const [early, late] = [resting[Math.floor(minutes / 3)] ?? 0, resting.at(-1) ?? 0];
    t.diagnostic(
      `${lines} lines; its process ${early.toFixed(0)} → ${late.toFixed(0)} MB, own ${own[0]?.toFixed(0)} → ${own.at(-1)?.toFixed(0)} MB; skipped ${skipped}`,
    );
    assert.equal(skipped, 0);
    assert.ok((own.at(-1) ?? 0) - (own[Math.floor(minutes / 3)] ?? 0) < 60, "own memory");
    assert.ok(late - early < 12, `${early} → ${late} MB`);
  },
);
