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
export function postgresStore(driver: Driver, close: () => Promise<void>): Store {
  const db = driver as unknown as Database;
  return {
    dialect: "postgres",
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
    purge: async () => void (await driver.execute(sql`vacuum`)),
    check: async () => void (await driver.execute(sql`select 1`)),
    close,
  };
}

const one = async (db: Database, write: Write): Promise<unknown> =>
  isBound(write) ? execute(db, write) : write;

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
  return postgresStore(db, () => client.end());
}
