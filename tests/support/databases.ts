import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { postgresMigrations, postgresStore } from "../../server/db/postgres.ts";
import { openSqlite } from "../../server/db/sqlite.ts";
import type { Store } from "../../server/db/store.ts";

/** PostgreSQL's dialect without a server: PGlite, in memory. */
export async function openPglite(): Promise<Store> {
  const client = new PGlite();
  const db = drizzle(client);
  await migrate(db, { migrationsFolder: postgresMigrations });
  return postgresStore(db, null, () => client.close());
}

/** Both dialects; each `open` gives an empty, migrated database. */
export const dialects: { name: string; open: () => Promise<Store> }[] = [
  { name: "SQLite", open: async () => openSqlite(":memory:") },
  { name: "PostgreSQL (PGlite)", open: openPglite },
];

/** Notes each query that is called, so that one which no database has seen fails the suite. */
export function noting<T extends object>(room: string, queries: T, called: Set<string>): T {
  return new Proxy(queries, {
    get: (target, name, receiver) => {
      called.add(`${room}.${String(name)}`);
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}
