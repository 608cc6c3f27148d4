import { and, sql, type SQL } from "drizzle-orm";
import type { Store } from "./store.ts";

/**
 * SQLite answers in this process, which waits meanwhile. So of words in more lines than this, the newest lines are
 * looked at; where a search is for few calls, those calls are read through instead.
 */
const MANY_LINES = 50_000;

/**
 * A condition on `calls`: somebody said all of these words in one go. Of the last one its beginning is enough, where
 * that is four letters or more: shorter ones begin half of all words.
 * @param words one or more, letters and digits only, as `transcript_lines.search_text` has them
 * @param few whether other conditions leave few calls
 */
export async function callsSaying(
  store: Store,
  words: string[],
  few: boolean,
  manyLines = MANY_LINES,
): Promise<SQL> {
  const { calls } = store.tables;
  const last = words.at(-1) ?? "";
  const isBeginning = last.length >= 4;
  if (store.dialect === "postgres") {
    const query = `${words.map((word) => `'${word}'`).join(" & ")}${isBeginning ? ":*" : ""}`;
    return sql`${calls.id} in (select call_id from transcript_lines where to_tsvector('simple', search_text) @@ to_tsquery('simple', ${query}))`;
  }
  const query = `${words.map((word) => `"${word}"`).join(" ")}${isBeginning ? "*" : ""}`;
  const found = sql`(select rowid from transcript_words where transcript_words match ${query} order by rowid desc limit ${manyLines})`;
  const [all] = few ? await store.db.select({ n: sql<number>`count(*)` }).from(found) : [];
  if ((all?.n ?? 0) < manyLines)
    return sql`${calls.id} in (select call_id from transcript_lines where id in ${found})`;
  const says = words.map((word, i) => {
    const end = isBeginning && i === words.length - 1 ? "" : " ";
    return sql`' ' || search_text || ' ' like ${`% ${word}${end}%`}`;
  });
  return sql`exists (select 1 from transcript_lines where call_id = ${calls.id} and ${and(...says)})`;
}
