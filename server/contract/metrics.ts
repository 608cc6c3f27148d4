import { z } from "zod";
import { id, paging, day, instant } from "./common.ts";
import { scope } from "./stats.ts";

/** Every metric that a board shows; each is defined once, in server/stats/metrics.ts. */
export const metricId = z.enum([
  "calls",
  "answered",
  "contacts",
  "sales",
  "saleAmount",
  "successRate",
  "successRateByAnswered",
  "successRateByCalls",
  "contactRate",
  "averageTalk",
  "averageHold",
  "averageWrapUp",
  "averageHandle",
  "talk",
  "occupancy",
  "salesPerHour",
  "aiShare",
  "aiAsks",
]);
export type MetricId = z.infer<typeof metricId>;
/** How a value is read: a number, a share of one, seconds, money, or a number an hour. */
export const metricUnit = z.enum(["count", "share", "seconds", "money", "perHour"]);

/** What a metric is, in the reader's language. `denominator` is null for a plain sum. */
export const metric = z.object({
  id: metricId,
  name: z.string(),
  formula: z.string(),
  source: z.string(),
  unit: metricUnit,
  numerator: z.string(),
  denominator: z.string().nullable(),
});
export type Metric = z.infer<typeof metric>;

/** Where a number stands: whose, on which days, of which campaign, with or without the copilot. */
export const figurePlace = z.object({
  scope: scope.optional(),
  agent: id.optional(),
  from: day.optional(),
  to: day.optional(),
  /** Only what was counted before this instant: for comparisons with a day that is not over. */
  until: instant.optional(),
  campaign: z.string().max(80).optional(),
  ai: z.enum(["with", "without", "held_out"]).optional(),
});
export type FigurePlace = z.infer<typeof figurePlace>;
export const explainQuery = figurePlace.extend({ metric: metricId });

/** A number opened: what it is and what it is made of. */
export const explanation = z.object({
  metric,
  scope: z.string(),
  from: day,
  to: day,
  /** Null where the denominator is 0 or nothing was observed. */
  value: z.number().nullable(),
  numerator: z.number(),
  denominator: z.number().nullable(),
  /** Too few to say much: the denominator is below 20. */
  few: z.boolean(),
  /** Median and p90 in seconds, for mean durations; to within a tenth, from counted steps. */
  spread: z.object({ median: z.number(), p90: z.number() }).nullable(),
});
export type Explanation = z.infer<typeof explanation>;

/** The calls behind the numerator or the denominator, newest first. */
export const behindQuery = explainQuery.extend({
  ...paging.shape,
  part: z.enum(["numerator", "denominator"]).default("numerator"),
});
