import { z } from "zod";
import { day, instant, money, rate } from "./common.ts";

/** `me`, `team:<name>`, `site:<name>` or `all`. */
export const scope = z
  .string()
  .max(80)
  .regex(/^(me|all|team:.+|site:.+)$/, "me, all, team:<name> or site:<name>");

/** A mean with its median and p90, in seconds, over `n` calls; null where nothing was observed. */
export const duration = z.object({
  mean: z.number().nullable(),
  median: z.number().nullable(),
  p90: z.number().nullable(),
  n: z.int(),
});
export type Duration = z.infer<typeof duration>;

/**
 * Figures of ended calls, counted when their wrap-up ended. What each means stands in server/stats/metrics.ts and is
 * served at /api/stats/metrics. `successRate` is sales / contacts.
 */
export const totals = z.object({
  calls: z.int(),
  answered: z.int(),
  contacts: z.int(),
  sales: z.int(),
  saleAmount: money,
  successRate: rate,
  talkSeconds: z.int(),
  holdSeconds: z.int(),
  /** Calls whose hold is known; the others are left out of its mean. */
  holdCalls: z.int(),
  wrapUpSeconds: z.int(),
  wrapUpCalls: z.int(),
  readySeconds: z.int(),
  pausedSeconds: z.int(),
  /** Handling / (handling + ready), in seconds. */
  occupancy: rate,
  aiAsks: z.int(),
  aiCalls: z.int(),
});
export type Totals = z.infer<typeof totals>;

export const statsQuery = z.object({
  scope: scope.optional(),
  from: day.optional(),
  to: day.optional(),
});

export const stats = z.object({
  scope: z.string(),
  from: day,
  to: day,
  timeZone: z.string(),
  /** The instant up to which calls are counted. */
  until: instant,
  totals,
  /** The same span one week earlier, up to the same time of day. */
  weekBefore: totals,
  handle: duration,
  talk: duration,
  wrapUp: duration,
  /** Local hours 0 to 23 over all days of the span, and those of the week before, whole. */
  hours: z.array(z.object({ calls: z.int(), sales: z.int(), callsWeekBefore: z.int() })),
  /** The seven days that end with `to`. */
  days: z.array(z.object({ day, calls: z.int(), sales: z.int() })),
});
export type Stats = z.infer<typeof stats>;
