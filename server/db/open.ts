import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";
import type { Store } from "./store.ts";

/** `file:callmanager.db` is SQLite; `postgres://…` is PostgreSQL and its kin. */
export async function open(url: string): Promise<Store> {
  return url.startsWith("postgres") ? openPostgres(url) : openSqlite(url.replace(/^file:/, ""));
}
