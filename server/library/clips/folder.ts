import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { AppError } from "../../errors.ts";
import type { Span } from "../../recordings/store.ts";

/** Clips lie in `clips` below the data folder, each named by its id. */
export function clipFolder(dataFolder: string) {
  const folder = join(dataFolder, "clips");
  return {
    /** Durable when it resolves; what fails leaves nothing behind. */
    async keep(
      id: string,
      pieces: AsyncIterable<Uint8Array>,
    ): Promise<{ file: string; bytes: number; sha256: string }> {
      await mkdir(folder, { recursive: true });
      const [file, growing] = [`${id}.wav`, join(folder, `${id}.${crypto.randomUUID()}`)];
      const hash = createHash("sha256");
      let bytes = 0;
      try {
        const handle = await open(growing, "wx");
        try {
          for await (const piece of pieces) {
            hash.update(piece);
            await handle.write(piece, 0, piece.byteLength, bytes);
            bytes += piece.byteLength;
          }
          await handle.datasync();
        } finally {
          await handle.close();
        }
        await rename(growing, join(folder, file));
      } finally {
        await rm(growing, { force: true });
      }
      return { file, bytes, sha256: hash.digest("hex") };
    },

    /** The file or a span of it. @throws not_found */
    async read(file: string, span: Span | null): Promise<ReadableStream<Uint8Array>> {
      const path = join(folder, file);
      await access(path).catch((cause: unknown) => {
        throw new AppError("not_found", { cause });
      });
      return Readable.toWeb(createReadStream(path, span ? { start: span.from, end: span.to } : {}));
    },

    /** The names of all that lies there, half files too. */
    list: (): Promise<string[]> => readdir(folder).catch(() => []),
    remove: (file: string): Promise<void> => rm(join(folder, file), { force: true }),
  };
}
