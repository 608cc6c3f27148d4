import { setTimeout as wait } from "node:timers/promises";
import type { Deps } from "../../deps.ts";
import { mergingQueries } from "./queries.ts";

export type Merging = ReturnType<typeof createMerging>;

/** Pages of 4 kB that one step writes: 1.5 ms of work and a commit like any other, for which whoever writes waits. */
const PAGES = 16;
/** After each step it rests for so many times as long as that took. */
const REST = 3;
/** Two segments alike are worth merging while nobody works; by day FTS5 itself waits for four. */
const ALIKE = 2;

/** Keeps the full-text index of recordings in few segments: each search reads all of them. */
export function createMerging({ store }: Pick<Deps, "store">) {
  const queries = mergingQueries(store);
  return {
    /**
     * Merges what there is to merge, as long as `goesOn`, in steps with rests. What is found stays the same. SQLite only:
     * PostgreSQL sees to its indexes itself. @returns how many steps it took
     */
    async merge(goesOn: () => boolean): Promise<number> {
      if (store.dialect !== "sqlite" || !goesOn()) return 0;
      await queries.mergeFrom(ALIKE);
      for (let steps = 0; ; steps++) {
        const begun = performance.now();
        if (!goesOn() || !(await queries.step(PAGES))) return steps;
        await wait((performance.now() - begun) * REST);
      }
    },
  };
}
