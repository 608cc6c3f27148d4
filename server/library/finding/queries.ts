import { sql, type SQL } from "drizzle-orm";
import type { Store } from "../../db/store.ts";
import type { AnyOf, Term, Wanted } from "../matching.ts";
import { BEGINNINGS, fact } from "../words.ts";

/** As much of a beginning as the index knows; anything else it would have to collect first. */
function indexed(word: string): string {
  const letters = Array.from(word);
  const known = BEGINNINGS.findLast((length) => length <= letters.length) ?? letters.length;
  return letters.slice(0, known).join("");
}
const isLonger = (term: Term): boolean => term.beginning && indexed(term.word) !== term.word;
/** A part of a phone whose end is, as any, the beginning of another of that phone's ends. */
const isLongPhone = (term: Term): boolean => isLonger(term) && term.word.startsWith(fact.phone(""));
/** The last digits of such a part, as many as the index knows of its first. */
const lastOf = (term: Term): Term =>
  isLongPhone(term)
    ? { ...term, word: fact.phone(term.word.slice(fact.phone("").length - indexed(term.word).length)) }
    : term;

/**
 * Days between milestones, whose words are `0w0`, `0w1`…: rows of the index that are no recordings and stand before the
 * first of so many days. FTS5 joins words as far as a row that has them all, past both ends of a range of ids: of words
 * that are common each and never together through the whole library. A milestone has them all, and ends that.
 */
const MILESTONES = [1, 4, 16, 64, 256, 1024];
/** So many milestones at least are within what is looked through: not much is joined beyond. */
const PASSED = 4;

function milestone(days: number): Term {
  const level = MILESTONES.findLastIndex((apart) => apart * PASSED <= days);
  return { word: `0w${Math.max(0, level)}`, beginning: false };
}

/**
 * The rows of `recording_words` that fit, as their database says it: undefined where all do.
 * @param days how long a time is looked through; the index gives its milestones too, which no row of the table is
 */
export function fitting(store: Store, wanted: Wanted, days: number): SQL | undefined {
  const { recordingWords: rows } = store.tables;
  const parts: SQL[] = [];
  if (wanted.all.length > 0)
    parts.push(store.dialect === "sqlite" ? inFts5(wanted.all, milestone(days)) : inGin(wanted.all));
  if (store.dialect === "sqlite")
    for (const terms of wanted.all) if (terms.some(isLonger)) parts.push(readThrough(terms));
  // by the words it is only about so long
  if (wanted.minSeconds !== undefined) parts.push(sql`${rows.seconds} >= ${wanted.minSeconds}`);
  if (wanted.maxSeconds !== undefined) parts.push(sql`${rows.seconds} < ${wanted.maxSeconds}`);
  return parts.length === 0 ? undefined : sql.join(parts, sql` and `);
}

function inFts5(all: AnyOf[], end: Term): SQL {
  const term = ({ word, beginning }: Term) => (beginning ? `"${indexed(word)}"*` : `"${word}"`);
  const phone = all.find((terms) => terms.some(isLongPhone));
  const lists = phone ? [...all, phone.map(lastOf)] : all;
  const ended = lists.length === 1 ? lists : lists.map((terms) => [...terms, end]);
  const query = ended.map((terms) => `(${terms.map(term).join(" OR ")})`).join(" AND ");
  return sql`recording_index match ${query}`;
}

function inGin(all: AnyOf[]): SQL {
  const term = ({ word, beginning }: Term) => `'${word}'${beginning ? ":*" : ""}`;
  const query = all.map((terms) => `(${terms.map(term).join(" | ")})`).join(" & ");
  return sql`to_tsvector('simple', words) @@ to_tsquery('simple', ${query})`;
}

/** Beginnings of which the index knows only a part, looked for in what it found. */
function readThrough(terms: Term[]): SQL {
  const has = terms.map(
    ({ word, beginning }) =>
      sql`' ' || recording_words.words || ' ' like ${`% ${word}${beginning ? "" : " "}%`}`,
  );
  return sql`(${sql.join(has, sql` or `)})`;
}
