import { hash, randomBytes, randomInt } from "node:crypto";

/** 256 random bits, as text for a header or a cookie. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is stored of a token. */
export const hashToken = (token: string): string => hash("sha256", token);

/** No 0/O and no 1/I, because a person reads it from one screen and types it on another. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** A code such as `K7M4-29QX`: 40 random bits, for a code that lives briefly. */
export function newCode(): string {
  const letters = Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** The code as it was made, however it was typed. */
export const plainCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
