import { constants } from "node:fs";
import { open, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

export const CREATE = constants.O_RDWR | constants.O_CREAT;
/** Only Linux has such a flag. */
const O_DIRECT = (constants.O_DIRECT as number | undefined) ?? 0;
/** The least that any disk takes at once, and what its bytes and their place are then a multiple of. */
const BLOCK_BYTES = 4096;

/** The operating system's code of an error, such as ENOENT. */
export const codeOf = (error: unknown) => (error as { code?: string } | null)?.code;

/** Opens a file for as long as something works with it. */
export async function withFile<T>(
  path: string,
  flags: string | number,
  work: (file: FileHandle) => Promise<T>,
): Promise<T> {
  const file = await open(path, flags);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/** Makes a rename durable. Windows cannot sync a folder, and needs not. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  await withFile(path, "r", (folder) => folder.sync());
}

/** Memory that begins where a page does, which a disk insists on. V8 gives that to all that could grow. */
export const pages = (bytes: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new ArrayBuffer(bytes, { maxByteLength: bytes }));

/**
 * The flag with which files of a folder are opened past the system's cache, or 0 where trying that fails: not every
 * file system lets one. Who opens so moves whole blocks of 4,096 bytes, at multiples of it, from and to `pages`.
 * @param memory at least a block, to try with
 */
export async function pastCache(folder: string, memory = pages(BLOCK_BYTES)): Promise<number> {
  const tried = join(folder, crypto.randomUUID());
  const block = memory.subarray(0, BLOCK_BYTES);
  try {
    await withFile(tried, CREATE | O_DIRECT, async (file) => {
      await file.write(block, 0, BLOCK_BYTES, 0);
      await file.read(block, 0, BLOCK_BYTES, 0);
    });
    return O_DIRECT;
  } catch {
    // what is wrong with the disk itself is told by the next file
    return 0;
  } finally {
    await rm(tried, { force: true });
  }
}
