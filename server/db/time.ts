import { Temporal } from "temporal-polyfill";

/** The instant at which a local day begins. `day` is `YYYY-MM-DD`; daylight saving is respected. */
export const startOfDay = (day: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds);

/** The instant at which a day's clock shows this full hour; one that daylight saving skips is the one after. */
export const timeOn = (day: string, hour: number, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds);

/** The day `days` after (or before, when negative) this one; asked for each day of a chart, hence without Temporal. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The local day of an instant, `YYYY-MM-DD`. */
export const dayOf = (instant: Date, timeZone: string): string =>
  local(instant, timeZone).toPlainDate().toString();

/** The local hour of an instant, 0 to 23. */
export const hourOf = (instant: Date, timeZone: string): number => local(instant, timeZone).hour;

/** The hours of a site's clock in which work is done that nobody should notice. */
const NIGHT = { from: 1, to: 6 };
export const isNight = (instant: Date, timeZone: string): boolean => {
  const hour = hourOf(instant, timeZone);
  return hour >= NIGHT.from && hour < NIGHT.to;
};

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

/** Every zone's clock differs from UTC by a multiple of this. */
export const SLOT_MS = 900_000;
export type Place = { hour: Date; day: string };
const places = new Map<string, Map<number, Place>>();

/** The hour (its first instant) and the day that a site's clock shows. Asked for each call, hence remembered. */
export function placeOf(instant: Date, timeZone: string): Place {
  const slot = Math.floor(instant.getTime() / SLOT_MS) * SLOT_MS;
  const known = places.get(timeZone) ?? new Map<number, Place>();
  places.set(timeZone, known);
  let place = known.get(slot);
  if (!place) {
    const clock = local(new Date(slot), timeZone);
    place = { hour: new Date(slot - clock.minute * 60_000), day: clock.toPlainDate().toString() };
    if (known.size > 50_000) known.clear();
    known.set(slot, place);
  }
  return place;
}

const offsets = new Map<string, Map<number, number>>();

/** Milliseconds by which a zone's clock is ahead of UTC. Asked for each row of an export, hence remembered. */
export function clockOffset(instant: Date, timeZone: string): number {
  const slot = Math.floor(instant.getTime() / SLOT_MS) * SLOT_MS;
  const known = offsets.get(timeZone) ?? new Map<number, number>();
  offsets.set(timeZone, known);
  let offset = known.get(slot);
  if (offset === undefined) {
    offset = local(new Date(slot), timeZone).offsetNanoseconds / 1_000_000;
    if (known.size > 50_000) known.clear();
    known.set(slot, offset);
  }
  return offset;
}

const local = (instant: Date, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
