import type { Card, FactSheet, Language, SearchTried } from "#contract";
import { remembered } from "../db/remember.ts";
import { dayOf } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { generalId } from "./lexicon.ts";
import { tellingStems } from "./phrases.ts";
import type { CardRow, PlaybookQueries, PlaybookRow } from "./queries.ts";
import { rank, SURE } from "./search.ts";
import { stems } from "./words.ts";

/** What the playbook of a call says to a customer's words. */
export type Consulted = {
  /** The best card, when one is sure. */
  card: Card | null;
  /** Sure ones, best first, three at the most. */
  cards: Card[];
  /** What is true of the product, whatever was said. */
  facts: string[];
  /** Words that must not be said, of the playbook and of the card. */
  forbidden: string[];
};

/** Cards that the model is given. */
const SHOWN = 3;
/** Cards that whoever tries the search out sees. */
const TRIED = 5;
/** Of the best one's score; what is below fits something else. */
const NEAR = 0.4;
/** Nobody objects in more words; what follows is not searched for. */
const MOST_STEMS = 60;

/** Playbooks as calls use them: the right one for a call, and in it the card for a customer's words. */
export function createShelf(queries: PlaybookQueries, { clock, config }: Pick<Deps, "clock" | "config">) {
  const read = new Map<string, { updatedAt: number; cards: CardRow[] }>();
  const active = { es: remembered(() => named("es")), en: remembered(() => named("en")) };

  /** The active playbooks of a language, each with the stems of its names. */
  async function named(language: Language): Promise<{ row: PlaybookRow; names: Set<string> }[]> {
    return (await queries.active(language)).map((row) => ({
      row,
      names: new Set(stems([...row.about, row.name, row.product].join(" "), language)),
    }));
  }

  /** Whether a card may be shown today. */
  const offered = ({ removed, content }: CardRow): boolean =>
    !removed && (content.validUntil === null || content.validUntil >= dayOf(clock(), config.TIME_ZONE));

  /** The active playbook that a call's context is about; where none fits, the house's main one. */
  async function playbookFor(context: string | undefined, language: Language): Promise<PlaybookRow | null> {
    const words = [...new Set(stems(context ?? "", language))];
    const shared = ({ names }: { names: Set<string> }) => words.filter((stem) => names.has(stem)).length;
    const [best] = (await active[language].get()).toSorted((a, b) => shared(b) - shared(a));
    return best?.row ?? null;
  }

  /** The cards of a playbook that may be shown, read again once it has changed. */
  async function cardsOf({ id, updatedAt }: PlaybookRow): Promise<CardRow[]> {
    let known = read.get(id);
    if (known?.updatedAt !== updatedAt.getTime()) {
      const cards = (await queries.cards([id])).map(({ card }) => card);
      read.set(id, (known = { updatedAt: updatedAt.getTime(), cards }));
    }
    return known.cards.filter(offered);
  }

  /** Cards by how well they fit, best first, with the scores of `rank`. */
  async function ranked(playbook: PlaybookRow, text: string): Promise<{ row: CardRow; score: number }[]> {
    const said = tellingStems(text, playbook).slice(0, MOST_STEMS);
    if (said.length === 0) return [];
    const [phrases, cards] = await Promise.all([
      queries.phrasesWith(playbook.id, generalId(playbook.language), [...new Set(said)]),
      cardsOf(playbook),
    ]);
    const byId = new Map(cards.map((row) => [row.id, row]));
    const findable = cards.map(({ id, content }) => ({ id, kind: content.kind }));
    return rank(said, phrases, findable, playbook.language).flatMap(({ cardId, score }) => {
      const row = byId.get(cardId);
      return row ? [{ row, score }] : [];
    });
  }

  return {
    offered,

    /** A playbook was written: its cards are read again. */
    forget(playbookId: string): void {
      read.delete(playbookId);
      active.es.forget();
      active.en.forget();
    },

    /** The approved answer to what a customer said. No query is made of the text as it is, only of its stems. */
    async consult(text: string, context: string | undefined, language: Language): Promise<Consulted> {
      const playbook = await playbookFor(context, language);
      if (playbook === null) return { card: null, cards: [], facts: [], forbidden: [] };
      const sure = sureOf(await ranked(playbook, text)).slice(0, SHOWN);
      const cards = sure.map(({ row }) => cardOf(row, config.TIME_ZONE));
      const forbidden = [...playbook.forbidden, ...(sure[0]?.row.content.forbidden ?? [])];
      return { card: cards[0] ?? null, cards, facts: factLines(playbook.facts), forbidden };
    },

    /** The objections on the panel's keys 1 to 9, of the playbook that the context is about. */
    async objections(context: string | undefined, language: Language) {
      const playbook = await playbookFor(context, language);
      if (playbook === null) return [];
      return (await cardsOf(playbook))
        .flatMap(({ key, content }) => (key === null ? [] : [{ key, content }]))
        .toSorted((a, b) => a.key - b.key)
        .map(({ key, content }) => ({ key, label: content.title, text: content.objection }));
    },

    /** What is true of the products that are asked about most: of the main playbooks. */
    mainFacts: async (): Promise<{ language: Language; facts: string[] }[]> =>
      (await queries.all())
        .filter(({ main, active }) => main && active)
        .map(({ language, facts }) => ({ language, facts: factLines(facts) })),

    /** What the search makes of some words: for whoever writes phrases. */
    async tryOut(text: string, context: string | undefined, language: Language): Promise<SearchTried> {
      const playbook = await playbookFor(context, language);
      if (playbook === null) return { playbook: null, found: [] };
      const best = (await ranked(playbook, text)).slice(0, TRIED);
      const sure = sureOf(best);
      const found = best.map((one) => {
        const { id, content } = one.row;
        const { title, kind } = content;
        return { id, title, kind, score: one.score, sure: sure.includes(one) };
      });
      return { playbook: playbook.name, found };
    },
  };
}

/** Those that fit well, and not much worse than the best one. */
const sureOf = <T extends { score: number }>(ranked: T[]): T[] =>
  ranked.filter(({ score }) => score >= SURE && score >= NEAR * (ranked[0]?.score ?? 0));

/** Facts as lines: what a model reads, and what figures are checked against. */
const factLines = ({ price, validity, permanence, coverage, other = [] }: FactSheet): string[] =>
  [price, validity, permanence, coverage, ...other].filter((fact) => fact !== undefined);

function cardOf({ id, content, version, approvedAt }: CardRow, timeZone: string): Card {
  const { title, kind, answer, nextQuestion, facts } = content;
  return {
    id,
    title,
    kind,
    version,
    answer: nextQuestion === null ? answer : `${answer} ${nextQuestion}`,
    facts: factLines(facts),
    approvedOn: dayOf(approvedAt, timeZone),
  };
}
