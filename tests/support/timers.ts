import { setImmediate as soon } from "node:timers/promises";
import type { Timers } from "../../server/copilot/queue.ts";

/** Time that passes only when a test says so. */
export function manualTimers() {
  let now = 0;
  const due = new Set<{ at: number; run: () => void }>();
  const timers: Timers = {
    now: () => now,
    after(ms, run) {
      const one = { at: now + ms, run };
      due.add(one);
      return () => due.delete(one);
    },
  };
  /** Runs the next thing that falls due by then; false when there is none. */
  function runNext(until: number): boolean {
    const [next] = [...due].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
    if (!next) return false;
    due.delete(next);
    now = next.at;
    next.run();
    return true;
  }

  return {
    timers,
    /** Lets `ms` pass, and all that falls due in them happen in its order. */
    pass(ms: number): void {
      const until = now + ms;
      while (runNext(until));
      now = until;
    },
    /** The same, with time for promises after each thing that happened. */
    async passSlowly(ms: number): Promise<void> {
      const until = now + ms;
      while (runNext(until)) await soon();
      now = until;
    },
    now: () => now,
    /** Timers that have not run. */
    pending: () => due.size,
  };
}
