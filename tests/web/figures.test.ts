import assert from "node:assert/strict";
import { test } from "node:test";
import { firstSentence, withDoubts } from "../../web/assist/figures.ts";

const doubted = (text: string, ...figures: string[]): string[] =>
  withDoubts(text, figures)
    .filter(({ doubt }) => doubt)
    .map((part) => part.text);

test("a figure without a fact is found, whatever space is inside", () => {
  assert.deepEqual(doubted("Ahorra un 15 %.", "15 %"), ["15 %"]);
  assert.deepEqual(doubted("Ahorra un 15%.", "15 %"), ["15%"]);
  assert.deepEqual(doubted("Son 29,90\u00a0€ o 30 €", "29,90 €", "30 €"), ["29,90\u00a0€", "30 €"]);
});

test("a figure inside another one is not it", () => {
  assert.deepEqual(doubted("Son 115 y 15,5 y 15 años", "15"), ["15"]);
  assert.deepEqual(doubted("Son 1.500", "500"), []);
});

test("nothing is lost from the text", () => {
  const text = "Un 15 % (quizá 20 %) menos.";
  assert.equal(
    withDoubts(text, ["15 %", "20 %"])
      .map((part) => part.text)
      .join(""),
    text,
  );
  assert.deepEqual(withDoubts(text, []), [{ text, doubt: false }]);
  assert.deepEqual(withDoubts(text, ["", " "]), [{ text, doubt: false }]);
});

test("the first sentence ends at its mark, not at a decimal", () => {
  assert.deepEqual(firstSentence("Son 29.90 al mes. ¿Lo probamos?"), ["Son 29.90 al mes.", " ¿Lo probamos?"]);
  assert.deepEqual(firstSentence("Sin acabar"), ["Sin acabar", ""]);
});
