import type { Playbook, PlaybookCard } from "./playbook.ts";
import { stems } from "./words.ts";

/** Below this a match is a coincidence: a wrong card is worse than none. */
const ENOUGH = 0.9;
/** How much the triggers after the best one count. */
const REST = 0.25;

type Trigger = { stems: string[]; weight: number };

/** Prepares a playbook's cards for search by the rare words that they share with a text. */
export function indexCards({ cards, about, language }: Playbook): (text: string) => PlaybookCard | null {
  // everybody names the product, whatever they object to
  const product = new Set(stems(about, language));
  const words = (phrase: string) =>
    [...new Set(stems(phrase, language))].filter((word) => !product.has(word));
  const phrases = cards.map((card) => [card.title, card.says, ...card.triggers].map(words));
  const weights = rarity(phrases.map((of) => new Set(of.flat())));
  const weigh = (words: string[]) => words.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
  const indexed = cards.map((card, i) => ({
    card,
    triggers: phrases[i]!.filter((words) => words.length > 0).map((words) => ({
      stems: words,
      weight: weigh(words),
    })),
  }));

  return (text) => {
    const said = new Set(stems(text, language));
    const strength = ({ stems: words, weight }: Trigger) => {
      const matched = weigh(words.filter((word) => said.has(word)));
      return (matched * matched) / weight;
    };
    const ranked = indexed
      .map(({ card, triggers }) => ({ card, score: score(triggers.map(strength)) }))
      .toSorted((a, b) => b.score - a.score);
    const best = ranked[0];
    return best !== undefined && best.score >= ENOUGH ? best.card : null;
  };
}

/** The best trigger counts whole: a long phrase half heard is worth less than a short one heard whole. */
function score(strengths: number[]): number {
  const best = Math.max(0, ...strengths);
  const rest = strengths.reduce((sum, each) => sum + each, 0) - best;
  return best + REST * Math.min(rest, best);
}

/** Inverse document frequency: a word of one card weighs most, a word of all cards next to nothing. */
function rarity(cards: Set<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const words of cards) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].map(([word, count]) => [word, Math.log(1 + cards.length / count)]));
}
