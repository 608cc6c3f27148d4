import type { Backup, BackupKind, Backups as Listed } from "#contract";
import type { Audit } from "../audit/audit.ts";
import { askPostgres } from "../db/postgres.ts";
import { dayOf, isNight } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import { dumping, inThread, makeBackup, type Copier } from "./make.ts";
import { hasPostgresTools } from "./postgres-copy.ts";
import { backupShelf, type Shelved } from "./shelf.ts";

export type Backups = ReturnType<typeof createBackups>;

/** Older than this, the newest copy is too old, also by day: the server may be off at night. In ms. */
const OLD_MS = 26 * 3_600_000;

/** Copies of the database: made each night, before each migration and when somebody asks, and kept for a while. */
export function createBackups(
  { store, config, clock }: Pick<Deps, "store" | "config" | "clock">,
  { audit }: { audit: Audit },
) {
  const shelf = backupShelf(config.DATA_FOLDER);
  let running: Promise<unknown> | null = null;

  /** How this database is copied; null where it cannot be. */
  async function copier(): Promise<Copier | null> {
    if (store.dialect === "sqlite" && store.url !== null) return inThread(store.url.replace(/^file:/, ""));
    const url = config.DATABASE_URL;
    if (!url.startsWith("postgres") || !(await hasPostgresTools(url))) return null;
    return dumping(url, async () => ({
      auditHead: await audit.head(),
      migration: (await askPostgres(url)).migration,
    }));
  }

  async function add(actor: Actor | null, kind: BackupKind, copy: Copier): Promise<Backup> {
    const made = await makeBackup(config, kind, clock(), store.dialect, copy);
    await shelf.rotate(clock());
    const digest = made.files[0]?.sha256 ?? null;
    await audit.note(actor, { action: "backup_made", subject: { kind: "backup", id: made.id }, digest });
    return toBackup(made);
  }

  async function make(actor: Actor | null, kind: "nightly" | "manual"): Promise<Backup> {
    if (running) throw new AppError("backup_running");
    const work = copier().then((copy) => {
      if (!copy) throw new AppError("backup_impossible");
      return add(actor, kind, copy);
    });
    running = work;
    try {
      return await work;
    } finally {
      running = null;
    }
  }

  async function tonights(): Promise<Backup | null> {
    const now = clock();
    const today = dayOf(now, config.TIME_ZONE);
    const regular = (await shelf.list()).filter(({ kind }) => kind === "nightly" || kind === "manual");
    const newest = regular[0] ? Date.parse(regular[0].made) : -Infinity;
    const done = regular.some(
      ({ kind, made }) => kind === "nightly" && dayOf(new Date(made), config.TIME_ZONE) === today,
    );
    const wanted = now.getTime() - newest > OLD_MS || (isNight(now, config.TIME_ZONE) && !done);
    if (!wanted || running || !(await copier())) return null;
    return make(null, "nightly");
  }

  return {
    /** @param actor null at a terminal. @throws backup_running, backup_impossible */
    now: (actor: Actor | null): Promise<Backup> => make(actor, "manual"),

    /** Newest first, with the day on which each goes. */
    async list(): Promise<Listed> {
      const [items, copy] = [(await shelf.list()).map(toBackup), await copier()];
      return { items, next: null, folder: shelf.root, possible: copy !== null };
    },

    /**
     * Makes the night's copy once it is night, or at any time where the newest is too old. Those whose day has come go
     * also where none can be made: their end was told.
     */
    async nightly(): Promise<Backup | null> {
      try {
        return await tonights();
      } finally {
        await shelf.rotate(clock());
      }
    },

    /** Removes what a power cut has left of copies; called at the start. */
    tidy: () => shelf.tidy(),
  };
}

const toBackup = ({ id, kind, made, goesAt, files }: Shelved): Backup => ({
  id,
  kind,
  made,
  goesAt,
  file: `${id}/${files[0]?.name ?? ""}`,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
});
