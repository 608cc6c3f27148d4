import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sidecarOf } from "./recorder/finished.ts";

const DAY_MS = 86_400_000;

/** Lies beside a recording that the server has, digest and all; its age is how long the server has had it. */
const markOf = (file: string): string => `${file}.delivered`;

/** Notes that the server has confirmed the digest of a recording: its local copy may go one day. */
export async function delivered(file: string): Promise<void> {
  await writeFile(markOf(file), "", { flush: true });
}

/** Removes a recording that must not be kept. */
export async function discarded(file: string): Promise<void> {
  for (const path of [file, sidecarOf(file), markOf(file)]) await rm(path, { force: true });
}

/**
 * Removes local copies that the server has had for `keepDays`. What it has not confirmed stays, however old.
 * @returns how many recordings went
 */
export async function sweep(data: string, keepDays: number, now: Date): Promise<number> {
  const folder = join(data, "recordings");
  const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  let removed = 0;
  for (const name of names.filter((one) => one.endsWith(".wav.delivered"))) {
    const mark = join(folder, name);
    if (now.getTime() - (await stat(mark)).mtimeMs < keepDays * DAY_MS) continue;
    const file = mark.slice(0, -".delivered".length);
    // the mark goes last: what a power failure leaves in between is swept the next time
    await discarded(file);
    removed++;
  }
  return removed;
}
