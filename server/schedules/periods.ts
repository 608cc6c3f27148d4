import type { ReportPeriod } from "#contract";
import { addDays, dayOf, timeOn } from "../db/time.ts";

/** When reports are made, by the site's clock: before anybody comes in. */
const HOUR = 6;

/** Whether a report is made on this day. `day` is `YYYY-MM-DD`. */
const isTime = (period: ReportPeriod, day: string): boolean => {
  if (period === "weekly") return new Date(day).getUTCDay() === 1;
  return period === "daily" || day.endsWith("-01");
};

/** The first time after an instant at which a report is made. */
export function nextTime(period: ReportPeriod, after: Date, timeZone: string): Date {
  for (let day = dayOf(after, timeZone); ; day = addDays(day, 1)) {
    const time = timeOn(day, HOUR, timeZone);
    if (isTime(period, day) && time > after) return time;
  }
}

/** The first day of the period that a report of this day is about; its last one is the day before. */
export function firstDay(period: ReportPeriod, day: string): string {
  if (period === "daily") return addDays(day, -1);
  return period === "weekly" ? addDays(day, -7) : `${addDays(day, -1).slice(0, 7)}-01`;
}

/**
 * The days that a report is about which was due at `dueAt` and is made at `now`: the period before. One that was missed,
 * because the server was off, is made up by one report of all that was missed.
 */
export function daysOf(
  period: ReportPeriod,
  dueAt: Date,
  now: Date,
  timeZone: string,
): { from: string; to: string } {
  let last = dueAt;
  for (let next = nextTime(period, last, timeZone); next <= now; next = nextTime(period, last, timeZone))
    last = next;
  return { from: firstDay(period, dayOf(dueAt, timeZone)), to: addDays(dayOf(last, timeZone), -1) };
}
