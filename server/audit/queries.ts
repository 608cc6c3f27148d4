import { desc } from "drizzle-orm";
import type { Store } from "../db/store.ts";
import type { Tables } from "../db/schema.ts";

export type AuditEntryRow = Tables["auditEntries"]["$inferSelect"];

/** What the audit asks of the database. Entries are added and read, nothing else. */
export function auditQueries(store: Store) {
  const { db } = store;
  const { auditEntries } = store.tables;
  return {
    /** The newest entry; null before the first. */
    head: async (): Promise<AuditEntryRow | null> =>
      (await db.select().from(auditEntries).orderBy(desc(auditEntries.n)).limit(1))[0] ?? null,
    /** All or none. @throws a unique violation where another node has written meanwhile */
    append: (rows: AuditEntryRow[]) => store.together((on) => [on.insert(auditEntries).values(rows)]),
  };
}
