import { readFileSync } from "node:fs";
import type { IconState } from "../ports.ts";

const SIZE = 64;

/**
 * Wraps one PNG as an .ico file: the header, one directory entry, and the PNG as it is (Windows Vista and later).
 * Layout: https://learn.microsoft.com/windows/win32/menurc/newheader
 */
export function icoOf(png: Buffer): Buffer {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(1, 4);
  header.writeUInt8(SIZE, 6);
  header.writeUInt8(SIZE, 7);
  header.writeUInt16LE(1, 10);
  header.writeUInt16LE(32, 12);
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}

/** The drawing of a state as base64 of what the system wants: .ico on Windows, PNG elsewhere. */
export function imageOf(state: IconState, platform: NodeJS.Platform = process.platform): string {
  const png = readFileSync(new URL(`./${state}.png`, import.meta.url));
  return (platform === "win32" ? icoOf(png) : png).toString("base64");
}
