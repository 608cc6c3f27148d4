import type { Duration } from "#contract";
import { STEP_ENDS } from "../db/counting.ts";
import { handlingSeconds, type Figures } from "./figures.ts";

export type What = "talk" | "wrapUp" | "handle";
/** How many lengths fell into each step. */
export type Lengths = Record<What, number[]>;

export const noLengths = (): Lengths => ({ talk: [], wrapUp: [], handle: [] });
export const plusLengths = (a: Lengths, b: Lengths): Lengths => {
  const sum = (what: What) => STEP_ENDS.map((_, i) => (a[what][i] ?? 0) + (b[what][i] ?? 0));
  return { talk: sum("talk"), wrapUp: sum("wrapUp"), handle: sum("handle") };
};

/**
 * The length in seconds that a share `q` of all do not exceed, linearly within its step: off by less than that
 * step's fifth. Null for no lengths.
 */
export function quantile(steps: readonly number[], q: number): number | null {
  const n = steps.reduce((a, b) => a + b, 0);
  if (n === 0) return null;
  let below = 0;
  for (const [i, count] of steps.entries()) {
    if (count > 0 && below + count >= q * n) {
      const from = STEP_ENDS[i - 1] ?? 0;
      return from + ((STEP_ENDS[i] ?? from) - from) * Math.max(0, (q * n - below) / count);
    }
    below += count;
  }
  return STEP_ENDS.at(-1) ?? null;
}

const sums: Record<What, (figures: Figures) => [seconds: number, n: number]> = {
  talk: (figures) => [figures.talkSeconds, figures.answered],
  wrapUp: (figures) => [figures.wrapUpSeconds, figures.wrapUpCalls],
  handle: (figures) => [handlingSeconds(figures), figures.answered],
};

/** The mean from the sums, median and p90 from the steps. */
export function durationOf(what: What, figures: Figures, lengths: Lengths): Duration {
  const [seconds, n] = sums[what](figures);
  const mean = n === 0 ? null : seconds / n;
  return { mean, median: quantile(lengths[what], 0.5), p90: quantile(lengths[what], 0.9), n };
}
