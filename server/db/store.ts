import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { Tables } from "./schema.ts";

/**
 * Drizzle as both databases speak it. `transaction` is missing on purpose (better-sqlite3 would commit
 * half of an async one): use `Store.together`.
 */
export type Database = Omit<
  BaseSQLiteDatabase<"async", unknown>,
  "transaction" | "run" | "all" | "get" | "values" | "query"
>;

/** A query that Drizzle can prepare, giving rows of this shape. */
export type Query<Row> = PromiseLike<Row[]> & { prepare(name?: string): unknown };

/** A query of the hot path, built and prepared once; its values are `sql.placeholder`s. */
export type Statement<Row> = { name: string; build(db: Database): Query<Row> };
export type Bound<Row> = { statement: Statement<Row>; values: Record<string, unknown> };

/** Anything that `together` can run: a Drizzle write, or a bound statement. */
export type Write = PromiseLike<unknown> | Bound<unknown>;

export const statement = <Row>(name: string, build: (db: Database) => Query<Row>): Statement<Row> => ({
  name,
  build,
});
export const bind = <Row>(statement: Statement<Row>, values: Record<string, unknown>): Bound<Row> => ({
  statement,
  values,
});

/**
 * Runs queries of the hot path whose SQL comes in forms, such as one for each length of a list. The name says which form
 * it is: what `build` makes depends on nothing else, because each form is built once.
 */
export function preparing(store: Pick<Store, "rows">) {
  const known = new Map<string, Statement<unknown>>();
  return <Row>(
    name: string,
    build: (db: Database) => Query<Row>,
    values: Record<string, unknown>,
  ): Promise<Row[]> => {
    // a name has one `build`, hence one kind of row
    const form = (known.get(name) as Statement<Row> | undefined) ?? statement(name, build);
    known.set(name, form);
    return store.rows(bind(form, values));
  };
}

/** The database. Features reach it through their `queries.ts` only. */
export interface Store {
  /** Which of the two it is: for the few things that they say differently, such as full text. */
  dialect: "sqlite" | "postgres";
  /** Where another connection finds the same data; null where there is none, as in memory. */
  url: string | null;
  db: Database;
  tables: Tables;
  /** Runs a prepared query. */
  rows<Row>(bound: Bound<Row>): Promise<Row[]>;
  /**
   * All of these writes happen, or none; durable when it resolves. Concurrent calls share one commit, each in
   * its own savepoint. Resolves to what each write returned: rows where it says `returning`.
   */
  together(writes: (db: Database) => Write[]): Promise<unknown[]>;
  /**
   * What was deleted before is in none of the database's files any more; of what PostgreSQL keeps for its own
   * recovery its administrator decides. False where somebody reads what is in the way: try again then.
   */
  purge(): Promise<boolean>;
  /** Rejects when the database does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** The rows of one write of `together`, whose query says `returning`. */
export const rowsOf = <Row>(result: unknown): Row[] => (Array.isArray(result) ? (result as Row[]) : []);

export const isBound = (write: Write): write is Bound<unknown> => "statement" in write;
