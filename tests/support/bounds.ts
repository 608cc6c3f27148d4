import { availableParallelism, loadavg } from "node:os";
import type { TestContext } from "node:test";
import assert from "node:assert/strict";

/**
 * Holds `ms` against the most that it may be. With twice as many others waiting for each processor it is their
 * time that is measured: then it is only told.
 */
export function within(t: TestContext, what: string, ms: number, mostMs: number): void {
  const crowded = (loadavg()[0] ?? 0) > 2 * availableParallelism();
  const measured = `${what}: ${Math.round(ms)} ms`;
  t.diagnostic(crowded ? `${measured}, not judged: the machine is crowded` : measured);
  if (!crowded) assert.ok(ms <= mostMs, `${measured}, at most ${mostMs}`);
}
