import { sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { rowsOf, type Database, type Store } from "../../db/store.ts";

/** FTS5 takes its commands as rows of the index. */
const commands = sqliteTable("recording_index", { command: text("recording_index"), value: integer("rank") });

/** What merging the full-text index asks of SQLite. */
export function mergingQueries(store: Store) {
  /** Numbers arrive as fractions, of which FTS5 takes none. */
  const command = (on: Database, name: "merge" | "usermerge", value: number) =>
    on.insert(commands).values({ command: name, value: sql`cast(${value} as integer)` });
  return {
    /** From how many segments alike a step merges; kept in the index. */
    mergeFrom: (segments: number) => store.together((on) => [command(on, "usermerge", segments)]),
    /** Merges segments by so many pages; false where none were left to merge. */
    step: async (pages: number): Promise<boolean> => {
      const [before, , after] = await store.together((on) => {
        const changes = on.select({ n: sql<number>`total_changes()` }).from(sql`(select 1)`);
        return [changes, command(on, "merge", pages), changes];
      });
      const [from, to] = [before, after].map((rows) => rowsOf<{ n: number }>(rows)[0]?.n ?? 0);
      // the row of the command counts, too
      return (to ?? 0) - (from ?? 0) > 1;
    },
  };
}
