import { searchable } from "../db/searchable.ts";

/** The words of a text as they are stored to be found, and as they are looked for: lower case, without accents. */
export const searchWords = (text: string): string[] => searchable(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words of a text as they count when a recogniser is judged: lower case, with accents, without punctuation. */
const spokenWords = (text: string): string[] =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/**
 * What the word error rate is made of: the words that were really said, and the fewest words that have to be put
 * in, taken out or replaced to get from them to what was heard (Levenshtein's distance, over words).
 */
export function wordErrorsOf(said: string, heard: string): { words: number; wordErrors: number } {
  const [right, wrong] = [spokenWords(said), spokenWords(heard)];
  let above = Array.from({ length: wrong.length + 1 }, (_, i) => i);
  for (const [i, word] of right.entries()) {
    const row = [i + 1];
    for (const [j, other] of wrong.entries()) {
      const replaced = (above[j] ?? 0) + (word === other ? 0 : 1);
      row.push(Math.min(replaced, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    above = row;
  }
  return { words: right.length, wordErrors: above.at(-1) ?? 0 };
}
