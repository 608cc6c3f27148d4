import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Scope } from "../auth/scope.ts";
import { rowsOf, type Store } from "../db/store.ts";
import { withinScope } from "../db/within-scope.ts";
import type { Tables } from "../db/schema.ts";

export type NewLine = Omit<
  Tables["transcriptLines"]["$inferInsert"],
  "id" | "original" | "correctedBy" | "correctedAt" | "words" | "wordErrors"
>;
export type LineRow = Tables["transcriptLines"]["$inferSelect"];
/** A correction, and how wrong the original was. */
export type Correction = Pick<NewLine, "text" | "searchText" | "masked"> & {
  correctedBy: string;
  correctedAt: Date;
  words: number;
  wordErrors: number;
};

/** What the transcripts' room asks of the database. */
export function transcriptQueries(store: Store) {
  const { db } = store;
  const { calls, transcripts, transcriptLines: lines } = store.tables;
  const within = (scope: Scope) =>
    withinScope(scope, { agent: calls.agentId, team: calls.teamId, site: calls.siteId });
  const sum = (column: typeof lines.words) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number);
  /** What the recogniser wrote is in `text` until somebody corrects the line, then in `original`. */
  const unlessCorrected = (corrected: string, otherwise: string) =>
    sql.raw(`case when transcript_lines.corrected_at is null then ${otherwise} else ${corrected} end`);

  return {
    /**
     * Keeps those lines that are new. One that is here already changes only where more of it is hidden now:
     * from nothing to something, or to a card. What is hidden is never shown again.
     */
    keep: (callId: string, { engine, model }: { engine: string; model: string }, rows: NewLine[]) =>
      store.together((db) => [
        db
          .insert(transcripts)
          .values({ callId, engine, model })
          .onConflictDoUpdate({ target: transcripts.callId, set: { engine, model } }),
        db
          .insert(lines)
          .values(rows)
          .onConflictDoUpdate({
            target: [lines.callId, lines.n],
            set: {
              text: unlessCorrected("transcript_lines.text", "excluded.text"),
              searchText: unlessCorrected("transcript_lines.search_text", "excluded.search_text"),
              original: unlessCorrected("excluded.text", "null"),
              masked: sql`excluded.masked`,
            },
            setWhere: sql`excluded.masked <> '' and transcript_lines.masked not like '%card%'
              and (transcript_lines.masked = '' or excluded.masked like '%card%')
              and transcript_lines.side = excluded.side and transcript_lines.from_ms = excluded.from_ms`,
          }),
      ]),

    /** Of these numbers, by number. */
    numbered: (callId: string, numbers: number[]): PromiseLike<LineRow[]> =>
      db
        .select()
        .from(lines)
        .where(and(eq(lines.callId, callId), inArray(lines.n, numbers)))
        .orderBy(asc(lines.n)),

    /** All of a call, by number. */
    all: (callId: string): PromiseLike<LineRow[]> =>
      db.select().from(lines).where(eq(lines.callId, callId)).orderBy(asc(lines.n)),

    writtenBy: async (callId: string) =>
      (await db.select().from(transcripts).where(eq(transcripts.callId, callId)))[0] ?? null,

    /** The line as it is then; the first correction sets the original aside. */
    correct: async (callId: string, n: number, correction: Correction): Promise<LineRow | null> => {
      const [rows] = await store.together((db) => [
        db
          .update(lines)
          .set({ ...correction, original: sql`coalesce(original, text)` })
          .where(and(eq(lines.callId, callId), eq(lines.n, n)))
          .returning(),
      ]);
      return rowsOf<LineRow>(rows)[0] ?? null;
    },

    /** Over the lines of a scope's calls that people corrected. */
    wordErrors: async (scope: Scope) => {
      const [found] = await db
        .select({
          lines: sql<number>`count(*)`.mapWith(Number),
          words: sum(lines.words),
          errors: sum(lines.wordErrors),
        })
        .from(lines)
        .innerJoin(calls, eq(calls.id, lines.callId))
        .where(and(isNotNull(lines.correctedAt), within(scope)));
      return found ?? { lines: 0, words: 0, errors: 0 };
    },
  };
}
