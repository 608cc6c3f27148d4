import type {
  CardContent,
  FactSheet,
  Language,
  ObjectionKind,
  PlaybookCard,
  PlaybookContent,
} from "#contract";

/** What a form says, as `valuesOf` reads it. */
type Values = Record<string, string>;

/** More are hard to say in one go. */
export const MOST_WORDS = 45;

export const kinds: ObjectionKind[] = [
  "price",
  "competitor",
  "commitment",
  "time",
  "think",
  "consult",
  "trust",
  "quality",
  "coverage",
  "send_info",
  "not_interested",
  "cancel",
  "other",
];

/** The lines of a field, trimmed, without the empty ones. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** How many words are said aloud. A dash or a mark that stands alone is none. */
export const wordsIn = (text: string): number =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function factsOf(values: Values): FactSheet {
  const { "facts.price": price, "facts.validity": validity, "facts.permanence": permanence } = values;
  const { "facts.coverage": coverage, "facts.other": others = "" } = values;
  const other = linesOf(others);
  return {
    ...(price && { price }),
    ...(validity && { validity }),
    ...(permanence && { permanence }),
    ...(coverage && { coverage }),
    ...(other.length > 0 && { other }),
  };
}

/** A card as its form says it. */
export function cardOf(values: Values): CardContent {
  const { key = "", kind = "other", title = "", objection = "", answer = "", triggers = "" } = values;
  return {
    key: key === "" ? null : Number(key),
    kind: kind as ObjectionKind,
    title,
    objection,
    triggers: linesOf(triggers),
    answer,
    nextQuestion: values["nextQuestion"] || null,
    facts: factsOf(values),
    forbidden: linesOf(values["forbidden"] ?? ""),
    validUntil: values["validUntil"] || null,
  };
}

/** What a person writes of a card, without its id and approval. */
export function contentOf(card: PlaybookCard): CardContent {
  const { id: _id, version: _version, approvedBy: _by, approvedOn: _on, ...content } = card;
  return content;
}

/** What a playbook's form says of its product. */
export function productOf(values: Values): PlaybookContent {
  const { name = "", language = "es", industry = "", product = "", about = "", forbidden = "" } = values;
  return {
    name,
    language: language as Language,
    industry,
    product,
    about: linesOf(about),
    facts: factsOf(values),
    forbidden: linesOf(forbidden),
  };
}

/** Its last day is over. `today` is `YYYY-MM-DD`. */
export const isExpired = ({ validUntil }: CardContent, today: string): boolean =>
  validUntil !== null && validUntil < today;
