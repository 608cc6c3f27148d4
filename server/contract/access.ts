import { z } from "zod";
import { id, instant, line } from "./common.ts";

/** What another program's key may do. */
export const apiScope = z.enum([
  "calls:write",
  "calls:read",
  "recordings:read",
  "stats:read",
  "contacts:write",
]);
export type ApiScope = z.infer<typeof apiScope>;

/** A browser in which somebody has signed in, or a PC that is paired with them. */
export const session = z.object({
  id,
  kind: z.enum(["browser", "device"]),
  /** The PC's own name; null for a browser. */
  device: z.string().nullable(),
  /** `Firefox · Windows`; null where the program did not say. */
  browser: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: instant,
  /** To within five minutes. */
  lastSeenAt: instant.nullable(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
});
export type Session = z.infer<typeof session>;
export const sessionList = z.object({ items: z.array(session) });

/** Accounts that wait because somebody tried too many passwords. */
export const lockedPeople = z.object({ items: z.array(z.object({ userId: id, until: instant })) });
export type LockedPeople = z.infer<typeof lockedPeople>;

/** A code with which somebody sets a new password: shown this once, works once, for an hour. */
export const resetCode = z.object({ code: z.string(), expiresAt: instant });
export type ResetCode = z.infer<typeof resetCode>;

export const newApiKey = z.object({
  name: line(80),
  scopes: z
    .array(apiScope)
    .min(1)
    .refine((scopes) => new Set(scopes).size === scopes.length, "each code once"),
  /** From then on it works no more; without it, until it is revoked. */
  expiresAt: instant.optional(),
});
export const apiKey = z.object({
  id,
  name: z.string(),
  scopes: z.array(apiScope),
  /** Who made it, by name. */
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  /** To within five minutes. */
  lastUsedAt: instant.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;
/** `key` is shown this once: only its digest is kept. */
export const madeApiKey = apiKey.extend({ key: z.string() });
export type MadeApiKey = z.infer<typeof madeApiKey>;
export const apiKeyList = z.object({ items: z.array(apiKey) });
