import assert from "node:assert/strict";
import { test } from "node:test";
import { cardContent, id, playbookContent, slug } from "#contract";
import { cardOf, isExpired, linesOf, productOf, wordsIn } from "../../web/admin/playbooks/form-values.ts";
import { freeId, slugOf } from "../../web/admin/playbooks/slug.ts";
import { uuidv7 } from "../../web/ui/uuid.ts";
import { contentOf } from "./support/playbook-scene.ts";

test("a name becomes an id that the wire takes", () => {
  assert.equal(slugOf("fibra-es", "¿Y si me mudo? Ñandú"), "fibra-es-y-si-me-mudo-nandu");
  assert.equal(slugOf("¿?"), "");
  for (const name of ["a".repeat(100), "palabra ".repeat(20), `${"a".repeat(59)}-b`])
    assert.ok(slug.safeParse(slugOf(name)).success, name);
});

test("a taken id counts on and stays short enough", () => {
  assert.equal(freeId("fibra", ["fibra", "fibra-2"]), "fibra-3");
  const long = "a".repeat(60);
  assert.equal(freeId(long, [long]), `${"a".repeat(58)}-2`);
  assert.ok(slug.safeParse(freeId(`${"a".repeat(57)}-bc`, [`${"a".repeat(57)}-bc`])).success);
});

test("words are what is said aloud", () => {
  assert.equal(wordsIn("Son 29,90 € al mes — ¿lo probamos?"), 6);
  assert.equal(wordsIn("  "), 0);
});

test("lines lose their spaces and the empty ones", () => {
  assert.deepEqual(linesOf(" uno \r\n\n dos"), ["uno", "dos"]);
});

test("forms say what the contract takes; what is empty is left out", () => {
  const content = contentOf([null, "price", "Es caro", "Es muy caro", "Le entiendo.", null]);
  const card = cardOf({
    title: "Es caro",
    kind: "price",
    objection: "Es muy caro",
    answer: "Le entiendo.",
    key: "",
    "facts.price": "",
    "facts.other": "\n",
    nextQuestion: "",
    validUntil: "",
  });
  assert.deepEqual(cardContent.parse(card), { ...content, triggers: [], facts: {} });
  const product = productOf({
    name: "Fibra",
    language: "es",
    industry: "internet",
    product: "Fibra",
    about: "fibra",
    "facts.price": "29,90 €",
  });
  assert.deepEqual(playbookContent.parse(product).facts, { price: "29,90 €" });
});

test("a card's last day still counts", () => {
  const card = { ...contentOf([null, "price", "a", "b", "c", null]), validUntil: "2026-11-23" };
  assert.equal(isExpired(card, "2026-11-23"), false);
  assert.equal(isExpired(card, "2026-11-24"), true);
});

test("the page's ids are UUIDv7, in the order of time", () => {
  const ids = Array.from({ length: 200 }, (_, i) => uuidv7(1_764_000_000_000 + i));
  for (const one of ids) assert.ok(id.safeParse(one).success, one);
  assert.deepEqual(ids.toSorted(), ids);
  assert.equal(new Set(ids).size, ids.length);
});
