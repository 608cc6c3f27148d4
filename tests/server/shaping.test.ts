import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isOtherLanguage, shaped } from "../../server/copilot/shaping.ts";

const cases: [name: string, text: string, expected: string, cut: boolean][] = [
  ["two sentences stay", "Le entiendo. ¿Lo probamos?", "Le entiendo. ¿Lo probamos?", false],
  ["a fourth goes", "Uno. Dos. ¿Tres? Cuatro.", "Uno. Dos. ¿Tres?", true],
  [
    "decimals end no sentence",
    "Son 29.90 € al mes. Sin permanencia. ¿Qué le parece?",
    "Son 29.90 € al mes. Sin permanencia. ¿Qué le parece?",
    false,
  ],
  [
    "nor do titles",
    "Buenos días, Sr. García. Le llamo yo. ¿Mañana? Bien.",
    "Buenos días, Sr. García. Le llamo yo. ¿Mañana?",
    true,
  ],
  ["quotes around it go", "«Le entiendo. ¿Lo probamos?»", "Le entiendo. ¿Lo probamos?", false],
  ["white space around it goes", "\n Le entiendo. \n", "Le entiendo.", false],
  [
    "too many words are cut at a sentence's end",
    `Le entiendo. ${"palabra ".repeat(50)}.`,
    "Le entiendo.",
    true,
  ],
  [
    "a sentence without an end is cut at a word",
    "palabra ".repeat(50),
    `${"palabra ".repeat(45).trim()}…`,
    true,
  ],
];
for (const [name, text, expected, cut] of cases)
  test(name, () => assert.deepEqual(shaped(text), { text: expected, cut }));

test("whatever a model says, at most three sentences and 45 words are left of it, from its beginning", () =>
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("hola", "29,90", "€", ".", "?", "!", "…", "\n", "Sr.", "«", "»", "a.b"), {
        maxLength: 200,
      }),
      (words) => {
        const text = words.join(" ");
        const { text: left } = shaped(text);
        assert.ok(left.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length <= 45);
        assert.ok(text.replace(/["“”«»\s]/g, "").startsWith(left.replace(/["“”«»\s]|…$/g, "")));
      },
    ),
  ));

test("an answer in the other language is seen, a short or a good one never is", () => {
  const spanish = "Le entiendo, nadie quiere pagar de más. ¿Lo probamos este mes?";
  const english = "I understand, nobody wants to pay more than they have to. Shall we try it this month?";
  assert.deepEqual([isOtherLanguage(spanish, "es"), isOtherLanguage(english, "es")], [false, true]);
  assert.deepEqual([isOtherLanguage(spanish, "en"), isOtherLanguage(english, "en")], [true, false]);
  assert.equal(isOtherLanguage("OK, perfecto.", "es"), false);
  assert.equal(isOtherLanguage("我明白您的意思", "es"), true);
  assert.equal(
    isOtherLanguage("Je comprends, personne ne veut payer plus que nécessaire pour ce forfait", "es"),
    true,
  );
});
