import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { commitThread } from "./commit-thread.ts";
import { committing, GroupCommit, type Commit } from "./group-commit.ts";
import * as tables from "./schema.sqlite.ts";
import { openClient } from "./sqlite-client.ts";
import { readingRows } from "./read-rows.ts";
import { plannedOnce, writesAsSteps } from "./steps.ts";
import type { Bound, Database, Statement, Store } from "./store.ts";

export const sqliteMigrations = fileURLToPath(new URL("../../drizzle/sqlite", import.meta.url));

/**
 * SQLite in one file, or `:memory:`. What is committed together is written by a thread of its own, except in memory,
 * where there is nothing to wait for. @throws when the file cannot be opened or migrated
 */
export function openSqlite(file: string): Store {
  const client = openClient(file);
  const drizzled = drizzle(client);
  migrate(drizzled, { migrationsFolder: sqliteMigrations });
  if (file === ":memory:") return storeOver(client, drizzled, null, { commit: committing(client) });
  return storeOver(client, drizzled, `file:${file}`, commitThread(file));
}

/** A connection that only reads, to a file that has been migrated. */
export function openSqliteReader(file: string): Store {
  const client = new Sqlite(file, { readonly: true });
  client.pragma("busy_timeout = 5000");
  // it reads all over the file, and no page of it soon again
  client.pragma("cache_size = -4000");
  return storeOver(client, drizzle(client), `file:${file}`, { commit: committing(client) });
}

type Writer = { commit: Commit; close?(): Promise<void> };

function storeOver(
  client: Sqlite.Database,
  drizzled: ReturnType<typeof drizzle>,
  url: string | null,
  writer: Writer,
): Store {
  plannedOnce(drizzled);
  const db = drizzled as unknown as Database;
  const prepared = new Map<Statement<unknown>, ReturnType<typeof readingRows>>();
  const execute = ({ statement, values }: Bound<unknown>): unknown => {
    let read = prepared.get(statement);
    if (!read) prepared.set(statement, (read = readingRows(statement.build(db).prepare())));
    return read(values);
  };
  const commits = new GroupCommit(writer.commit);
  const writing = writesAsSteps();
  return {
    dialect: "sqlite",
    url,
    db,
    tables: tables,
    rows: async <Row>(bound: Bound<Row>) => execute(bound) as Row[],
    together: async (writes) => {
      const all = writing(writes);
      const rows = await commits.add(all.map(({ step }) => step));
      return all.map(({ read }, i) => read(rows[i] ?? []));
    },
    async purge() {
      // waiting for who reads would hold everybody up: the caller comes back
      client.pragma("busy_timeout = 0");
      const [result] = client.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
      client.pragma("busy_timeout = 5000");
      return result?.busy === 0;
    },
    check: async () => void client.prepare("select 1").get(),
    close: async () => {
      await commits.idle();
      await writer.close?.();
      client.close();
    },
  };
}
