import { createHash } from "node:crypto";
import { copyFile, open, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { writePrivate } from "../files.ts";
import { download, type Fetched, hashOf, isFull } from "./download.ts";
import { ModelFailure } from "./failure.ts";
import { isVerified, type ModelEntry, type ModelFile } from "./manifest.ts";
import { type Probed, probe } from "./probe.ts";
import { DESCRIPTION, type InstalledModel, type Shelf, speechModel } from "./shelf.ts";

/** Kept free besides the model: a full disk records no calls. */
const SPARE_BYTES = 500 * 1024 * 1024;

export type InstallOptions = {
  shelf: Shelf;
  acceptLicence: boolean;
  acceptUnverified: boolean;
  /** Of all files together, as far as their sizes are known. */
  onProgress?: (completed: number, total: number | null, file: string) => void;
  /** Bytes that are free where the models lie. */
  free?: (folder: string) => Promise<number>;
  tryOut?: (...model: Parameters<typeof probe>) => Promise<Probed | null>;
};

const freeBytes = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/**
 * Fetches a model from where its entry says, or from `<mirror>/<id>/<file>`. What an earlier try has fetched is not
 * fetched again.
 * @throws ModelFailure; nothing is installed then
 */
export async function pull(
  entry: ModelEntry,
  options: InstallOptions & { mirror?: string | undefined },
): Promise<InstalledModel> {
  return install(entry, options, async (file, target, onProgress) => {
    const url = options.mirror ? mirrored(options.mirror, entry.id, file.path) : file.url;
    if (url === undefined) throw new ModelFailure("nowhere", { file: file.path });
    return download({ url, file: target, bytes: file.bytes, sha256: file.sha256, onProgress });
  });
}

/** Where a company's own server has a file of a model. */
export const mirrored = (mirror: string, id: string, path: string): string =>
  `${mirror.replace(/\/+$/, "")}/${id}/${path}`;

/** Takes a model from a folder, such as a USB stick. @throws ModelFailure; nothing is installed then */
export async function bring(
  entry: ModelEntry,
  folder: string,
  options: InstallOptions,
): Promise<InstalledModel> {
  return install(entry, options, async (file, target) => copied(file, join(folder, file.path), target));
}

type Obtain = (
  file: ModelFile,
  target: string,
  onProgress: (completed: number, total: number | null) => void,
) => Promise<Fetched>;

async function install(entry: ModelEntry, options: InstallOptions, obtain: Obtain): Promise<InstalledModel> {
  const { shelf, onProgress, tryOut = probe } = options;
  if (!options.acceptLicence) throw new ModelFailure("licence", { id: entry.id, licence: entry.licence });
  if (!isVerified(entry) && !options.acceptUnverified) throw new ModelFailure("unverified", { id: entry.id });
  const incoming = shelf.incoming(entry.id);
  await checkSpace(entry, incoming, options);
  const sizes = entry.files.map(({ bytes }) => bytes);
  const total = sizes.every((bytes) => bytes !== null) ? sizes.reduce((sum, bytes) => sum + bytes, 0) : null;
  const files: ModelFile[] = [];
  let done = 0;
  for (const file of entry.files) {
    const target = join(incoming, file.path);
    const tell = (completed: number, ofFile: number | null) =>
      onProgress?.(done + completed, total ?? (ofFile && done + ofFile), file.path);
    const fetched = (await already(file, target)) ?? (await obtain(file, target, tell));
    done += fetched.bytes;
    files.push({ ...file, ...fetched });
  }
  const probed = await tryOut(speechModel(entry, incoming));
  if (!probed) {
    await rm(incoming, { recursive: true, force: true });
    throw new ModelFailure("no_model", { id: entry.id });
  }
  const unverified = entry.files.filter(({ sha256 }) => sha256 === null).map(({ path }) => path);
  const realTimeFactor = Math.round(probed.realTimeFactor * 1000) / 1000;
  const model = { ...entry, files, unverified, realTimeFactor, installedAt: new Date().toISOString() };
  await putInPlace(incoming, shelf.folderOf(entry.id), model);
  return model;
}

/** The description is written last, and the folder gets its name as a whole. */
async function putInPlace(incoming: string, folder: string, model: InstalledModel): Promise<void> {
  for (const { path } of model.files) await synced(join(incoming, path));
  writePrivate(join(incoming, DESCRIPTION), `${JSON.stringify(model, null, 2)}\n`);
  const old = `${incoming}.old`;
  await rm(old, { recursive: true, force: true });
  await rename(folder, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(incoming, folder);
  await rm(old, { recursive: true, force: true });
}

async function synced(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function checkSpace({ files }: ModelEntry, folder: string, { free = freeBytes }: InstallOptions) {
  let needed = SPARE_BYTES;
  for (const { path, bytes } of files) {
    const there = await Promise.all(
      [path, `${path}.part`].map((name) => stat(join(folder, name)).catch(() => null)),
    );
    needed += Math.max(0, (bytes ?? 0) - Math.max(...there.map((one) => one?.size ?? 0)));
  }
  const left = await free(folder);
  const megabytes = (bytes: number) => String(Math.ceil(bytes / 1_000_000));
  if (left < needed) throw new ModelFailure("no_space", { needed: megabytes(needed), free: megabytes(left) });
}

/** A file that an earlier try has whole; one without a known digest is fetched again. */
async function already({ sha256 }: ModelFile, target: string): Promise<Fetched | null> {
  if (sha256 === null || !(await stat(target).catch(() => null))) return null;
  const hash = createHash("sha256");
  const bytes = await hashOf(target, hash);
  return hash.digest("hex") === sha256 ? { bytes, sha256 } : null;
}

async function copied({ path, bytes, sha256 }: ModelFile, from: string, target: string): Promise<Fetched> {
  const hash = createHash("sha256");
  try {
    const found = await hashOf(from, hash);
    const digest = hash.digest("hex");
    if (bytes !== null && found !== bytes)
      throw new ModelFailure("wrong_size", { file: path, found: String(found), wanted: String(bytes) });
    if (sha256 !== null && digest !== sha256) throw new ModelFailure("wrong_digest", { file: path });
    await copyFile(from, `${target}.part`);
    await rename(`${target}.part`, target);
    return { bytes: found, sha256: digest };
  } catch (error) {
    if (error instanceof ModelFailure) throw error;
    await rm(`${target}.part`, { force: true });
    if (isFull(error)) throw new ModelFailure("no_space", { needed: "?", free: "0" });
    throw new ModelFailure("not_there", { file: path });
  }
}
