import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sha256 } from "#contract";
import type { Log } from "../http/log.ts";
import type { Link } from "./chain.ts";

/** The newest entry as it is published: who keeps it elsewhere proves later that nothing up to `n` was changed. */
export type Head = Link & { at: string };

/** In a backup of a chain that has not begun there is none. */
const head = z.object({ n: z.int().min(1), hash: sha256 }).nullable();

/** Below the folder of data: the newest head, and one that the chain lost, which is kept as evidence. */
export const headFile = (folder: string): string => join(folder, "audit-head.json");
export const lostHeadFile = (folder: string): string => join(folder, "audit-head.lost.json");

/** Where heads were published, whether or not they are there: the newest, one that was lost, those of backups. */
export async function headFiles(folder: string): Promise<string[]> {
  const backups = join(folder, "backups");
  const names = await readdir(backups).catch(() => [] as string[]);
  const made = names.filter((name) => !name.startsWith(".")).toSorted();
  return [headFile(folder), lostHeadFile(folder), ...made.map((name) => headFile(join(backups, name)))];
}

const PAUSE_MS = 1_000;

/** A published head; null where there is no file. @throws where it is not one */
export async function readHead(file: string): Promise<Link | null> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  return text === null ? null : head.parse(JSON.parse(text));
}

/** Publishes a head in a folder: there is the old file or the new one, never a half. */
export async function writeHead(folder: string, { n, hash, at }: Head): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = headFile(folder);
  const beside = `${file}.${crypto.randomUUID()}.tmp`;
  const written = await open(beside, "wx", 0o600);
  try {
    await written.writeFile(`${JSON.stringify({ n, hash, at }, null, 2)}\n`);
    await written.datasync();
  } finally {
    await written.close();
  }
  await rename(beside, file);
}

/**
 * Keeps the published head up to date, at most once a second. A file that says more than the chain has is evidence
 * that the chain was cut: it is set aside first. Failures go to the log; nobody's deed fails for them.
 * @param holds whether the chain has this link, or tells why not
 */
export function createPublisher(folder: string, log: Log, holds: (link: Link) => Promise<boolean>) {
  let next: Head | null = null;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let looked = false;

  /** Sets aside, once, a file that the chain does not bear out. */
  async function look(): Promise<void> {
    if (looked) return;
    // what cannot be read is no better than what is not true
    const found = await readHead(headFile(folder)).catch(() => "broken" as const);
    if (found !== null && (found === "broken" || !(await holds(found)))) {
      const facts = { n: found === "broken" ? null : found.n };
      log.error("the audit lost its published head", facts, new Error("the chain was cut or rewritten"));
      if (!existsSync(lostHeadFile(folder))) await rename(headFile(folder), lostHeadFile(folder));
    }
    looked = true;
  }

  async function write(): Promise<void> {
    const head = next;
    next = null;
    try {
      await look();
      if (head) await writeHead(folder, head);
    } catch (cause) {
      log.error("the audit's head was not published", { n: head?.n ?? 0 }, cause);
    }
  }

  /** Writes what waits now. */
  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    return (writing = writing.then(write));
  }

  return {
    flush,
    publish(head: Head): void {
      next = head;
      timer ??= setTimeout(() => void flush(), PAUSE_MS).unref();
    },
  };
}
