import { sql, type SQL } from "drizzle-orm";
import type { Store } from "../../db/store.ts";
import type { AnyOf, Term, Wanted } from "../matching.ts";
import { BEGINNINGS } from "../words.ts";

/** As much of a beginning as the index knows; anything else it would have to collect first. */
function indexed(word: string): string {
  const letters = [...word];
  const known = BEGINNINGS.findLast((length) => length <= letters.length) ?? letters.length;
  return letters.slice(0, known).join("");
}
const isLonger = (term: Term): boolean => term.beginning && indexed(term.word) !== term.word;

/** The rows of `recording_words` that fit, as their database says it: undefined where all do. */
export function fitting(store: Store, wanted: Wanted): SQL | undefined {
  const { recordingWords: rows } = store.tables;
  const parts: SQL[] = [];
  if (wanted.all.length > 0) parts.push(store.dialect === "sqlite" ? inFts5(wanted.all) : inGin(wanted.all));
  if (store.dialect === "sqlite")
    for (const terms of wanted.all) if (terms.some(isLonger)) parts.push(readThrough(terms));
  // by the words it is only about so long
  if (wanted.minSeconds !== undefined) parts.push(sql`${rows.seconds} >= ${wanted.minSeconds}`);
  if (wanted.maxSeconds !== undefined) parts.push(sql`${rows.seconds} < ${wanted.maxSeconds}`);
  return parts.length === 0 ? undefined : sql.join(parts, sql` and `);
}

function inFts5(all: AnyOf[]): SQL {
  const term = ({ word, beginning }: Term) => (beginning ? `"${indexed(word)}"*` : `"${word}"`);
  const query = all.map((terms) => `(${terms.map(term).join(" OR ")})`).join(" AND ");
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
