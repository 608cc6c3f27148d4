import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createAudit } from "../audit/audit.ts";
import type { Config } from "../config.ts";
import { open } from "../db/open.ts";
import { askPostgres, postgresMigrations } from "../db/postgres.ts";
import { sqliteMigrations } from "../db/sqlite.ts";
import type { Store } from "../db/store.ts";
import { dumping, makeBackup, sqliteFile } from "./make.ts";
import { hasPostgresTools } from "./postgres-copy.ts";
import type { Log } from "../http/log.ts";
import type { Shelved } from "./shelf.ts";
import { copySqlite, migrationOf } from "./sqlite-copy.ts";

type Settings = Pick<Config, "DATABASE_URL" | "DATA_FOLDER" | "TIME_ZONE">;

/** The newest migration that this version of the program has. */
export function newestMigration(dialect: "sqlite" | "postgres"): number {
  const folder = dialect === "sqlite" ? sqliteMigrations : postgresMigrations;
  const journal = JSON.parse(readFileSync(join(folder, "meta", "_journal.json"), "utf8")) as {
    entries: { when: number }[];
  };
  return Math.max(...journal.entries.map(({ when }) => when));
}

/** Opens the database; one that is about to be migrated is copied first. @throws when that copy cannot be made */
export async function openKept(
  config: Config,
  { clock, log }: { clock: () => Date; log: Log },
): Promise<Store> {
  const made = await (config.DATABASE_URL.startsWith("postgres")
    ? beforePostgres(config, clock())
    : beforeSqlite(config, clock()));
  const store = await open(config.DATABASE_URL);
  if (made) {
    const audit = createAudit({ store, clock, config, log });
    const subject = { kind: "backup", id: made.id } as const;
    const digest = made.files[0]?.sha256 ?? null;
    await audit.note(null, { action: "backup_made", subject, digest });
    await audit.stop();
  }
  return store;
}

const pending = (migration: number | null, dialect: "sqlite" | "postgres"): boolean =>
  migration !== null && migration < newestMigration(dialect);

async function beforeSqlite(config: Settings, at: Date): Promise<Shelved | null> {
  const file = sqliteFile(config.DATABASE_URL);
  if (file === null || !pending(migrationOf(file), "sqlite")) return null;
  return makeBackup(config, "before_migration", at, "sqlite", (to) => copySqlite(file, to));
}

/** Without `pg_dump` the migration goes on: whoever runs PostgreSQL has backups of their own. */
async function beforePostgres(config: Settings, at: Date): Promise<Shelved | null> {
  const url = config.DATABASE_URL;
  const { migration } = await askPostgres(url);
  if (!pending(migration, "postgres") || !(await hasPostgresTools(url))) return null;
  const copy = dumping(url, async () => ({ migration, auditHead: null }));
  return makeBackup(config, "before_migration", at, "postgres", copy);
}
