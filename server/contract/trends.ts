import { z } from "zod";
import { day, interval, rate } from "./common.ts";
import { duration, scope, totals } from "./stats.ts";

export const trendsQuery = z.object({
  scope: scope.optional(),
  /** The last so many whole days, up to yesterday. */
  days: z.coerce.number().int().min(1).max(366).default(90),
  campaign: z.string().max(80).optional(),
});

/** A success rate with its 95 % interval (Wilson). */
export const estimate = z.object({ rate, interval: interval.nullable() });
export type Estimate = z.infer<typeof estimate>;

/** How far two success rates are apart, in points of one, with its 95 % interval (Newcombe). */
export const rateDifference = z.object({ value: z.number(), interval });
export type RateDifference = z.infer<typeof rateDifference>;

/** The figures that are compared between periods. */
export const compared = totals.pick({ calls: true, contacts: true, sales: true, successRate: true });
export type Compared = z.infer<typeof compared>;

/** One team, site or campaign, against the period before. `weeks`: success rate of each seven days, oldest first. */
export const trendGroup = z.object({
  name: z.string(),
  /** A team's site; null for sites and campaigns. */
  site: z.string().nullable(),
  totals: compared,
  before: compared,
  /** Its success rate against the one before; null where one of them is of nothing. */
  change: rateDifference.nullable(),
  weeks: z.array(rate),
});
export type TrendGroup = z.infer<typeof trendGroup>;

/** The executive's board: a period against the one before it, both of whole days. */
export const trends = z.object({
  scope: z.string(),
  from: day,
  to: day,
  beforeFrom: day,
  beforeTo: day,
  timeZone: z.string(),
  campaign: z.string().nullable(),
  totals,
  before: compared,
  change: rateDifference.nullable(),
  handle: duration,
  handleBefore: duration,
  /** Each day of the period, and of the one before, in order. */
  days: z.array(z.object({ day, calls: z.int(), contacts: z.int(), sales: z.int() })),
  daysBefore: z.array(z.object({ day, calls: z.int(), contacts: z.int(), sales: z.int() })),
  teams: z.array(trendGroup),
  sites: z.array(trendGroup),
  campaigns: z.array(trendGroup),
  /** Calls in which the copilot answered, the others, and where the hold-out is on those that it left out by chance. */
  ai: z.object({
    with: estimate,
    without: estimate,
    heldOut: estimate.nullable(),
    /** `with` minus `without`. */
    difference: rateDifference.nullable(),
    share: rate,
  }),
});
export type Trends = z.infer<typeof trends>;
