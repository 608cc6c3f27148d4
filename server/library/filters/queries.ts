import { and, asc, eq } from "drizzle-orm";
import type { Tables } from "../../db/schema.ts";
import type { Store } from "../../db/store.ts";

export type FilterRow = Tables["savedFilters"]["$inferSelect"];

/** What saved filters ask of the database. */
export function filterQueries(store: Store) {
  const { db } = store;
  const { savedFilters: filters } = store.tables;
  return {
    /** A person's, by name. */
    of: (userId: string): PromiseLike<FilterRow[]> =>
      db.select().from(filters).where(eq(filters.userId, userId)).orderBy(asc(filters.name)),
    byId: async (id: string): Promise<FilterRow | null> =>
      (await db.select().from(filters).where(eq(filters.id, id)))[0] ?? null,
    /** @throws a unique violation where the person has another one of this name */
    put: (row: FilterRow) =>
      store.together((on) => [
        on
          .insert(filters)
          .values(row)
          .onConflictDoUpdate({ target: filters.id, set: { name: row.name, filter: row.filter } }),
      ]),
    remove: (userId: string, id: string) =>
      store.together((on) => [on.delete(filters).where(and(eq(filters.id, id), eq(filters.userId, userId)))]),
  };
}
