import assert from "node:assert/strict";
import { test } from "node:test";
import type { TranscriptLine } from "#contract";
import { Backlog } from "../../tray/ears/backlog.ts";
import { CardWatch, mayGoOn, type Said, withoutCards } from "../../tray/ears/cards.ts";
import { Gate, WINDOW_MS } from "../../tray/ears/gate.ts";
import { Lines } from "../../tray/ears/lines.ts";
import { FORGET, Words } from "../../tray/panel/words.ts";

/** Windows of noise of one level in dB below full scale. */
function* noise(level: number, ms: number): Generator<Float32Array> {
  const peak = 10 ** (level / 20) * Math.sqrt(3);
  for (let at = 0; at < ms; at += WINDOW_MS)
    yield Float32Array.from({ length: 320 }, (_, i) => peak * ((((i + at) * 7919) % 2001) / 1000 - 1));
}
/** How many milliseconds of these the gate stands open. */
function openMs(gate: Gate, windows: Iterable<Float32Array>): number {
  let open = 0;
  for (const window of windows) if (gate.hear(window).open) open += WINDOW_MS;
  return open;
}

test("the gate opens for a voice over its own noise, whatever the line's", () => {
  for (const floor of [-96, -70, -50, -40]) {
    const gate = new Gate(400);
    openMs(gate, noise(floor, 12_000));
    assert.equal(openMs(gate, noise(floor, 2_000)), 0, `shut at ${floor} dB`);
    assert.ok(openMs(gate, noise(Math.max(-45, floor + 20), 800)) >= 740, `open over ${floor} dB`);
    assert.ok(openMs(gate, noise(floor, 1_000)) <= 400, "shut after its hangover");
  }
});

test("a click does not open it, a pause between two words does not shut it", () => {
  const gate = new Gate(400);
  openMs(gate, noise(-70, 1_000));
  assert.equal(openMs(gate, noise(-20, WINDOW_MS)), 0);
  openMs(gate, noise(-70, 500));
  openMs(gate, noise(-20, 300));
  assert.equal(openMs(gate, noise(-70, 300)), 300);
  openMs(gate, noise(-20, 300));
  assert.equal(gate.open, true);
});

test("a fan that goes on shuts it in the end: the floor rises", () => {
  const gate = new Gate(400);
  openMs(gate, noise(-70, 1_000));
  openMs(gate, noise(-45, 15_000));
  assert.equal(gate.open, false);
});

const said = (text: string, fromMs = 0, side: Said["side"] = "customer"): Said => {
  return { side, text, fromMs, toMs: fromMs + 3_000 };
};

test("a card is found in figures and in words, and only where its check digit is right", () => {
  const cases: [string, string][] = [
    ["es la 4539 1488 0343 6467 gracias", "es la [tarjeta] gracias"],
    [
      "cuatro cinco tres nueve uno cuatro ocho ocho cero tres cuatro tres seis cuatro seis siete",
      "[tarjeta]",
    ],
    [
      "cuarenta y cinco treinta y nueve catorce ochenta y ocho cero tres cuarenta y tres sesenta y cuatro sesenta y siete",
      "[tarjeta]",
    ],
    ["4539 1488 0343 6468", "4539 1488 0343 6468"],
    ["mi teléfono es 600 111 222", "mi teléfono es 600 111 222"],
    ["puedo pagar con tarjeta", "puedo pagar con tarjeta"],
  ];
  for (const [text, masked] of cases) assert.equal(withoutCards(text, "es"), masked);
  assert.equal(withoutCards("four five three nine 1488 0343 6467", "en"), "[card]");
});

test("a card that is said in groups takes all its lines, and what follows it", () => {
  const watch = new CardWatch("es");
  const lines = ["sí es 4539", "1488 0343", "6467", "caduca 12 28", "y la oferta"].map((text, i) =>
    said(text, i * 4_000),
  );
  const touched = lines.map((line) => watch.take(line).length);
  assert.deepEqual(touched, [0, 0, 3, 1, 0]);
  assert.deepEqual(
    lines.map(({ text }) => text),
    ["sí es [tarjeta]", "[tarjeta]", "[tarjeta]", "caduca [tarjeta]", "y la oferta"],
  );
});

test("groups far apart are no card, and neither are those of two people", () => {
  const watch = new CardWatch("es");
  assert.deepEqual(watch.take(said("4539 1488")), []);
  assert.deepEqual(watch.take(said("0343 6467", 60_000)), []);
  assert.equal(mayGoOn("es la 4539"), true);
  assert.equal(mayGoOn("son 300 megas"), false);
});

test("lines are numbered as they end, and go up in order, a card's group held until it is known what it is", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const pass = (ms: number) => {
    now += ms;
    t.mock.timers.tick(ms);
  };
  const sent: TranscriptLine[][] = [];
  const scrubbed: Said[] = [];
  const lines = new Lines({
    language: "es",
    send: (some) => void sent.push(some),
    scrub: (one) => void scrubbed.push(one),
  });
  lines.add(said("buenos días", 0, "agent"));
  lines.add(said("hola", 3_000));
  assert.equal(sent.length, 0);
  pass(2_000);
  assert.deepEqual(
    sent.flat().map(({ n, text }) => `${n} ${text}`),
    ["0 buenos días", "1 hola"],
  );
  lines.add(said("es la 4539 1488", 6_000));
  lines.add(said("dígame", 9_000, "agent"));
  pass(4_000);
  assert.equal(sent.flat().length, 2, "held, and what follows it too");
  assert.equal(lines.add(said("0343 6467", 12_000)).text, "[tarjeta]");
  pass(2_000);
  assert.deepEqual(
    sent
      .flat()
      .slice(2)
      .map(({ n, text }) => `${n} ${text}`),
    ["2 es la [tarjeta]", "3 dígame", "4 [tarjeta]"],
  );
  assert.deepEqual(
    scrubbed.map(({ fromMs, toMs }) => [fromMs, toMs]),
    [
      [6_000, 9_000],
      [12_000, 15_000],
    ],
  );
  lines.add(said("pago 300", 60_000));
  pass(10_000);
  assert.equal(sent.flat().length, 6, "one that does not go on is let go");
  for (const [i, group] of ["4539", "1488", "0343"].entries()) {
    lines.add(said(group, 100_000 + i * 6_000));
    pass(6_000);
  }
  assert.equal(sent.flat().length, 6, "each group holds those before it");
  lines.add(said("6467", 118_000));
  pass(2_000);
  assert.deepEqual(
    sent
      .flat()
      .slice(6)
      .map(({ text }) => text),
    ["[tarjeta]", "[tarjeta]", "[tarjeta]", "[tarjeta]"],
  );
  lines.add(said("adiós", 170_000));
  lines.end();
  assert.equal(sent.flat().at(-1)?.n, 10);
});

test("the backlog keeps what is not written down, and leaves out only beyond its bound", () => {
  const backlog = new Backlog();
  const chunk = (second: number) => {
    return {
      side: "agent" as const,
      samples: new Int16Array(8),
      atMs: second * 1000,
      endMs: second * 1000 + 1000,
    };
  };
  const taken = Array.from({ length: 30 }, (_, second) => backlog.add(chunk(second)));
  assert.deepEqual([taken.indexOf(false), backlog.waitingMs], [20, 20_000]);
  assert.equal(backlog.skipped(), null);
  backlog.progress(15_000, 14_000);
  assert.deepEqual(backlog.skipped(), { fromMs: 20_000, toMs: 30_000 });
  assert.equal(backlog.skipped(), null);
  assert.deepEqual(
    backlog.again().map(({ atMs }) => atMs),
    [14_000, 15_000, 16_000, 17_000, 18_000, 19_000],
  );
  assert.deepEqual(backlog.drop(), { fromMs: 14_000, toMs: 20_000 });
  assert.equal(backlog.waitingMs, 0);
  // a pause of an hour is no work
  backlog.add(chunk(30));
  backlog.add(chunk(3_600));
  assert.equal(backlog.waitingMs, 2_000);
});

test("a page that is loaded again has the last words, a guess last, and nothing of the call before", () => {
  const words = new Words();
  const heard = (text: string, final: boolean, t: number) => {
    return { side: "customer" as const, text, final, ended: final, t };
  };
  for (let i = 0; i < 15; i++) words.take(heard(`frase ${i}`, true, i));
  words.take(heard("es muy", false, 20));
  assert.equal(words.last().length, 11);
  assert.equal(words.last().at(-1)?.text, "es muy");
  words.take(heard("es muy caro", true, 20));
  assert.deepEqual(words.last().at(-1), heard("es muy caro", true, 20));
  words.take(null);
  assert.deepEqual(words.last(), []);
  assert.equal(FORGET.text, "");
});
