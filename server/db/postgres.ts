import { fileURLToPath } from "node:url";
import { sql, type SQL } from "drizzle-orm";
import * as tables from "./schema.postgres.ts";
import { isBound, type Bound, type Database, type Store, type Write } from "./store.ts";

export const postgresMigrations = fileURLToPath(new URL("../../drizzle/postgres", import.meta.url));

/** What this store needs of a Drizzle PostgreSQL database, whichever the driver. */
type Driver = {
  transaction<T>(work: (tx: unknown) => Promise<T>): Promise<T>;
  execute(query: SQL): PromiseLike<unknown>;
};

const execute = async (db: Database, { statement, values }: Bound<unknown>): Promise<unknown> => {
  const prepared = statement.build(db).prepare(statement.name) as {
    execute(values: object): Promise<unknown>;
  };
  return prepared.execute(values);
};

/** A store over any Drizzle PostgreSQL driver whose migrations have run. */
export function postgresStore(driver: Driver, url: string | null, close: () => Promise<void>): Store {
  const db = driver as unknown as Database;
  return {
    dialect: "postgres",
    url,
    db,
    tables: tables,
    rows: async <Row>(bound: Bound<Row>) => (await execute(db, bound)) as Row[],
    together: (writes) =>
      driver.transaction(async (tx) => {
        const results: unknown[] = [];
        for (const write of writes(tx as Database)) results.push(await one(tx as Database, write));
        return results;
      }),
    // rows that were deleted before are overwritten or cut off
    purge: async () => {
      await driver.execute(sql`vacuum`);
      return true;
    },
    check: async () => void (await driver.execute(sql`select 1`)),
    close,
  };
}

const one = async (db: Database, write: Write): Promise<unknown> =>
  isBound(write) ? execute(db, write) : write;

/** The last migration that ran in a PostgreSQL database, and who else uses it now; null where none has run. */
export async function askPostgres(url: string): Promise<{ migration: number | null; others: number }> {
  const { default: postgres } = await import("postgres");
  const client = postgres(url, { onnotice: () => undefined, max: 1 });
  try {
    const [{ others } = { others: 0 }] = await client<{ others: number }[]>`
      select count(*)::int as others from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
    const [{ known } = { known: null }] = await client<{ known: string | null }[]>`
      select to_regclass('drizzle.__drizzle_migrations')::text as known`;
    if (known === null) return { migration: null, others };
    const [row] = await client<{ at: string | null }[]>`
      select max(created_at) as at from drizzle.__drizzle_migrations`;
    return { migration: row?.at ? Number(row.at) : null, others };
  } finally {
    await client.end();
  }
}

/** PostgreSQL and its kin. Nodes that start together migrate one after another. */
export async function openPostgres(url: string): Promise<Store> {
  const { default: postgres } = await import("postgres");
  const { drizzle } = await import("drizzle-orm/postgres-js");
  const { migrate } = await import("drizzle-orm/postgres-js/migrator");
  const client = postgres(url, { onnotice: () => undefined });
  const db = drizzle(client);
  const alone = await client.reserve();
  try {
    await alone`select pg_advisory_lock(4711)`;
    await migrate(db, { migrationsFolder: postgresMigrations });
    await alone`select pg_advisory_unlock(4711)`;
  } finally {
    alone.release();
  }
  return postgresStore(db, url, () => client.end());
}

/** A connection that only reads, to a database that has been migrated. */
export async function openPostgresReader(url: string): Promise<Store> {
  const { default: postgres } = await import("postgres");
  const { drizzle } = await import("drizzle-orm/postgres-js");
  const client = postgres(url, { max: 1, connection: { default_transaction_read_only: true } });
  return postgresStore(drizzle(client), url, () => client.end());
}
