const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The instant at which its minute began. */
export const wholeMinute = (instant: Date): Date =>
  new Date(Math.floor(instant.getTime() / MINUTE_MS) * MINUTE_MS);

/**
 * Remembers, until the clock shows another minute, what was read of days that are over. They change by corrections
 * only, which are then seen a minute later at the most; all boards that compare with the same minute read it once.
 */
export function rememberedForTheMinute<T>(clock: () => Date) {
  const known = new Map<string, Promise<T>>();
  let minute = 0;
  /** @param until the end of what is read; what is not over for a day is read each time */
  return (key: string, until: Date, read: () => Promise<T>): Promise<T> => {
    const now = clock().getTime();
    if (until.getTime() > now - DAY_MS) return read();
    if (Math.floor(now / MINUTE_MS) !== minute) {
      minute = Math.floor(now / MINUTE_MS);
      known.clear();
    }
    const before = known.get(key);
    if (before) return before;
    const value = read();
    known.set(key, value);
    value.catch(() => known.delete(key));
    return value;
  };
}
