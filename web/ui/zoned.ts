/** How far the wall clock of a time zone is ahead of UTC at an instant, in milliseconds. */
function ahead(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return wall - Math.floor(at / 1000) * 1000;
}

/**
 * The instant at which a site's clock shows that time (`09:30`) on that day (`YYYY-MM-DD`), ISO 8601 in UTC.
 * Of an hour that comes twice the first one; in an hour that is left out, as far after the gap as it says.
 */
export function instantAt(day: string, time: string, timeZone: string): string {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const before = wall - ahead(wall - 86_400_000, timeZone);
  const after = wall - ahead(wall + 86_400_000, timeZone);
  const shows = (at: number): boolean => at + ahead(at, timeZone) === wall;
  return new Date(shows(before) || !shows(after) ? before : after).toISOString();
}

/** The day after that one, or so many after it; `YYYY-MM-DD`. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
