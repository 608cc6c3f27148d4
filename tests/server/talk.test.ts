import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Side } from "#contract";
import { talkOf } from "../../server/transcripts/talk.ts";
import { searchWords, wordErrorsOf } from "../../server/transcripts/words.ts";
import { processorMs } from "../support/bounds.ts";

type Line = { side: Side; text: string; fromMs: number; toMs: number };
const agent = (from: number, to: number, text = "le cuento"): Line => ({
  side: "agent",
  text,
  fromMs: from * 1000,
  toMs: to * 1000,
});
const customer = (from: number, to: number, text = "es muy caro"): Line => ({
  ...agent(from, to, text),
  side: "customer",
});
const of = (...lines: Line[]) => talkOf(lines) ?? assert.fail();

const LISTENED = ["sí", "Ajá.", "mm-hm", "¡vale, vale!", "De acuerdo", "claro… eh", "uh huh", "sí sí sí"];

describe("who spoke how much", () => {
  test("nothing said is no figure at all", () => assert.equal(talkOf([]), null));

  test("a conversation by turns", () => {
    assert.deepEqual(of(agent(1, 4), customer(5, 8), agent(8, 9)), {
      agentSeconds: 4,
      customerSeconds: 3,
      silenceSeconds: 1,
      talkRatio: 4 / 7,
      longestMonologueSeconds: 3,
      interruptions: 0,
    });
  });

  test("a monologue goes on after a pause of 2 s, and ends after a longer one or when the other speaks", () => {
    assert.equal(of(agent(0, 10), agent(12, 20)).longestMonologueSeconds, 20);
    assert.equal(of(agent(0, 10), agent(12.001, 20)).longestMonologueSeconds, 10);
    assert.equal(of(agent(0, 10), customer(10, 11), agent(11, 20)).longestMonologueSeconds, 10);
    assert.equal(of(customer(0, 10), customer(11, 31), agent(31, 40)).longestMonologueSeconds, 31);
  });

  test("who shows that they listen takes no turn", () => {
    for (const text of LISTENED) {
      assert.equal(of(agent(0, 10), customer(9, 9.5, text), agent(10, 20)).longestMonologueSeconds, 20, text);
      assert.equal(of(customer(0, 10), agent(4, 5, text)).interruptions, 0, text);
      assert.equal(of(customer(0, 10), agent(4, 5, text)).agentSeconds, 1, "but it is speech");
    }
    for (const text of ["sí, pero no", "claro que…", "sí sí sí sí", "no", "vale la pena", "siga"])
      assert.equal(of(customer(0, 10), agent(4, 5, text)).interruptions, 1, text);
  });

  test("an interruption begins inside what the customer says, with half a second or more still to say", () => {
    assert.equal(of(customer(0, 10), agent(9.5, 12)).interruptions, 1);
    assert.equal(of(customer(0, 10), agent(9.501, 12)).interruptions, 0, "at the end of a turn");
    assert.equal(of(customer(0, 10), customer(11, 20), agent(10.5, 12)).interruptions, 0, "in a pause");
    assert.equal(of(agent(0, 10), customer(4, 9)).interruptions, 0, "the customer's are not counted");
    assert.equal(of(agent(0, 5), customer(0, 5)).interruptions, 0, "both at once");
    assert.equal(of(agent(0, 5), agent(5.5, 8), customer(5.2, 9)).interruptions, 1, "the customer began");
    assert.equal(of(customer(0, 20), agent(4, 5), agent(6, 7)).interruptions, 1, "one turn of two lines");
    assert.equal(of(customer(0, 20), agent(4, 5), agent(8, 9)).interruptions, 2);
  });

  const line = fc
    .record({
      side: fc.constantFrom<Side>("agent", "customer"),
      text: fc.constantFrom("sí", "es muy caro", "le cuento", "ajá"),
      fromMs: fc.nat(600_000),
      ms: fc.nat(30_000),
    })
    .map(({ ms, ...rest }): Line => ({ ...rest, toMs: rest.fromMs + ms }));
  const lines = fc.array(line, { minLength: 1, maxLength: 40 });

  test("whatever was said: bounds, sums, and nothing that depends on order or on when the call began", () =>
    fc.assert(
      fc.property(lines, fc.nat(1_000_000), (said, shift) => {
        const talk = of(...said);
        const from = Math.min(...said.map(({ fromMs }) => fromMs));
        const span = (Math.max(...said.map(({ toMs }) => toMs)) - from) / 1000;
        const { agentSeconds, customerSeconds, silenceSeconds } = talk;
        const near = 1e-6;
        assert.ok(silenceSeconds >= 0 && silenceSeconds <= span + near);
        assert.ok(talk.longestMonologueSeconds <= span + near);
        assert.ok(agentSeconds + customerSeconds + silenceSeconds >= span - near, "no time is lost");
        assert.ok(Math.max(agentSeconds, customerSeconds) + silenceSeconds <= span + near);
        const both = agentSeconds + customerSeconds;
        if (both === 0) assert.equal(talk.talkRatio, null);
        else assert.ok(Math.abs((talk.talkRatio ?? NaN) - agentSeconds / both) < near);
        assert.ok(talk.interruptions <= said.filter(({ side }) => side === "agent").length);
        for (const { text, fromMs, toMs } of said)
          if (text.includes(" ")) assert.ok(talk.longestMonologueSeconds >= (toMs - fromMs) / 1000);
        assert.deepEqual(of(...said.toReversed()), talk);
        const later = said.map((one) => ({ ...one, fromMs: one.fromMs + shift, toMs: one.toMs + shift }));
        assert.deepEqual(of(...later), talk);
      }),
    ));

  test("whatever was said: listening changes neither monologues nor interruptions; sides can be swapped", () =>
    fc.assert(
      fc.property(lines, lines, (said, more) => {
        const talk = of(...said);
        const listened = more.map((one) => ({ ...one, text: "ajá" }));
        const { interruptions, longestMonologueSeconds } = of(...said, ...listened.filter(isAgents));
        assert.deepEqual(
          [interruptions, longestMonologueSeconds],
          [talk.interruptions, talk.longestMonologueSeconds],
        );
        const swapped = of(
          ...said.map((one): Line => ({ ...one, side: isAgents(one) ? "customer" : "agent" })),
        );
        assert.equal(swapped.agentSeconds, talk.customerSeconds);
        assert.equal(swapped.silenceSeconds, talk.silenceSeconds);
        if (talk.talkRatio !== null)
          assert.ok(Math.abs((swapped.talkRatio ?? NaN) + talk.talkRatio - 1) < 1e-9);
      }),
    ));
});
const isAgents = ({ side }: Line): boolean => side === "agent";

describe("how good a recogniser is", () => {
  test("words too many, too few and others are one error each", () => {
    const cases: [said: string, heard: string, words: number, wordErrors: number][] = [
      ["Es muy caro.", "es muy caro", 3, 0],
      ["¿Es MUY caro?", "es, muy; caro", 3, 0],
      ["es muy caro", "es caro", 3, 1],
      ["es caro", "es muy caro", 2, 1],
      ["es muy caro", "es muy claro", 3, 1],
      ["está aquí", "esta aqui", 2, 2],
      ["a b c d", "b c d e", 4, 2],
      ["don't", "dont", 1, 0],
      ["cafe\u0301", "café", 1, 0],
      ["", "hola", 0, 1],
      ["¡!", "…", 0, 0],
      ["uno dos tres", "", 3, 3],
    ];
    for (const [said, heard, words, wordErrors] of cases)
      assert.deepEqual(wordErrorsOf(said, heard), { words, wordErrors }, `${said} | ${heard}`);
  });

  test("it is a distance over words: zero for the same, the same both ways, never over what a detour costs", () => {
    const text = fc.array(fc.constantFrom("es", "muy", "caro", "no", "sí"), { maxLength: 12 });
    const distance = (a: string[], b: string[]) => wordErrorsOf(a.join(" "), b.join(" ")).wordErrors;
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        assert.equal(distance(a, a), 0);
        assert.equal(distance(a, b), distance(b, a));
        assert.ok(distance(a, c) <= distance(a, b) + distance(b, c));
        assert.ok(distance(a, b) >= Math.abs(a.length - b.length));
        assert.ok(distance(a, b) <= Math.max(a.length, b.length));
      }),
    );
  });

  test("a thousand words that all differ take no time", () => {
    const words = (of: string) => Array.from({ length: 1000 }, (_, i) => `${of}${i}`).join(" ");
    const took = processorMs(() =>
      assert.deepEqual(wordErrorsOf(words("a"), words("b")), { words: 1000, wordErrors: 1000 }),
    );
    assert.ok(took < 500);
  });

  test("what is looked for has no accents, no capitals and no signs", () =>
    assert.equal(
      searchWords('¡Carísimo! ¿29,90 €? Ñandú «OR» "NEAR(x*"').join(" "),
      "carisimo 29 90 nandu or near x",
    ));
});
