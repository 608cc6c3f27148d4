import { Temporal } from "temporal-polyfill";

/** The instant at which a local day begins. `day` is `YYYY-MM-DD`; daylight saving is respected. */
export const startOfDay = (day: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);

/** The day `days` after (or before, when negative) this one. */
export const addDays = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString();

/** The local day of an instant, `YYYY-MM-DD`. */
export const dayOf = (instant: Date, timeZone: string): string =>
  local(instant, timeZone).toPlainDate().toString();

/** The local hour of an instant, 0 to 23. */
export const hourOf = (instant: Date, timeZone: string): number => local(instant, timeZone).hour;

/** The same wall-clock time `days` later, as an instant. */
export const sameTimeOn = (instant: Date, days: number, timeZone: string): Date =>
  new Date(local(instant, timeZone).add({ days }).epochMilliseconds);

/** `YYYYMMDD_HHMMSS` in local time, as it stands in a recording's name. */
export function fileStamp(instant: Date, timeZone: string): string {
  const [day = "", time = ""] = local(instant, timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "second" })
    .split("T");
  return `${day.replaceAll("-", "")}_${time.replaceAll(":", "")}`;
}

/** An instant as a Date whose UTC fields read as the local time: what a spreadsheet shows. */
export const wallClock = (instant: Date, timeZone: string): Date =>
  new Date(`${local(instant, timeZone).toPlainDateTime().toString({ smallestUnit: "millisecond" })}Z`);

/** The UTC hour that contains an instant. */
export const utcHour = (instant: Date): Date =>
  new Date(Math.floor(instant.getTime() / 3_600_000) * 3_600_000);

const local = (instant: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
