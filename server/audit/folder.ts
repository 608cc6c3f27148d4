import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { z } from "zod";
import { instant, sha256 } from "#contract";

/**
 * What became of one recording's files. `altered`: the sound is not the one of its sidecar; `replaced`: sidecar and
 * sound agree with each other, but not with the chain; `misplaced`: they are of another call than the one whose place
 * this is; `unnoted` and `erased`: the chain knows nothing of it, or says that it is gone. Of what is `older` than the
 * chain only sidecar and database speak.
 */
export type FileProof = {
  /** Below the folder: the sound, or the sidecar where there is no sound. */
  file: string;
  kind:
    | "proven"
    | "older"
    | "altered"
    | "replaced"
    | "misplaced"
    | "unnoted"
    | "erased"
    | "no_audio"
    | "no_sidecar"
    | "broken_sidecar";
};
/** What a sidecar says of the file beside it, in the format in which it is stored. */
export type Sidecar = z.infer<typeof sidecar>;
/** A sidecar, and where it lies below the folder, with `/`. */
export type Placed = { file: string; says: Sidecar };
/** What chain and database say of a sidecar's recording, by the sidecar's file. */
export type Judge = (sidecars: Placed[]) => Promise<Map<string, Verdict>>;
export type Verdict = Extract<
  FileProof["kind"],
  "proven" | "older" | "replaced" | "misplaced" | "unnoted" | "erased"
>;

const sidecar = z.object({ callId: z.string(), startedAt: instant, bytes: z.int(), sha256 });

const BESIDE = "_metadata.json";
const SOUND = /\.(wav|flac|opus|ogg)$/i;

/**
 * Proves the recordings of a folder by their sidecars, one file after the other; what begins with a dot is not of it.
 * @param judge null where there is no chain at hand
 */
export async function* proveFolder(root: string, judge: Judge | null, below = ""): AsyncGenerator<FileProof> {
  const entries = (await readdir(join(root, below), { withFileTypes: true })).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const sounds = new Set(names.filter((name) => SOUND.test(name)));
  const read = await Promise.all(
    names
      .filter((name) => name.endsWith(BESIDE))
      .map(async (name) => ({ name, says: await readSidecar(join(root, below, name)) })),
  );
  const placeOf = (name: string) => join(below, name).replaceAll(sep, "/");
  const judged = await judge?.(
    read.flatMap(({ name, says }) => (says ? [{ file: placeOf(name), says }] : [])),
  );
  for (const { name, says } of read) {
    const stem = name.slice(0, -BESIDE.length);
    const own = [...sounds].filter((sound) => sound.replace(SOUND, "") === stem);
    for (const sound of own) sounds.delete(sound);
    const [file = name] = own;
    const verdict = judged?.get(placeOf(name)) ?? "proven";
    if (!says) yield { file: join(below, name), kind: "broken_sidecar" };
    else if (own.length === 0) yield { file: join(below, name), kind: "no_audio" };
    else if (!(await isOneOf(root, below, own, says))) yield { file: join(below, file), kind: "altered" };
    else yield { file: join(below, file), kind: verdict };
  }
  for (const sound of sounds) yield { file: join(below, sound), kind: "no_sidecar" };
  for (const entry of entries)
    if (entry.isDirectory() && !entry.name.startsWith("."))
      yield* proveFolder(root, judge, join(below, entry.name));
}

async function readSidecar(path: string): Promise<Sidecar | null> {
  const text = await readFile(path, "utf8");
  try {
    return sidecar.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether one of these files is what the sidecar says; while a format changes there may be two. */
async function isOneOf(root: string, below: string, names: string[], says: Sidecar): Promise<boolean> {
  for (const name of names) {
    const path = join(root, below, name);
    if ((await stat(path)).size === says.bytes && (await digestOf(path)) === says.sha256) return true;
  }
  return false;
}

/** SHA-256 of a file, hex. */
async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  return hash.digest("hex");
}
