import assert from "node:assert/strict";
import { test } from "node:test";
import { atHand, heardMore, type Heard } from "../../web/assist/hearing.ts";

test("of a long speech the end is the question; guesses replace each other", () => {
  const silence = { settled: null, guess: null, open: false };
  const said = (text: string, more: Partial<Heard> = {}): Heard => ({
    side: "customer",
    text,
    final: true,
    ended: true,
    t: 0,
    ...more,
  });
  const long = "una frase muy larga ".repeat(20).trim();
  const cut = heardMore(silence, said(long, { ended: false }), 1000);
  const whole = heardMore(cut, said(`${long} y al fin es caro`, { t: 9000 }), 5000).settled;
  assert.ok(whole && whole.text.length <= 500 && whole.text.endsWith("es caro"));
  assert.match(whole.text, /^(una|frase|muy|larga) /);
  assert.deepEqual(
    { t: whole.t, final: whole.final, since: whole.since },
    { t: 0, final: true, since: 1000 },
  );
  const first = heardMore(silence, said("es", { final: false, ended: false, t: 7 }), 1000);
  assert.equal(atHand(first, 1300), null, "a syllable");
  const second = heardMore(first, said("es caro", { final: false, ended: false, t: 7 }), 1200);
  assert.equal(atHand(second, 1450)?.text, "es caro");
  assert.deepEqual(heardMore(second, said("vale", { side: "agent" }), 1500), second);
  assert.deepEqual(heardMore(second, said(""), 1500), silence);
});
