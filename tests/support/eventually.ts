import { setTimeout as wait } from "node:timers/promises";

const PATIENCE_MS = 20_000;

/**
 * Asks again until the answer is truthy, and resolves to it. An error counts as «not yet».
 * @throws Error that names `what` once the patience is over, with the last error as its cause
 */
export async function eventually<T>(what: string, ask: () => Promise<T> | T): Promise<NonNullable<T>> {
  const until = performance.now() + PATIENCE_MS;
  let last: unknown;
  while (performance.now() < until) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await wait(50);
  }
  throw new Error(`waited ${PATIENCE_MS} ms in vain for ${what}`, { cause: last });
}
