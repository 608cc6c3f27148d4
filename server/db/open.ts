import { openPostgres, openPostgresReader } from "./postgres.ts";
import { openSqlite, openSqliteReader } from "./sqlite.ts";
import type { Store } from "./store.ts";

/** `file:callmanager.db` is SQLite; `postgres://…` is PostgreSQL and its kin. */
export async function open(url: string): Promise<Store> {
  return url.startsWith("postgres") ? openPostgres(url) : openSqlite(url.replace(/^file:/, ""));
}

/** The same data again, only to read, for another thread. What `url` names has been opened, hence migrated, before. */
export async function openReader(url: string): Promise<Store> {
  return url.startsWith("postgres") ? openPostgresReader(url) : openSqliteReader(url.replace(/^file:/, ""));
}
