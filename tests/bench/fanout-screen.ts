import { changesOnScreen } from "../support/on-screen.ts";
import { quantile } from "./figures.ts";
import type { Result } from "./measure.ts";

const CHANGES = 15;
const GOAL_MS = 300;

/** From an agent's PC to a phone's screen, in real Chromium. */
export async function onScreen(): Promise<Result> {
  const ends: (() => unknown)[] = [];
  try {
    const times = await changesOnScreen({ after: (end: () => unknown) => void ends.unshift(end) }, CHANGES);
    const value = quantile(times, 0.5);
    const against = { changes: CHANGES, fastestMs: Math.min(...times), slowestMs: Math.max(...times) };
    const unit = "ms from a change to a phone's screen, median";
    return { name: "fanout, screen", value, unit, goal: `<= ${GOAL_MS}`, pass: value <= GOAL_MS, against };
  } finally {
    for (const end of ends) await end();
  }
}
