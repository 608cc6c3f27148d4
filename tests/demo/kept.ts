import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Role } from "#contract";

export type Person = { id: string; name: string; email: string; password: string; role: Role };
/** What the demo must remember between two runs, in a file that only its owner can read. */
export type Kept = {
  people: Person[];
  /** Tokens of the agents' PCs, by the agent's id. */
  tokens: Record<string, string>;
  /** The run that goes on, or the last one. */
  run?: { pid: number; url: string };
};

const fileIn = (folder: string): string => join(folder, "demo.json");
export const databaseIn = (folder: string): string => join(folder, "callmanager.db");
export const recordingsIn = (folder: string): string => join(folder, "recordings");

export const readKept = (folder: string): Kept | null =>
  existsSync(fileIn(folder)) ? (JSON.parse(readFileSync(fileIn(folder), "utf8")) as Kept) : null;

export async function writeKept(folder: string, kept: Kept): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(fileIn(folder), `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
}

/**
 * Makes this folder the demo's own, empty where `fresh`.
 * @returns what an earlier run left; null where the company has yet to be made
 * @throws Error with `refusal` for a folder that has anything else in it
 */
export async function ownFolder(folder: string, fresh: boolean, refusal: string): Promise<Kept | null> {
  const kept = readKept(folder);
  if (!kept && existsSync(folder) && (await readdir(folder)).length > 0) throw new Error(refusal);
  if (kept && kept.people.length > 0 && !fresh) return kept;
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await writeKept(folder, { people: [], tokens: {} });
  return null;
}

/** Bytes below a folder; 0 where it is not there. */
export async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((a, b) => a + b, 0);
}
