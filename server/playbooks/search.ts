import type { Language, ObjectionKind } from "#contract";
import { kindCard, talkCard } from "./lexicon.ts";
import type { Phrase } from "./queries.ts";

/** Below this a match is a coincidence: a wrong card is worse than none. */
export const SURE = 2;
/** Two words together, beside each of them. */
const PAIR = 0.3;
/** Even a word of every kind says a little. */
const FLOOR = 0.2;
/** How much of a phrase must be heard for it to count whole: 1 is in proportion, 0 not at all. */
const WHOLE = 0.7;
/** What a language's own way of saying an objection weighs beside a card's own phrase. */
const GENERAL = 0.8;

export type Ranked = { cardId: string; score: number };
/** A card that may be found, in its playbook's order: the first of a kind is the general one. */
export type Findable = { id: string; kind: ObjectionKind };

type Match = { cardId: string; kind: string; heard: string[]; matched: number; all: number };

/**
 * Cards by how well what was said fits their own phrases and the general ones of their kind, best first; none
 * where it fits better to what objects to nothing. `phrases` are those, of the playbook and of the language,
 * that share a stem with what was said.
 */
export function rank(said: string[], phrases: Phrase[], cards: Findable[], language: Language): Ranked[] {
  const kindOf = new Map<string, string>(cards.map(({ id, kind }) => [id, kind]));
  for (const { kind } of cards) kindOf.set(kindCard(kind, language), kind);
  kindOf.set(talkCard(language), "talk");
  const matches = phrases.flatMap((phrase) => matchOf(phrase, said, kindOf) ?? []);
  const telling = tellingness(matches, new Set(kindOf.values()).size);
  const strengths = Map.groupBy(matches, ({ cardId }) => cardId);
  const scoreOf = (cardId: string) =>
    together((strengths.get(cardId) ?? []).map((match) => strengthOf(match, telling)));

  const own = cards.map(({ id, kind }) => ({ cardId: id, kind, score: scoreOf(id) }));
  // what speaks for a kind speaks for its best card only: the others are its other angles
  for (const kind of new Set(own.map((card) => card.kind))) {
    const [best] = own.filter((card) => card.kind === kind).toSorted((a, b) => b.score - a.score);
    if (best) best.score += GENERAL * scoreOf(kindCard(kind, language));
  }
  const talk = scoreOf(talkCard(language));
  const ranked = own.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score);
  return (ranked[0]?.score ?? 0) > talk ? ranked.map(({ cardId, score }) => ({ cardId, score })) : [];
}

/** What of a phrase was heard: stems, and pairs of neighbours that are neighbours there, too. */
function matchOf({ cardId, stems }: Phrase, said: string[], kindOf: Map<string, string>): Match | null {
  const kind = kindOf.get(cardId);
  if (kind === undefined) return null;
  const words = stems.split(" ");
  const heard: string[] = [];
  let matched = 0;
  for (const [i, word] of words.entries()) {
    const at = said.indexOf(word);
    if (at === -1) continue;
    heard.push(word);
    matched += 1;
    const before = words[i - 1];
    if (before === undefined || !isPair(said, before, word)) continue;
    heard.push(`${before} ${word}`);
    matched += PAIR;
  }
  return { cardId, kind, heard, matched, all: words.length + PAIR * (words.length - 1) };
}

const isPair = (said: string[], first: string, second: string): boolean =>
  said.some((stem, i) => stem === second && said[i - 1] === first);

function strengthOf({ heard, matched, all }: Match, telling: Map<string, number>): number {
  const sum = heard.reduce(
    (sum, token) => sum + (token.includes(" ") ? PAIR : 1) * (telling.get(token) ?? 0),
    0,
  );
  return sum * (matched / all) ** WHOLE;
}

/** The best phrase, and all the others together at the most as much again. */
function together(strengths: number[]): number {
  const best = Math.max(0, ...strengths);
  const rest = strengths.reduce((sum, each) => sum + each, 0) - best;
  return best + Math.min(rest, best);
}

/** How much a token tells kinds apart: the log of their number, less the entropy of its spread over them. */
function tellingness(matches: Match[], kinds: number): Map<string, number> {
  const spread = new Map<string, Map<string, number>>();
  for (const { kind, heard } of matches)
    for (const token of heard) {
      const of = spread.get(token) ?? new Map<string, number>();
      spread.set(token, of.set(kind, (of.get(kind) ?? 0) + 1));
    }
  const most = Math.log(kinds);
  return new Map([...spread].map(([token, of]) => [token, most - entropy([...of.values()]) + FLOOR]));
}

function entropy(counts: number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return -counts.reduce((sum, count) => sum + (count / all) * Math.log(count / all), 0);
}
