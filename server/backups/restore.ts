import { copyFile, rename, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import Sqlite from "better-sqlite3";
import type { Link } from "../audit/chain.ts";
import { headFile, readHead } from "../audit/head.ts";
import type { Config } from "../config.ts";
import { askPostgres } from "../db/postgres.ts";
import { COPY, dumping, makeBackup } from "./make.ts";
import { newestMigration } from "./open-kept.ts";
import { restorePostgres } from "./postgres-copy.ts";
import { backupShelf, endOf, syncFolder, WITHOUT, type Shelved } from "./shelf.ts";
import { digestOf, examineSqlite } from "./sqlite-copy.ts";
import pkg from "../../package.json" with { type: "json" };

type Settings = Pick<Config, "DATABASE_URL" | "DATA_FOLDER" | "TIME_ZONE">;
/** Why a copy was not brought back; nothing has changed then. */
export type Refusal = "absent" | "other_database" | "newer" | "corrupt" | "running";
/**
 * `aside` is where the database lies that was in its place; null where there was none. `lost` is the audit's head that
 * was published of it, if it can be read.
 */
export type Restored = { from: Shelved; aside: Shelved | null; lost: Link | null };
type Replaced = Omit<Restored, "lost">;

/** What SQLite keeps beside a database while it is in use. */
const BESIDE = ["-wal", "-shm"];

/**
 * Puts a copy in the place of the database. The copy is checked first, the present database is kept as a copy of its
 * own, and nothing happens while a server runs on it.
 */
export async function restore(config: Settings, id: string, at: Date): Promise<Restored | Refusal> {
  const from = await backupShelf(config.DATA_FOLDER).read(id);
  if (!from) return "absent";
  const dialect = config.DATABASE_URL.startsWith("postgres") ? "postgres" : "sqlite";
  if (from.dialect !== dialect) return "other_database";
  if (isNewer(from.migration, dialect)) return "newer";
  const done = await (dialect === "sqlite" ? intoFile(config, from, at) : intoPostgres(config, from, at));
  if (typeof done === "string") return done;
  const lost = await readHead(headFile(config.DATA_FOLDER)).catch(() => null);
  if (done.aside) await keepHead(config, done.aside);
  return { ...done, lost };
}

const isNewer = (migration: number | null, dialect: "sqlite" | "postgres"): boolean =>
  (migration ?? 0) > newestMigration(dialect);

/** The head that was published belongs to the chain that was put aside: the one that comes publishes its own. */
async function keepHead(config: Settings, aside: Shelved): Promise<void> {
  const published = headFile(config.DATA_FOLDER);
  if (existsSync(published)) await rename(published, headFile(aside.folder));
}

/** Whether what lies there is what the manifest says. */
async function isWhole({ files, folder }: Shelved): Promise<boolean> {
  for (const { name, bytes, sha256 } of files) {
    const found = await digestOf(join(folder, name)).catch(() => null);
    if (found?.bytes !== bytes || found.sha256 !== sha256) return false;
  }
  return true;
}

async function intoFile(config: Settings, from: Shelved, at: Date): Promise<Replaced | Refusal> {
  const target = config.DATABASE_URL.replace(/^file:/, "");
  const arriving = `${target}.restoring`;
  if (!(await isWhole(from))) return "corrupt";
  if (isUsed(target)) return "running";
  try {
    for (const { name } of from.files)
      await copyFile(join(from.folder, name), arriving + name.slice(COPY.sqlite.length));
    // with its log, if it has one: a database that was put aside may
    const { migration } = await examineSqlite(arriving).catch(() => Promise.reject(new CorruptError()));
    // what was put aside unseen says so only itself
    if (isNewer(migration, "sqlite")) return "newer";
    const aside = await putAside(config, target, at);
    // a log of another database must not meet the one that comes
    for (const end of BESIDE) await rm(target + end, { force: true });
    await rename(arriving, target);
    await syncFolder(dirname(target));
    return { from, aside };
  } catch (error) {
    if (error instanceof CorruptError) return "corrupt";
    throw error;
  } finally {
    for (const end of ["", ...BESIDE]) await rm(arriving + end, { force: true });
  }
}

class CorruptError extends Error {}

/** Whether another program has this database open: then it cannot be had alone. */
function isUsed(file: string): boolean {
  if (!existsSync(file)) return false;
  let database: Sqlite.Database | null = null;
  try {
    database = new Sqlite(file, { timeout: 0 });
    database.pragma("locking_mode = EXCLUSIVE");
    database.exec("begin exclusive; commit");
    return false;
  } catch (error) {
    // one that cannot be read is what a copy is brought back for
    return /^SQLITE_(BUSY|LOCKED)/.test((error as { code?: string }).code ?? "");
  } finally {
    database?.close();
  }
}

/** Keeps the present database, whatever its state, where copies lie. */
async function putAside(config: Settings, target: string, at: Date): Promise<Shelved | null> {
  const ends = ["", ...BESIDE].filter((end) => existsSync(target + end));
  if (!ends.includes("")) return null;
  const shelf = backupShelf(config.DATA_FOLDER);
  const goesAt = endOf("before_restore", at, [], config.TIME_ZONE).toISOString();
  return shelf.add(at, async (folder) => {
    const files = [];
    for (const end of ends.filter((one) => one !== "-shm")) {
      const name = COPY.sqlite + end;
      await copyFile(target + end, join(folder, name));
      files.push({ name, ...(await digestOf(join(folder, name))) });
    }
    const kept = { version: pkg.version, dialect: "sqlite" as const, kind: "before_restore" as const };
    return { ...kept, goesAt, migration: null, files, without: WITHOUT };
  });
}

async function intoPostgres(config: Settings, from: Shelved, at: Date): Promise<Replaced | Refusal> {
  const url = config.DATABASE_URL;
  if (!(await isWhole(from))) return "corrupt";
  const { migration, others } = await askPostgres(url);
  if (others > 0) return "running";
  const known = async () => ({ migration, auditHead: null });
  const aside =
    migration === null
      ? null
      : await makeBackup(config, "before_restore", at, "postgres", dumping(url, known));
  await restorePostgres(url, join(from.folder, COPY.postgres));
  return { from, aside };
}

/** Ids of recordings whose erasure the database that was put aside knows, and the one brought back does not. */
export async function recordingsErasedSince({ from, aside }: Replaced): Promise<string[]> {
  if (!aside || aside.dialect !== "sqlite") return [];
  let database: Sqlite.Database | null = null;
  try {
    const head = await readHead(headFile(from.folder));
    database = new Sqlite(join(aside.folder, COPY.sqlite), { fileMustExist: true });
    const rows = database
      .prepare(
        "select distinct subject_id as id from audit_entries where n > ? and action = 'recording_erased'",
      )
      .all(head?.n ?? 0) as { id: string }[];
    return rows.map(({ id }) => id);
  } catch {
    // what cannot be read is why the copy was brought back
    return [];
  } finally {
    database?.close();
  }
}
