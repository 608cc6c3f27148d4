import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { GroupCommit } from "./group-commit.ts";
import * as tables from "./schema.sqlite.ts";
import { isBound, type Bound, type Database, type Statement, type Store, type Write } from "./store.ts";

export const sqliteMigrations = fileURLToPath(new URL("../../drizzle/sqlite", import.meta.url));

type Runnable = { config?: { returning?: unknown }; all(): unknown; run(): unknown };

/**
 * SQLite in one file, or `:memory:`. WAL with synchronous FULL: what was acknowledged survives a power cut.
 * @throws when the file cannot be opened or migrated
 */
export function openSqlite(file: string): Store {
  const client = new Sqlite(file);
  client.pragma("journal_mode = WAL");
  client.pragma("synchronous = FULL");
  client.pragma("foreign_keys = ON");
  client.pragma("busy_timeout = 5000");
  // what is deleted is overwritten: an erasure must leave nothing in the file
  client.pragma("secure_delete = ON");
  // 16 MB of log before it is worked into the file: four times fewer trips to the same pages
  client.pragma("wal_autocheckpoint = 4000");
  const drizzled = drizzle(client);
  migrate(drizzled, { migrationsFolder: sqliteMigrations });
  return storeOver(client, drizzled, file);
}

/** A connection that only reads, to a file that has been migrated. */
export function openSqliteReader(file: string): Store {
  const client = new Sqlite(file, { readonly: true });
  client.pragma("busy_timeout = 5000");
  return storeOver(client, drizzle(client), file);
}

function storeOver(client: Sqlite.Database, drizzled: ReturnType<typeof drizzle>, file: string): Store {
  plannedOnce(drizzled);
  const db = drizzled as unknown as Database;

  const prepared = new Map<
    Statement<unknown>,
    { all(values: object): unknown; run(values: object): unknown }
  >();
  const execute = ({ statement, values }: Bound<unknown>): unknown => {
    let ready = prepared.get(statement);
    if (!ready) prepared.set(statement, (ready = statement.build(db).prepare() as NonNullable<typeof ready>));
    return ready.all(values);
  };
  const run = (write: Write): unknown => {
    if (isBound(write)) return execute(write);
    const query = write as unknown as Runnable;
    return query.config?.returning ? query.all() : query.run();
  };

  const commits = new GroupCommit(client, (writes: (db: Database) => Write[]) => writes(db).map(run));
  return {
    dialect: "sqlite",
    url: file === ":memory:" ? null : `file:${file}`,
    db,
    tables: tables,
    rows: async <Row>(bound: Bound<Row>) => execute(bound) as Row[],
    together: (writes) => commits.add(writes),
    async purge() {
      const [result] = client.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
      if (result?.busy !== 0) throw new Error("somebody reads the database: it cannot be purged now");
    },
    check: async () => void client.prepare("select 1").get(),
    close: async () => {
      await commits.idle();
      client.close();
    },
  };
}

/**
 * SQLite (built with STAT4) plans a join anew each time when one of its values changes, since another plan might fit
 * that better: several times what running it takes. It does so for a bare `?` only.
 */
function plannedOnce(drizzled: object): void {
  const { dialect } = drizzled as { dialect: { escapeParam(): string } };
  dialect.escapeParam = () => "+?";
}
