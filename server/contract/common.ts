import { z } from "zod";

/** UUIDv7, made by whoever creates the thing, so that every write can be sent twice. */
export const id = z.uuidv7();
/** No database counts time zones and weeks around the years 0 and 9999. */
const inOurTimes = (written: string): boolean => written >= "1970" && written < "3000";
const YEARS = "between the years 1970 and 2999";
/** ISO 8601 in UTC, e.g. `2026-11-22T14:30:25.000Z`. */
export const instant = z.iso.datetime({ abort: true }).refine(inOurTimes, YEARS);
/** `YYYY-MM-DD`, a day in the site's time zone. */
export const day = z.iso.date({ abort: true }).refine(inOurTimes, YEARS);
/** Whole seconds. */
export const seconds = z
  .int()
  .min(0)
  .max(86_400 * 7);
/** A decimal amount in the site's currency. */
export const money = z.number().min(0).max(1_000_000_000);
/** Text a person typed: trimmed, no control characters, `max` UTF-16 units. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, "no control characters");
/** Several lines that a person typed, with `\n` between them; no other control characters but tabs. */
export const lines = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, "\n").trim())
    .max(max)
    .regex(/^[\t\n\P{Cc}]*$/u, "no control characters");
/** SHA-256 as 64 lower-case hex digits. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits");
export const language = z.enum(["es", "en"]);
export type Language = z.infer<typeof language>;

/** Personal data of which only the kind is kept; `number` is a long one that could be anything. */
export const personalKind = z.enum(["email", "card", "account", "id", "phone", "number"]);
export type PersonalKind = z.infer<typeof personalKind>;

/** A share that shows what it is made of. `value` is null when the denominator is 0. */
export const rate = z.object({
  value: z.number().nullable(),
  numerator: z.int(),
  denominator: z.int(),
});
export type Rate = z.infer<typeof rate>;

/** One page of a list; `next` goes into `after=` to get the following one, null at the end. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
export type Page<T> = { items: T[]; next: string | null };

/** A proportion with its 95 % interval (Wilson), 0 to 1. */
export const interval = z.object({ from: z.number(), to: z.number() });
export type Interval = z.infer<typeof interval>;

/** The query of every list. */
export const paging = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** RFC 9457, with a code for programs and a hint that tells a person what to do. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  hint: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;
