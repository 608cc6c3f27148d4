import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { BackupKind } from "#contract";
import pkg from "../../package.json" with { type: "json" };
import { writeHead } from "../audit/head.ts";
import type { Config } from "../config.ts";
import { backupShelf, endOf, WITHOUT, type Shelved } from "./shelf.ts";
import { dumpPostgres } from "./postgres-copy.ts";
import type { Copied } from "./sqlite-copy.ts";

/** The database's file as a copy has it. */
export const COPY = { sqlite: "callmanager.db", postgres: "callmanager.dump" };

type Settings = Pick<Config, "DATABASE_URL" | "DATA_FOLDER" | "TIME_ZONE">;
/** Writes a database to a file, and says what the checked file is. */
export type Copier = (to: string) => Promise<Copied>;

/** Makes one copy of the database and puts it beside the others. */
export async function makeBackup(
  config: Settings,
  kind: BackupKind,
  at: Date,
  dialect: "sqlite" | "postgres",
  copy: Copier,
): Promise<Shelved> {
  const shelf = backupShelf(config.DATA_FOLDER);
  const goesAt = endOf(kind, at, await shelf.list(), config.TIME_ZONE).toISOString();
  return shelf.add(at, async (folder) => {
    const name = COPY[dialect];
    const { bytes, sha256, migration, auditHead } = await copy(join(folder, name));
    if (auditHead) await writeHead(folder, auditHead);
    const files = [{ name, bytes, sha256 }];
    return { version: pkg.version, dialect, kind, goesAt, migration, files, without: WITHOUT };
  });
}

/** Copies a SQLite database in a thread of its own. @throws when the copy is not sound */
export const inThread =
  (from: string): Copier =>
  (to) =>
    new Promise((done, failed) => {
      const worker = new Worker(new URL("./copy-worker.ts", import.meta.url), { workerData: { from, to } });
      worker.once("message", done);
      worker.once("error", failed);
      worker.once("exit", (code) => failed(new Error(`the copy ended with ${code}`)));
    });

/** Dumps PostgreSQL; what the dump cannot be asked is told by whoever knows it. */
export const dumping =
  (url: string, known: () => Promise<Pick<Copied, "migration" | "auditHead">>): Copier =>
  async (to) => {
    // before the dump: what it names is surely in there
    const said = await known();
    return { ...(await dumpPostgres(url, to)), ...said };
  };

/** The SQLite file of an address; null where there is none yet, or it is PostgreSQL. */
export function sqliteFile(url: string): string | null {
  if (url.startsWith("postgres")) return null;
  const file = url.replace(/^file:/, "");
  return existsSync(file) ? file : null;
}
