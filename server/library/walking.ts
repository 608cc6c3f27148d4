import type { Wanted } from "./matching.ts";
import { idAt, type Found } from "./queries.ts";

/** How long a page may look for what fits, in ms: SQLite answers in this process, which waits meanwhile. */
const BUDGET_MS = 9;
/** The first stretch is this part of all, and a day at the least. */
const STRETCHES = 64;
const DAY = idAt(new Date(86_400_000));

type Where = { from: number; to: number; after: number | null; limit: number };
type Queries = {
  ends(): Promise<{ newest: number; oldest: number } | null>;
  find(wanted: Wanted, from: number, to: number, limit: number): Promise<Found[]>;
};

/**
 * Looks through the recordings from the newest on, in stretches that grow while they take little time, and stops
 * where the page is full or the time is used up.
 */
export function walking(queries: Queries, budgetMs = BUDGET_MS) {
  /** @returns what was found, and below which id the next page goes on; null where there is nothing more */
  return async (
    wanted: Wanted,
    { from, to, after, limit }: Where,
  ): Promise<{ found: Found[]; next: number | null }> => {
    const found: Found[] = [];
    const ends = await queries.ends();
    if (!ends) return { found, next: null };
    const last = Math.max(from, ends.oldest);
    let top = Math.min(to, after === null ? Infinity : after - 1, ends.newest);
    let width = Math.max(DAY, Math.floor((ends.newest - ends.oldest) / STRETCHES));
    const begin = performance.now();
    while (top >= last) {
      const bottom = Math.max(last, top - width + 1);
      const began = performance.now();
      const some = await queries.find(wanted, bottom, top, limit - found.length);
      found.push(...some);
      if (found.length === limit) return { found, next: found.at(-1)?.id ?? null };
      const now = performance.now();
      top = bottom - 1;
      if (top >= last && now - begin >= budgetMs) return { found, next: bottom };
      const took = now - began;
      width *= took < 1.5 ? 4 : took < 3.5 ? 2 : 1;
    }
    return { found, next: null };
  };
}
