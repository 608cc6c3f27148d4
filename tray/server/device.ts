import { hostname } from "node:os";
import { join } from "node:path";
import { pairing } from "#contract";
import { z } from "zod";
import { readIfThere, writePrivate } from "../files.ts";

const stored = pairing.extend({ device: z.string(), serverUrl: z.string() });
/** What pairing gave this PC: the bearer token and whose PC it is. */
export type Device = z.infer<typeof stored>;

const fileOf = (data: string) => join(data, "device.json");

/** The name under which this PC pairs. */
export const deviceName = (): string => hostname().slice(0, 80) || "PC";

/**
 * The pairing with this server, or null when there is none: a token goes to no other server.
 * @throws Error when the file cannot be read
 */
export function readDevice(data: string, serverUrl: string): Device | null {
  const text = readIfThere(fileOf(data));
  if (text === null) return null;
  try {
    const device = stored.parse(JSON.parse(text));
    return device.serverUrl === serverUrl ? device : null;
  } catch (cause) {
    throw new Error(`${fileOf(data)} is damaged: delete it and pair this PC again.`, { cause });
  }
}

/** Keeps the pairing in a file that only this user can read. */
export function writeDevice(data: string, device: Device): void {
  writePrivate(fileOf(data), JSON.stringify(device));
}
