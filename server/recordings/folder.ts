import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import {
  access,
  constants,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  statfs,
  writeFile,
  type FileHandle,
} from "node:fs/promises";
import { dirname, extname, join, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { PART_BYTES } from "#contract";
import { AppError } from "../errors.ts";
import type { Arriving, AudioCheck, Received, RecordingStore } from "./store.ts";

/** The operating system's code of an error, such as ENOENT. */
const codeOf = (error: unknown) => (error as { code?: string } | null)?.code;

const PIECE_BYTES = 1 << 20;

const CREATE = constants.O_RDWR | constants.O_CREAT;

/** Opens a file for as long as something works with it. */
async function withFile<T>(
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
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  await withFile(path, "r", (folder) => folder.sync());
}

/** Recordings in one folder; what is not complete waits in `.incoming` on the same file system. */
export function folderStore(root: string): RecordingStore {
  const incoming = (callId: string) => join(root, ".incoming", callId);
  const whole = (callId: string) => join(incoming(callId), "whole.wav");
  const inside = (file: string): string => {
    const path = resolve(root, file);
    if (!path.startsWith(resolve(root) + sep)) throw new AppError("not_found");
    return path;
  };

  /** Writes what arrives to a file from a place on; what is refused may stand there, but is no part. */
  async function receive(
    file: FileHandle,
    from: number,
    { body, limit, accept }: Arriving,
  ): Promise<Received> {
    const hash = createHash("sha256");
    let bytes = 0;
    let written = from;
    let waiting: Uint8Array[] = [];
    let waits = 0;
    // a network's chunks are small: a trip to the disk for each would take longer than the writing
    const flush = async () => {
      if (waits > 0) await file.writev(waiting, written);
      written += waits;
      waiting = [];
      waits = 0;
    };
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > limit) throw new AppError("too_large");
      hash.update(chunk);
      waiting.push(chunk);
      waits += chunk.byteLength;
      if (waits >= PIECE_BYTES) await flush();
    }
    await flush();
    const received = { bytes, sha256: hash.digest("hex") };
    accept(received);
    return received;
  }

  /** What replaces a part waits beside it until it is accepted. */
  async function receiveAside(callId: string, arriving: Arriving): Promise<[Received, Buffer]> {
    const path = join(incoming(callId), crypto.randomUUID());
    try {
      const received = await withFile(path, CREATE, (file) => receive(file, 0, arriving));
      return [received, await readFile(path)];
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Shows the first `bytes` of a file to the check; what a part left behind them is cut off afterwards. */
  const examine = (path: string, bytes: number, check: AudioCheck): Promise<void> =>
    withFile(path, constants.O_RDWR, async (file) => {
      // one piece of memory for all of it: fresh ones cost more than the reading
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      for (let at = 0; at < bytes;) {
        const { bytesRead } = await file.read(piece, 0, Math.min(piece.length, bytes - at), at);
        if (bytesRead === 0) break;
        check.write(piece.subarray(0, bytesRead));
        at += bytesRead;
      }
      check.end();
      if ((await file.stat()).size === bytes) return;
      await file.truncate(bytes);
      await file.datasync();
    });

  const converting = join(root, ".converting");

  /** SHA-256 and length of a file, which is durable when it resolves. */
  const measured = (path: string): Promise<Received> =>
    withFile(path, constants.O_RDWR, async (file) => {
      await file.sync();
      const hash = createHash("sha256");
      let bytes = 0;
      for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
        hash.update(chunk);
        bytes += chunk.length;
      }
      return { bytes, sha256: hash.digest("hex") };
    });

  /** From the innermost out, until one has something in it. */
  async function removeEmpty(folder: string): Promise<void> {
    if (!folder.startsWith(resolve(root) + sep)) return;
    try {
      await rmdir(folder);
    } catch (error) {
      if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes(codeOf(error) ?? "")) return;
      throw error;
    }
    await removeEmpty(dirname(folder));
  }

  return {
    async putPart(callId, n, known, arriving) {
      await mkdir(incoming(callId), { recursive: true });
      const at = n * PART_BYTES;
      const [aside, replacement] = known ? await receiveAside(callId, arriving) : [null, null];
      return withFile(whole(callId), CREATE, async (file) => {
        if (replacement) await file.write(replacement, { position: at });
        // straight into its place: then nothing is copied when the call is over
        const received = aside ?? (await receive(file, at, arriving));
        await file.datasync();
        return received;
      });
    },

    dropParts: (callId) => rm(incoming(callId), { recursive: true, force: true }),

    async assemble(callId, { bytes }, file, note, check) {
      const target = inside(file);
      const beside = inside(note.file);
      const grown = whole(callId);
      const noted = join(incoming(callId), crypto.randomUUID());
      await mkdir(incoming(callId), { recursive: true });
      // it may have been moved just before a power failure
      const moved = !existsSync(grown) && existsSync(target);
      await Promise.all([
        examine(moved ? target : grown, bytes, check),
        writeFile(noted, note.text, { flush: true }),
      ]);
      await mkdir(dirname(target), { recursive: true });
      await rename(noted, beside);
      if (!moved) await rename(grown, target);
      await syncFolder(dirname(target));
    },

    async read(file, span) {
      const path = inside(file);
      try {
        await stat(path);
      } catch (error) {
        if (codeOf(error) === "ENOENT") throw new AppError("not_found", { cause: error });
        throw error;
      }
      const stream = createReadStream(path, span ? { start: span.from, end: span.to } : {});
      return Readable.toWeb(stream);
    },

    async convert(file, target, make) {
      const [from, to] = [inside(file), inside(target)];
      if (!existsSync(from)) throw new AppError("not_found");
      await mkdir(converting, { recursive: true });
      const made = join(converting, `${crypto.randomUUID()}${extname(target)}`);
      try {
        await make(from, made);
        const received = await measured(made);
        await rename(made, to);
        await syncFolder(dirname(to));
        return received;
      } finally {
        await rm(made, { force: true });
      }
    },

    has: async (file) => existsSync(inside(file)),

    async putNote({ file, text }) {
      const path = inside(file);
      await mkdir(converting, { recursive: true });
      const written = join(converting, crypto.randomUUID());
      await writeFile(written, text, { flush: true });
      await rename(written, path);
      await syncFolder(dirname(path));
    },

    async remove(files) {
      const paths = files.map(inside);
      for (const path of paths) await rm(path, { force: true });
      for (const folder of new Set(paths.map((path) => dirname(path)))) {
        if (existsSync(folder)) await syncFolder(folder);
        await removeEmpty(folder);
      }
    },

    async freeBytes() {
      const { bavail, bsize } = await statfs(root);
      return bavail * bsize;
    },

    tidy: () => rm(converting, { recursive: true, force: true }),

    async check() {
      await mkdir(root, { recursive: true });
      await access(root, constants.W_OK);
    },
  };
}
