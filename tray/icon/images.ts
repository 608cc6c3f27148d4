import { readFileSync } from "node:fs";
import type { IconState } from "../ports.ts";

/** Each size has a drawing of its own: at 16 pixels a small 64 would be a blur. */
const SIZES = [16, 32, 64];
const ENTRY_BYTES = 16;

const pngOf = (state: IconState, size: number): Buffer =>
  readFileSync(new URL(`./${state}-${size}.png`, import.meta.url));

/**
 * Wraps PNGs as one .ico file: the header, a directory entry each, and the PNGs as they are (Windows Vista and later).
 * Layout: https://learn.microsoft.com/windows/win32/menurc/newheader
 */
function icoOf(pngs: { size: number; png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + pngs.length * ENTRY_BYTES);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pngs.length, 4);
  let at = header.length;
  for (const [i, { size, png }] of pngs.entries()) {
    const entry = 6 + i * ENTRY_BYTES;
    header.writeUInt8(size, entry);
    header.writeUInt8(size, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(at, entry + 12);
    at += png.length;
  }
  return Buffer.concat([header, ...pngs.map(({ png }) => png)]);
}

/** The drawing of a state as base64 of what the system wants: .ico on Windows, PNG elsewhere. */
export function imageOf(state: IconState, platform: NodeJS.Platform = process.platform): string {
  if (platform !== "win32") return pngOf(state, 64).toString("base64");
  return icoOf(SIZES.map((size) => ({ size, png: pngOf(state, size) }))).toString("base64");
}
