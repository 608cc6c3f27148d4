import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, constants, mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { AppError } from "../errors.ts";
import type { AudioCheck, RecordingStore } from "./store.ts";

/** The operating system's code of an error, such as ENOENT. */
const codeOf = (error: unknown) => (error as { code?: string } | null)?.code;

const WRITE_BYTES = 1 << 20;

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

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
  const part = (callId: string, n: number) => join(incoming(callId), String(n));
  const inside = (file: string): string => {
    const path = resolve(root, file);
    if (!path.startsWith(resolve(root) + sep)) throw new AppError("not_found");
    return path;
  };

  async function receive(path: string, body: ReadableStream<Uint8Array>, limit: number) {
    const hash = createHash("sha256");
    const file = await open(path, "w");
    let bytes = 0;
    let waiting: Uint8Array[] = [];
    let waits = 0;
    // a network's chunks are small: a trip to the disk for each would take longer than the writing
    const flush = async () => {
      if (waits > 0) await file.writev(waiting);
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
        if (waits >= WRITE_BYTES) await flush();
      }
      await flush();
      await file.sync();
    } finally {
      await file.close();
    }
    return { bytes, sha256: hash.digest("hex") };
  }

  async function joinParts(callId: string, count: number, target: string, check: AudioCheck): Promise<void> {
    const output = createWriteStream(target);
    try {
      for (let n = 0; n < count; n++)
        for await (const chunk of createReadStream(part(callId, n), { highWaterMark: 1 << 20 })) {
          check.write(chunk as Buffer);
          if (!output.write(chunk)) await new Promise((resume) => output.once("drain", resume));
        }
      check.end();
    } finally {
      await new Promise<void>((closed, failed) => output.once("error", failed).end(closed));
    }
    await syncFile(target);
  }

  return {
    async putPart(callId, n, body, limit, accept) {
      await mkdir(incoming(callId), { recursive: true });
      const path = part(callId, n);
      const arriving = `${path}.${crypto.randomUUID()}`;
      try {
        const received = await receive(arriving, body, limit);
        accept(received);
        await rename(arriving, path);
        return received;
      } catch (error) {
        await rm(arriving, { force: true });
        throw error;
      }
    },

    dropParts: (callId) => rm(incoming(callId), { recursive: true, force: true }),

    async assemble(callId, count, file, check) {
      const target = inside(file);
      const whole = join(incoming(callId), "whole.wav");
      await joinParts(callId, count, whole, check);
      await mkdir(dirname(target), { recursive: true });
      await rename(whole, target);
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
