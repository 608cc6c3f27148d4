import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { backupKind, instant, sha256, type BackupKind } from "#contract";
import { addDays, dayOf, startOfDay } from "../db/time.ts";

/** What lies beside each copy and says what it is. */
export const manifest = z.object({
  version: z.string(),
  dialect: z.enum(["sqlite", "postgres"]),
  kind: backupKind,
  made: instant,
  goesAt: instant,
  /** The last migration that ran in it; null where that is not known. */
  migration: z.number().nullable(),
  files: z.array(z.object({ name: z.string().regex(/^[\w.-]+$/), bytes: z.int(), sha256 })).min(1),
  /** For whoever finds it: what a copy does not have. */
  without: z.string(),
});
export type Manifest = z.infer<typeof manifest>;
export type Shelved = Manifest & { id: string; folder: string };

/** Until it is complete, a copy lies under such a name. */
const PART = ".part-";
const DAYS: Record<BackupKind, number> = { nightly: 7, manual: 7, before_migration: 30, before_restore: 30 };
/** The first copy of a week stays for four weeks. */
const WEEKLY_DAYS = 28;
export const WITHOUT =
  "Las grabaciones no están en esta copia: cópialas aparte (rsync). / The recordings are not in this copy: copy them by rsync.";

/** Where copies lie, each in a folder of its own. */
export function backupShelf(dataFolder: string) {
  const root = join(dataFolder, "backups");

  async function list(): Promise<Shelved[]> {
    const names = await readdir(root).catch(() => [] as string[]);
    const found = await Promise.all(names.map(read));
    return found.filter((one) => one !== null).toSorted((a, b) => b.made.localeCompare(a.made));
  }

  async function read(id: string): Promise<Shelved | null> {
    // a name, never a way to somewhere else
    if (!/^\w[\w-]*$/.test(id)) return null;
    const folder = join(root, id);
    try {
      const text = await readFile(join(folder, "manifest.json"), "utf8");
      return { ...manifest.parse(JSON.parse(text)), id, folder };
    } catch {
      return null;
    }
  }

  return {
    root,
    list,
    /** One of them by its name; null where it is not there or says nothing of itself. */
    read,
    /**
     * Makes one: `fill` writes the files into an empty folder, which gets its name when all of it is durable. A power
     * cut leaves no half one.
     */
    async add(at: Date, fill: (folder: string) => Promise<Omit<Manifest, "made">>): Promise<Shelved> {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const part = join(root, `${PART}${crypto.randomUUID()}`);
      await mkdir(part, { mode: 0o700 });
      try {
        const written = { ...(await fill(part)), made: at.toISOString() };
        const text = `${JSON.stringify(written, null, 2)}\n`;
        await writeFile(join(part, "manifest.json"), text, { flush: true });
        await syncFolder(part);
        const id = freeName(root, at, written.kind);
        await rename(part, join(root, id));
        await syncFolder(root);
        return { ...written, id, folder: join(root, id) };
      } finally {
        await rm(part, { recursive: true, force: true });
      }
    },
    /** Removes what was cut off. Only where no copy is being made. */
    async tidy(): Promise<void> {
      const names = await readdir(root).catch(() => [] as string[]);
      for (const name of names.filter((one) => one.startsWith(PART)))
        await rm(join(root, name), { recursive: true, force: true });
    },
    /** Removes those whose time is over, but never the newest one that was checked. */
    async rotate(now: Date): Promise<void> {
      const all = await list();
      // what a restore put aside may be why there was one
      const newest = all.find(({ kind }) => kind !== "before_restore");
      for (const one of all)
        if (one !== newest && Date.parse(one.goesAt) <= now.getTime())
          await rm(one.folder, { recursive: true, force: true });
    },
  };
}
export type BackupShelf = ReturnType<typeof backupShelf>;

/** `20261125-013000_nightly`, in UTC; a second one of the same second gets a name of its own. */
function freeName(root: string, at: Date, kind: BackupKind): string {
  const name = `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-")}_${kind}`;
  return existsSync(join(root, name)) ? `${name}_${crypto.randomUUID().slice(0, 8)}` : name;
}

/** The Monday of a day's week. */
const mondayOf = (day: string): string => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

/** When a copy goes: known when it is made, so that whoever asks for erasure can be told. */
export function endOf(
  kind: BackupKind,
  at: Date,
  others: readonly Pick<Manifest, "kind" | "made">[],
  timeZone: string,
): Date {
  const day = dayOf(at, timeZone);
  const regular = (one: BackupKind): boolean => one === "nightly" || one === "manual";
  const first =
    regular(kind) &&
    !others.some(
      (other) => regular(other.kind) && mondayOf(dayOf(new Date(other.made), timeZone)) === mondayOf(day),
    );
  return startOfDay(addDays(day, first ? WEEKLY_DAYS : DAYS[kind]), timeZone);
}

/** Makes new names in a folder durable. Windows cannot, and needs not. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
