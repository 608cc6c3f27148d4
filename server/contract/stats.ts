import { z } from "zod";
import { day, instant, money, rate } from "./common.ts";

/** `me`, `team:<name>`, `site:<name>` or `all`. */
export const scope = z
  .string()
  .max(80)
  .regex(/^(me|all|team:.+|site:.+)$/, "me, all, team:<name> or site:<name>");

/**
 * Figures of ended calls, counted on the day on which they ended.
 * `successRate` = sales / calls; a sale is a call with the disposition `sale`.
 */
export const totals = z.object({
  calls: z.int(),
  answered: z.int(),
  sales: z.int(),
  saleAmount: money,
  successRate: rate,
  talkSeconds: z.int(),
  aiAsks: z.int(),
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
  /** Local hours 0 to 23 over all days of the span, and those of the week before, whole. */
  hours: z.array(z.object({ calls: z.int(), sales: z.int(), callsWeekBefore: z.int() })),
  /** The seven days that end with `to`. */
  days: z.array(z.object({ day, calls: z.int(), sales: z.int() })),
});
export type Stats = z.infer<typeof stats>;
