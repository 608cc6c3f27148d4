import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { readIfThere, writePrivate } from "../files.ts";

/** Where programs of this user find the key of the control API. */
export const tokenFile = (data: string): string => join(data, "control-token");

/** The key of the control API: made once, 32 random bytes, in a file that only this user can read. */
export function controlToken(data: string): string {
  const known = readIfThere(tokenFile(data))?.trim();
  if (known) return known;
  const token = randomBytes(32).toString("base64url");
  writePrivate(tokenFile(data), `${token}\n`);
  return token;
}

/** Whether the header `Authorization` holds the key; takes equally long for every wrong one. */
export function authorises(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(header ?? ""), digest(`Bearer ${token}`));
}
