import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import Sqlite from "better-sqlite3";
import type { Head } from "../audit/head.ts";

/** What a checked copy of a database says of itself. */
export type Copied = {
  bytes: number;
  /** SHA-256, hex. */
  sha256: string;
  /** The last migration that ran in it; null where none did. */
  migration: number | null;
  /** The newest entry of its audit; null where there is none. */
  auditHead: Head | null;
};

/** More than any database has: all in one step. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies a SQLite database as it is at one instant, also while it is written to, and checks the copy. Everything at
 * once: a copy in steps begins again whenever another connection writes. Call it where nobody waits for the thread.
 * @throws when the copy is not sound
 */
export async function copySqlite(from: string, to: string): Promise<Copied> {
  const source = new Sqlite(from, { readonly: true, fileMustExist: true });
  try {
    source.pragma("busy_timeout = 5000");
    await source.backup(to, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  return examineSqlite(to);
}

/** Checks a database file from its first page to its last, makes it durable, and says what it is. */
export async function examineSqlite(file: string): Promise<Copied> {
  const database = new Sqlite(file, { fileMustExist: true });
  let known: Pick<Copied, "migration" | "auditHead">;
  try {
    // alone in its file, without a log beside it
    database.pragma("journal_mode = DELETE");
    const found = database.pragma("integrity_check", { simple: true });
    if (found !== "ok") throw new Error("the copy is not sound");
    known = { migration: lastMigration(database), auditHead: headOf(database) };
  } finally {
    database.close();
  }
  return { ...(await digestOf(file)), ...known };
}

/** The last migration that ran in a database file; null where there is no file, or nothing in it. */
export function migrationOf(file: string): number | null {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    return lastMigration(database);
  } finally {
    database.close();
  }
}

const hasTable = (database: Sqlite.Database, name: string): boolean =>
  database.prepare("select 1 from sqlite_master where type = 'table' and name = ?").get(name) !== undefined;

function lastMigration(database: Sqlite.Database): number | null {
  if (!hasTable(database, "__drizzle_migrations")) return null;
  const row = database.prepare("select max(created_at) as at from __drizzle_migrations").get();
  return (row as { at: number | null }).at;
}

function headOf(database: Sqlite.Database): Copied["auditHead"] {
  if (!hasTable(database, "audit_entries")) return null;
  const row = database.prepare("select n, hash, at from audit_entries order by n desc limit 1").get();
  if (row === undefined) return null;
  const { n, hash, at } = row as { n: number; hash: string; at: number };
  return { n, hash, at: new Date(at).toISOString() };
}

/** Length and SHA-256 of a file, which is durable when it resolves. */
export async function digestOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}
