import type { LibraryFilter } from "#contract";
import type { Scope } from "../db/within-scope.ts";
import { digitsOf, fact, SHORTEST_BEGINNING, SHORTEST_DIGITS, SHORTEST_SAID, wordsOf } from "./words.ts";

/** A word that a recording has, or with `beginning` one that begins so. */
export type Term = { word: string; beginning: boolean };
/** One of the terms must be there. */
export type AnyOf = Term[];
/** What is looked for: every list must have a term that is there. */
export type Wanted = { all: AnyOf[]; minSeconds?: number | undefined; maxSeconds?: number | undefined };

const whole = (word: string): Term => ({ word, beginning: false });
const begins = (word: string): Term => ({ word, beginning: true });

/** More words than these are not looked for. */
const MOST_WORDS = 12;

/**
 * What a filter wants within a scope; null where nothing can fit.
 * @param agentsNamed the ids of agents whose names have a word that begins so
 */
export async function wantedOf(
  scope: Scope,
  filter: LibraryFilter,
  agentsNamed: (beginning: string, whole: boolean) => Promise<string[]>,
): Promise<Wanted | null> {
  const { agent, contact, phone, campaign, disposition, ai, marked, minSeconds, maxSeconds, q } = filter;
  const facts = [
    agent === undefined ? null : fact.agent(agent),
    contact === undefined ? null : fact.contact(contact),
    campaign === undefined ? null : fact.campaign(campaign),
    disposition === undefined ? null : fact.disposition(disposition),
    ai === undefined ? null : fact.ai(ai),
    marked === undefined ? null : fact.marked(marked),
    minSeconds === undefined ? null : fact.atLeast(minSeconds),
    maxSeconds === undefined ? null : fact.below(maxSeconds),
  ];
  const all: AnyOf[] = facts.flatMap((word) => (word === null ? [] : [[whole(word)]]));
  if (phone !== undefined) all.push([begins(fact.phone(digitsOf(phone)))]);
  if (scope.by === "agent") all.push([whole(fact.agent(scope.id))]);
  if (scope.by === "site") all.push([whole(fact.site(scope.id))]);
  if (scope.by === "teams") all.push(scope.ids.map((id) => whole(fact.team(id))));
  all.push(...(await typed(q ?? "", agentsNamed)));
  return all.some((terms) => terms.length === 0) ? null : { all, minSeconds, maxSeconds };
}

/** What somebody typed into the one box. */
async function typed(
  q: string,
  agentsNamed: (beginning: string, whole: boolean) => Promise<string[]>,
): Promise<AnyOf[]> {
  const words = [...new Set(wordsOf(q))].slice(0, MOST_WORDS);
  if (words.length === 0) return q === "" ? [] : [[]];
  const digits = digitsOf(q);
  // a phone as people write it is one number; or else they are several
  if (digits.length >= SHORTEST_DIGITS && /^\+?[\d ().\-/]+$/.test(q)) {
    const phone = begins(fact.phone(digits));
    return words.map((word) => [
      phone,
      { word, beginning: word.length >= SHORTEST_BEGINNING },
      whole(fact.said(word)),
    ]);
  }
  return Promise.all(
    words.map(async (word, i) => {
      const beginning = i === words.length - 1;
      const long = Array.from(word).length;
      const agents = await agentsNamed(word, !(beginning && long >= SHORTEST_BEGINNING));
      return [
        { word, beginning: beginning && long >= SHORTEST_BEGINNING },
        { word: fact.said(word), beginning: beginning && long >= SHORTEST_SAID },
        ...(/^\d{3,}$/.test(word) ? [begins(fact.phone(word))] : []),
        ...agents.map((id) => whole(fact.agent(id))),
      ];
    }),
  );
}
