import { availableParallelism, loadavg } from "node:os";
import type { TestContext } from "node:test";
import assert from "node:assert/strict";

/** Whether twice as many others wait for each processor: then it is their time that is measured. */
export const crowded = (): boolean => (loadavg()[0] ?? 0) > 2 * availableParallelism();

/** Milliseconds of a processor that some work takes, however many others wait for one. */
export function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Holds `ms` against the most that it may be; on a crowded machine it is only told.
 */
export function within(t: TestContext, what: string, ms: number, mostMs: number): void {
  const busy = crowded();
  const measured = `${what}: ${Math.round(ms)} ms`;
  t.diagnostic(busy ? `${measured}, not judged: the machine is crowded` : measured);
  if (!busy) assert.ok(ms <= mostMs, `${measured}, at most ${mostMs}`);
}
