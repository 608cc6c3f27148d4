import { inflateRawSync } from "node:zlib";

/** What an uploaded workbook may be at most when it is unpacked. */
export const MOST_BYTES = 200_000_000;
const MOST_FILES = 1_000;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const DEFLATED = 8;

/**
 * Unpacks each file of a ZIP up to what it says that it holds, so that nothing that is unpacked afterwards surprises.
 * @returns "large" where it holds too much, or more than it says
 * @throws Error or RangeError for what is no ZIP
 */
export function unpacks(bytes: Uint8Array): "fine" | "large" {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(buffer);
  const count = buffer.readUInt16LE(end + 10);
  if (count > MOST_FILES) return "large";
  let at = buffer.readUInt32LE(end + 16);
  let whole = 0;
  for (let n = 0; n < count; n++) {
    if (buffer.readUInt32LE(at) !== ENTRY) throw new Error("no entry where one should be");
    const [packed, size] = [buffer.readUInt32LE(at + 20), buffer.readUInt32LE(at + 24)];
    whole += size;
    if (whole > MOST_BYTES || !holds(buffer, at, packed, size)) return "large";
    at += 46 + buffer.readUInt16LE(at + 28) + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return "fine";
}

/** The end of central directory: the last 22 bytes, before a comment. */
function endOf(buffer: Buffer): number {
  for (let at = buffer.length - END_BYTES; at >= Math.max(0, buffer.length - END_BYTES - 65_535); at--)
    if (buffer.readUInt32LE(at) === END) return at;
  throw new Error("no ZIP file");
}

/** Whether an entry holds no more than it says. */
function holds(buffer: Buffer, entry: number, packed: number, size: number): boolean {
  const local = buffer.readUInt32LE(entry + 42);
  if (buffer.readUInt32LE(local) !== LOCAL) throw new Error("no file where one should be");
  const from = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
  if (buffer.readUInt16LE(entry + 10) !== DEFLATED) return packed <= size;
  try {
    inflateRawSync(buffer.subarray(from, from + packed), { maxOutputLength: Math.max(1, size) });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") return false;
    throw error;
  }
}
