import { desc } from "drizzle-orm";
import type { Store } from "../db/store.ts";

/** What backups ask of the database. */
export function backupQueries(store: Store) {
  const { auditEntries } = store.tables;
  return {
    /** The newest entry of the audit; null before the first. */
    auditHead: async (): Promise<{ n: number; hash: string } | null> =>
      (
        await store.db
          .select({ n: auditEntries.n, hash: auditEntries.hash })
          .from(auditEntries)
          .orderBy(desc(auditEntries.n))
          .limit(1)
      )[0] ?? null,
  };
}
