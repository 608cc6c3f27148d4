import type { Trends } from "#contract";

type Day = Trends["days"][number];

const WEEK = 7;

/** Over how many days a line of so many is smoothed: a week, and not at all where there is just one. */
export const windowOf = (days: number): number => (days > WEEK ? WEEK : 1);

/**
 * The success rate of each day over the `window` days that end with it: sales / contacts of all of them, not the
 * mean of their rates. `lead` are the days just before, oldest first. Null where they do not reach back far enough,
 * or nobody was reached.
 */
export function rolling(days: Day[], window: number, lead: Day[] = []): (number | null)[] {
  const all = [...lead, ...days];
  return days.map((_, i) => {
    const end = lead.length + i + 1;
    if (end < window) return null;
    const part = all.slice(end - window, end);
    const contacts = part.reduce((sum, day) => sum + day.contacts, 0);
    return contacts === 0 ? null : part.reduce((sum, day) => sum + day.sales, 0) / contacts;
  });
}

/** The last place with a value, -1 where there is none. */
export const lastOf = (values: (number | null)[]): number => values.findLastIndex((value) => value !== null);

/** The first place with a value, -1 where there is none. */
export const firstOf = (values: (number | null)[]): number => values.findIndex((value) => value !== null);

/** The highest place, the later of two, -1 where there is none. */
export const peakOf = (values: (number | null)[]): number =>
  values.reduce<number>((best, value, i) => (value !== null && value >= (values[best] ?? -1) ? i : best), -1);

/** At most four steps of a round share that reach from below `low` to above `high`. */
export function shareSteps(low: number, high: number): number[] {
  const between = (step: number): [number, number] => [
    Math.floor(low / step + 1e-9),
    Math.ceil(high / step - 1e-9),
  ];
  const step = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find((one) => {
    const [from, to] = between(one);
    return Math.max(to, from + 1) - from <= 4;
  });
  const [from, to] = between(step ?? 0.25);
  return Array.from({ length: Math.max(to, from + 1) - from + 1 }, (_, i) => (from + i) * (step ?? 0.25));
}

/** Which days have a name under the axis: all of a week, one a week of a month, else the first of each month. */
export function namedDays(days: string[]): number[] {
  const places = days.map((_, i) => i);
  if (days.length <= WEEK) return places;
  if (days.length <= 45) return places.filter((i) => (days.length - 1 - i) % WEEK === 0);
  return places.filter((i) => days[i]?.endsWith("-01"));
}
