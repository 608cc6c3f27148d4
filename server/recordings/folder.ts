import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import {
  access,
  constants,
  mkdir,
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
import { giveBack } from "../http/memory.ts";
import { codeOf, CREATE, pages, pastCache, syncFolder, withFile } from "./files.ts";
import { SKETCH_BYTES } from "./sketch.ts";
import { PIECE_BYTES, type Arriving, type AudioCheck, type Received, type RecordingStore } from "./store.ts";

/** So many pieces of memory are kept for the next parts. */
const MOST_SPARE = 32;

/** What is read at once. */
const READ_BYTES = 4 * PIECE_BYTES;

/**
 * Recordings in one folder; what is not complete waits in `.incoming` on the same file system. Audio goes past the
 * system's cache, where it would be copied once more and push out what is read often.
 * @param flagsOf what a folder's files are opened with for that
 */
export function folderStore(root: string, flagsOf = pastCache): RecordingStore {
  const incoming = (callId: string) => join(root, ".incoming", callId);
  const whole = (callId: string) => join(incoming(callId), "whole.wav");
  const sketches = (callId: string) => join(incoming(callId), "sketches");
  const inside = (file: string): string => {
    const path = resolve(root, file);
    if (!path.startsWith(resolve(root) + sep)) throw new AppError("not_found");
    return path;
  };

  let flags: number | undefined;
  const past = async (): Promise<number> => (flags ??= await flagsOf(join(root, ".incoming")));

  const spare: Uint8Array[] = [];
  /** Writes what arrives to a file from a place on; what is refused may stand there, but is no part. */
  async function receive(
    path: string,
    file: FileHandle,
    from: number,
    { body, limit, see, accept }: Arriving,
  ): Promise<[Received, Uint8Array]> {
    const hash = createHash("sha256");
    // a network's chunks are small: a trip to the disk for each would take longer than the writing
    const piece = spare.pop() ?? pages(PIECE_BYTES);
    let [bytes, fill] = [0, 0];
    const flush = async (to: FileHandle) => {
      const written = to.write(piece, 0, fill, from + bytes - fill);
      see(piece.subarray(0, fill));
      await written;
      fill = 0;
    };
    try {
      for await (const chunk of body) {
        if (bytes + chunk.byteLength > limit) throw new AppError("too_large");
        hash.update(chunk);
        for (let at = 0; at < chunk.byteLength;) {
          const some = chunk.subarray(at, at + PIECE_BYTES - fill);
          piece.set(some, fill);
          at += some.byteLength;
          fill += some.byteLength;
          bytes += some.byteLength;
          if (fill === PIECE_BYTES) await flush(file);
        }
      }
      // the recording's end is no whole block
      if (fill > 0) await withFile(path, CREATE, flush);
    } finally {
      if (spare.length < MOST_SPARE) spare.push(piece);
      else giveBack(piece);
    }
    const received = { bytes, sha256: hash.digest("hex") };
    return [received, accept(received)];
  }

  /** What replaces a part waits beside it until it is accepted. */
  async function receiveAside(callId: string, arriving: Arriving): Promise<[Received, Uint8Array, Buffer]> {
    const path = join(incoming(callId), crypto.randomUUID());
    try {
      const [received, sketch] = await withFile(path, CREATE, (file) => receive(path, file, 0, arriving));
      return [received, sketch, await readFile(path)];
    } finally {
      await rm(path, { force: true });
    }
  }

  const keepSketch = (callId: string, n: number, sketch: Uint8Array) =>
    withFile(sketches(callId), CREATE, (file) => file.write(sketch, { position: n * SKETCH_BYTES }));

  /** Shows the first `bytes` of a file to the check; what a part left behind them is cut off afterwards. */
  const examine = async (path: string, bytes: number, check: AudioCheck): Promise<void> =>
    withFile(path, constants.O_RDWR | (await past()), async (file) => {
      // two pieces of memory for all of it: one is read while the other is looked at
      let [piece, other] = [pages(READ_BYTES), pages(READ_BYTES)];
      const read = (at: number) => file.read(piece, 0, READ_BYTES, at);
      let next = read(0);
      for (let at = 0; at < bytes; at += READ_BYTES) {
        const { bytesRead } = await next;
        [piece, other] = [other, piece];
        next = read(at + READ_BYTES);
        check.write(other.subarray(0, Math.min(bytesRead, bytes - at)));
      }
      await next;
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
      if (!known)
        return withFile(whole(callId), CREATE | (await past()), async (file) => {
          // straight into its place: then nothing is copied when the call is over
          const [received, sketch] = await receive(whole(callId), file, at, arriving);
          await Promise.all([file.datasync(), keepSketch(callId, n, sketch)]);
          return received;
        });
      const [received, sketch, replacement] = await receiveAside(callId, arriving);
      // first: a kill in between must not leave the earlier part's sketch to this one
      await keepSketch(callId, n, sketch);
      await withFile(whole(callId), CREATE, async (file) => {
        await file.write(replacement, { position: at });
        await file.datasync();
      });
      return received;
    },

    async sketches(callId) {
      const kept = await readFile(sketches(callId)).catch((error: unknown) => {
        if (codeOf(error) === "ENOENT") return Buffer.alloc(0);
        throw error;
      });
      return Array.from({ length: kept.length / SKETCH_BYTES }, (_, n) =>
        kept.subarray(n * SKETCH_BYTES, (n + 1) * SKETCH_BYTES),
      );
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
