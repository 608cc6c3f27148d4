import { remembered } from "../db/remember.ts";
import type { Wanted } from "./matching.ts";
import type { Found } from "./queries.ts";

/**
 * How long a page may look for what fits, in ms, because SQLite answers in this process, which waits meanwhile; how many
 * recordings are looked through to the end however long it takes; and about how many the first stretch has, of which
 * those whose text has to be read cost microseconds each.
 */
export type Patience = { ms: number; few: number; first: number };
const PATIENCE: Patience = { ms: 9, few: 20_000, first: 4000 };
/** Terms of which the search for them alone takes as long as looking through the first stretch. */
const TERMS = 16;

type Where = { from: number; to: number; after: number | null; limit: number };
type Queries = {
  findableCount(): Promise<number>;
  ends(): Promise<{ newest: number; oldest: number } | null>;
  find(wanted: Wanted, from: number, to: number, limit: number): Promise<Found[]>;
};

/**
 * Looks through the recordings from the newest on, in stretches that grow while there is time, and stops where the page
 * is full or the time is used up.
 */
export function walking(queries: Queries, patience = PATIENCE) {
  /** @returns what was found, and below which id the next page goes on; null where there is nothing more */
  const count = remembered(queries.findableCount);
  return async (
    wanted: Wanted,
    { from, to, after, limit }: Where,
  ): Promise<{ found: Found[]; next: number | null }> => {
    const found: Found[] = [];
    const ends = await queries.ends();
    if (!ends) return { found, next: null };
    const many = await count.get();
    const waits = many > patience.few ? patience.ms : Infinity;
    const last = Math.max(from, ends.oldest);
    let top = Math.min(to, after === null ? Infinity : after - 1, ends.newest);
    const first = patience.first * Math.max(1, wanted.all.flat().length / TERMS);
    let width = Math.max(1, Math.floor(((ends.newest - ends.oldest) * first) / Math.max(1, many)));
    const begin = performance.now();
    while (top >= last) {
      const bottom = Math.max(last, top - width + 1);
      const began = performance.now();
      const some = await queries.find(wanted, bottom, top, limit - found.length);
      found.push(...some);
      if (found.length === limit) return { found, next: found.at(-1)?.id ?? null };
      const now = performance.now();
      top = bottom - 1;
      // the next stretch is as wide as the time that is left, judged by this one
      const took = Math.max(now - began, 0.1);
      const wider = Math.min(4, (waits - (now - begin)) / took);
      if (top >= last && wider < 0.25) return { found, next: bottom };
      width = Math.max(1, Math.floor(width * wider));
    }
    return { found, next: null };
  };
}
