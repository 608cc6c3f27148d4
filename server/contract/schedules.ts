import { z } from "zod";
import { id, instant, line } from "./common.ts";
import { exportFilters, exportFormat, exportKind, reportPeriod } from "./jobs.ts";

/** An export that makes itself at six in the morning: of the day, week or month before. */
export const scheduleInput = z.object({
  name: line(60),
  period: reportPeriod,
  kind: exportKind,
  format: exportFormat.default("xlsx"),
  /** The days are the period's. */
  filters: exportFilters.omit({ from: true, to: true }).default({}),
  /** A file for each team that the filters hold, instead of one with a sheet a team. */
  byTeam: z.boolean().default(false),
});
export type ScheduleInput = z.input<typeof scheduleInput>;

export const scheduleChange = z
  .object({ name: line(60), period: reportPeriod, active: z.boolean() })
  .partial();
export type ScheduleChange = z.infer<typeof scheduleChange>;

export const schedule = scheduleInput.extend({
  id,
  active: z.boolean(),
  /** When the next one is made; as it would be where it is paused. */
  nextAt: instant,
  createdAt: instant,
  lastJobId: id.nullable(),
  /** Why it stopped by itself, as the code of an error; null where it did not. */
  stopped: z.string().nullable(),
});
export type Schedule = z.infer<typeof schedule>;
