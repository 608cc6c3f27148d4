import { readFileSync } from "node:fs";
import { stemmer as english } from "@orama/stemmers/english";
import { stemmer as spanish } from "@orama/stemmers/spanish";
import type { Language } from "#contract";
import { lexiconDigest, lexicons } from "./lexicon.ts";

/** Only what says nothing at all, without accents: «no», «ya» and «yo» tell objections apart. */
const STOP: Record<Language, Set<string>> = {
  es: new Set(
    "a al de del e el en la las lo los un una unos y o que se es uf pues le les su sus mi mis te ti tu".split(
      " ",
    ),
  ),
  en: new Set(
    "a an the and or of to in is it its for at on be am are was so that this i im you your me my we us our just well oh um uh".split(
      " ",
    ),
  ),
};
const STEM: Record<Language, (word: string) => string> = { es: spanish, en: english };
/** Clitics behind a verb: «consultarlo» is «consultar». */
const CLITIC = /(?<=[aei]r)(me|te|se|nos|lo|la|le|los|las|les|melo|mela|selo|sela|telo|tela)$/;
const SUPERLATIVE = /(?<=...)isim[oa]s?$/;

/** Lower case without accents: «Carísimo» becomes «carisimo». */
export const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function stem(word: string, language: Language): string {
  const plain = language === "es" ? word.replace(SUPERLATIVE, "o").replace(CLITIC, "") : word;
  return STEM[language](plain);
}

/** The stem of every word of a group, to the one sign that stands for the group. */
const groups = Object.fromEntries(
  (Object.keys(lexicons) as Language[]).map((language) => [
    language,
    new Map(
      lexicons[language].words.flatMap((group, i) =>
        group.map((word) => [stem(fold(word), language), `g${i}`] as const),
      ),
    ),
  ]),
) as Record<Language, Map<string, string>>;

/**
 * The stems of a text that say something, in order: letters and digits only. Words that mean the same on the
 * phone are one stem, figures are words, too.
 */
export function stems(text: string, language: Language): string[] {
  return (
    fold(text)
      .replace(/['’]/g, "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
    .filter((word) => !STOP[language].has(word))
    .map((word) => stem(word, language))
    .map((found) => groups[language].get(found) ?? found);
}

/** The rules by which these stems are made; stored ones of other rules are made anew. */
export const STEMS_VERSION = lexiconDigest(readFileSync(new URL(import.meta.url), "utf8"));
