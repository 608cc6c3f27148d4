import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import ZipStream from "zip-stream";
import { DEVICE_NAME } from "#contract";

/** One file of a ZIP. `packed`: it is compressed already, such as a workbook or FLAC, and goes in as it is. */
export type ZipEntry = { name: string; from: Readable | Buffer | string; at?: Date; packed?: boolean };

/**
 * Writes a ZIP file while its entries come, one after the other. Names are made safe and unique.
 * @throws what the signal, an entry or the disk says; an unfinished file may stand there then
 */
export async function writeZip(
  file: string,
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  signal?: AbortSignal,
): Promise<void> {
  const zip = new ZipStream({ zlib: { level: 1 } });
  const written = pipeline(zip, createWriteStream(file, { mode: 0o600 }), { signal });
  const add = (entry: ZipEntry, name: string) =>
    new Promise<void>((resolve, reject) => {
      const { from, at, packed } = entry;
      if (typeof from === "object" && "once" in from) from.once("error", reject);
      written.catch(reject);
      zip.entry(from, { name, date: at ?? new Date(), store: packed ?? false }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  const fill = async (): Promise<void> => {
    const nameOf = safeNames();
    for await (const entry of entries) await add(entry, nameOf(entry.name));
    zip.finish();
  };
  try {
    await Promise.all([fill(), written]);
  } catch (error) {
    zip.destroy();
    throw error;
  }
}

// what Windows does not take in a name, and what only some editors show
const FORBIDDEN = /[<>:"|?*\\\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * Names for the entries of one ZIP: below where it is unpacked, such as every file system takes them, and no two alike,
 * however their letters are written.
 */
export function safeNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const parts = name
      .normalize("NFC")
      .split(/[/\\]/)
      .map((part) =>
        part
          .slice(0, 120)
          .replace(FORBIDDEN, "_")
          .trim()
          .replace(/[. ]+$/, ""),
      )
      .filter((part) => part !== "" && part !== "." && part !== "..")
      .map((part) => (DEVICE_NAME.test(part) ? `_${part}` : part));
    const path = parts.join("/") || "_";
    const [, stem = path, ending = ""] = /^(.*?)(\.[^./]{1,8})?$/s.exec(path) ?? [];
    let unique = path;
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${stem} (${n})${ending}`;
    taken.add(unique.toLowerCase());
    return unique;
  };
}
