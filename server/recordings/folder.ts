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
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { PART_BYTES } from "#contract";
import { AppError } from "../errors.ts";
import type { AudioCheck, RecordingStore } from "./store.ts";

/** The operating system's code of an error, such as ENOENT. */
const codeOf = (error: unknown) => (error as { code?: string } | null)?.code;

const PIECE_BYTES = 1 << 20;

/** Makes a rename durable. Windows cannot sync a folder, and needs not. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
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

  /** Writes what arrives to a file from a place on; it is on the disk afterwards. */
  async function receive(path: string, from: number, body: ReadableStream<Uint8Array>, limit: number) {
    const hash = createHash("sha256");
    const file = await open(path, constants.O_RDWR | constants.O_CREAT);
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
    try {
      for await (const chunk of body) {
        bytes += chunk.byteLength;
        if (bytes > limit) throw new AppError("too_large");
        hash.update(chunk);
        waiting.push(chunk);
        waits += chunk.byteLength;
        if (waits >= PIECE_BYTES) await flush();
      }
      await flush();
      await file.datasync();
    } finally {
      await file.close();
    }
    return { bytes, sha256: hash.digest("hex") };
  }

  /** Puts what has arrived into its place. */
  async function place(callId: string, n: number, arrived: string): Promise<void> {
    const file = await open(whole(callId), constants.O_RDWR | constants.O_CREAT);
    try {
      await file.write(await readFile(arrived), { position: n * PART_BYTES });
      await file.datasync();
    } finally {
      await file.close();
    }
    await rm(arrived);
  }

  async function examine(path: string, check: AudioCheck): Promise<void> {
    const file = await open(path, "r");
    try {
      // one piece of memory for all of it: fresh ones cost more than the reading
      const piece = Buffer.allocUnsafe(PIECE_BYTES);
      for (;;) {
        const { bytesRead } = await file.read(piece, 0, piece.length, null);
        if (bytesRead === 0) break;
        check.write(piece.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
    check.end();
  }

  return {
    async putPart(callId, n, known, body, limit, accept) {
      await mkdir(incoming(callId), { recursive: true });
      if (!known) {
        // straight into its place: then nothing is copied when the call is over, and what is refused is no part
        const received = await receive(whole(callId), n * PART_BYTES, body, limit);
        accept(received);
        return received;
      }
      const arriving = join(incoming(callId), crypto.randomUUID());
      try {
        const received = await receive(arriving, 0, body, limit);
        accept(received);
        await place(callId, n, arriving);
        return received;
      } catch (error) {
        await rm(arriving, { force: true });
        throw error;
      }
    },

    dropParts: (callId) => rm(incoming(callId), { recursive: true, force: true }),

    async assemble(callId, { bytes }, file, check) {
      const target = inside(file);
      const grown = whole(callId);
      // it may have been moved just before a power failure
      if (!existsSync(grown) && existsSync(target)) return examine(target, check);
      await truncate(grown, bytes);
      await examine(grown, check);
      await mkdir(dirname(target), { recursive: true });
      await rename(grown, target);
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

    async putText(file, text) {
      const path = inside(file);
      const arriving = `${path}.${crypto.randomUUID()}`;
      await writeFile(arriving, text, { flush: true });
      await rename(arriving, path);
    },

    async check() {
      await mkdir(root, { recursive: true });
      await access(root, constants.W_OK);
    },
  };
}
