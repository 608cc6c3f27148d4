import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { language, objectionKind, type Language, type ObjectionKind } from "#contract";

const lexicon = z.strictObject({
  /** How people object, whatever is sold. */
  phrases: z.partialRecord(objectionKind, z.array(z.string())),
  /** Groups of words that mean the same on such calls. */
  words: z.array(z.array(z.string())),
  /** What is said on such calls and objects to nothing. */
  talk: z.array(z.string()),
});
export type Lexicon = z.infer<typeof lexicon>;

const texts = Object.fromEntries(
  language.options.map((one) => [
    one,
    readFileSync(new URL(`./lexicon/${one}.yaml`, import.meta.url), "utf8"),
  ]),
) as Record<Language, string>;

/** The ways to object that belong to a language, not to a product. */
export const lexicons = Object.fromEntries(
  language.options.map((one) => [one, lexicon.parse(parse(texts[one]))]),
) as Record<Language, Lexicon>;

/** Changes whenever phrases would be read in another way: with the lexicons, or with the `rules` that read them. */
export const lexiconDigest = (rules: string): string =>
  createHash("sha256").update(texts.es).update(texts.en).update(rules).digest("hex").slice(0, 16);

/** Where a language's own phrases stand among those of playbooks. */
export const generalId = (of: Language): string => `general-${of}`;
/** The card that stands for a kind of objection there. */
export const kindCard = (kind: ObjectionKind, of: Language): string => `kind:${kind}:${of}`;

/** The card that stands for words that object to nothing. */
export const talkCard = (of: Language): string => `talk:${of}`;

/** All of a language's own phrases, by the card that stands for them. */
export const generalPhrases = (of: Language): { cardId: string; phrases: string[] }[] => [
  ...objectionKind.options.map((kind) => ({
    cardId: kindCard(kind, of),
    phrases: lexicons[of].phrases[kind] ?? [],
  })),
  { cardId: talkCard(of), phrases: lexicons[of].talk },
];
