import { join } from "node:path";
import { z } from "zod";
import { readIfThere, writePrivate } from "./files.ts";

const stored = z.object({ day: z.string(), last: z.int() });

/** `YYYYMMDD_HHMMSS` on this PC's clock, as file names have it. */
export function localStamp(instant: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${instant.getFullYear()}${two(instant.getMonth() + 1)}${two(instant.getDate())}`;
  return `${day}_${two(instant.getHours())}${two(instant.getMinutes())}${two(instant.getSeconds())}`;
}

/** The next number of a call on its local day, from 1; kept on the disk, so that a restart repeats none. */
export function nextNumber(data: string, instant: Date): number {
  const file = join(data, "numbers.json");
  const day = localStamp(instant).slice(0, 8);
  const known = stored.safeParse(parse(readIfThere(file)));
  const last = known.success && known.data.day === day ? known.data.last : 0;
  writePrivate(file, JSON.stringify({ day, last: last + 1 }));
  return last + 1;
}

/** A damaged file counts as none: the server tells two calls of one number apart. */
function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
