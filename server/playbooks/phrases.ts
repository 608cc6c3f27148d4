import type { CardContent, Language } from "#contract";
import { stems } from "./words.ts";

/** Stems without the product's own words: everybody names it, whatever they object to. */
export function tellingStems(
  text: string,
  { about, language }: { about: string[]; language: Language },
): string[] {
  const product = new Set(stems(about.join(" "), language));
  return stems(text, language).filter((stem) => !product.has(stem));
}

/** What finds a card: its objection, its title and its triggers, as stems in their order, joined by spaces. */
export const phrasesOf = (
  { title, objection, triggers }: CardContent,
  playbook: { about: string[]; language: Language },
): string[] => distinct([objection, title, ...triggers].map((phrase) => tellingStems(phrase, playbook)));

/** Phrases that say something, each once. */
export const distinct = (phrases: string[][]): string[] => [
  ...new Set(phrases.map((phrase) => phrase.join(" ")).filter((phrase) => phrase !== "")),
];
