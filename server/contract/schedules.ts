import { z } from "zod";
import { id, instant, line } from "./common.ts";
import { exportFilters, exportFormat, exportKind, reportPeriod } from "./jobs.ts";

const fields = z.object({
  name: line(60),
  period: reportPeriod,
  kind: exportKind,
  format: exportFormat,
  /** The days are the period's. */
  filters: exportFilters.omit({ from: true, to: true }),
  /**
   * A file for each team that the filters hold, instead of one with a sheet a team. Who supervises a team finds its file
   * among their own jobs.
   */
  byTeam: z.boolean(),
});

/** An export that makes itself at six in the morning: of the day, week or month before. */
export const scheduleInput = fields.extend({
  format: fields.shape.format.default("xlsx"),
  filters: fields.shape.filters.default({}),
  byTeam: fields.shape.byTeam.default(false),
});
export type ScheduleInput = z.input<typeof scheduleInput>;

/** What is missing stays as it is; filters are replaced as a whole. */
export const scheduleChange = fields.extend({ active: z.boolean() }).partial();
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
