import type { Log } from "../log.ts";

/** How time passes for the outbox; tests bring a quicker one. */
export type Clock = {
  now(): Date;
  /** Resolves after `ms` milliseconds, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

/** What a step came to: something moved, there is nothing to do, or it did not work. */
export type Step =
  | { kind: "again" }
  | { kind: "idle"; forMs: number }
  | { kind: "later"; waitMs: number | null };

const WAITS_MS = [1_000, 2_000, 5_000, 10_000];

/** Does one step after the other; waits longer and longer while they fail, and less when woken. */
export class Lane {
  readonly #step: (signal: AbortSignal) => Promise<Step>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #end = new AbortController();
  #nap: AbortController | null = null;
  #woken = false;
  #failures = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(step: (signal: AbortSignal) => Promise<Step>, clock: Clock, log: Log) {
    this.#step = step;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** The next step comes at once. */
  wake(): void {
    this.#woken = true;
    this.#nap?.abort();
  }

  /** Cuts off what is being sent; resolves when nothing happens any more. */
  async stop(): Promise<void> {
    this.#end.abort();
    this.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#end.signal.aborted) {
      this.#woken = false;
      const step = await this.#attempt();
      if (step.kind !== "later") this.#failures = 0;
      if (step.kind === "idle") await this.#sleep(step.forMs);
      if (step.kind === "later") await this.#sleep(step.waitMs ?? this.#backOff());
    }
  }

  async #attempt(): Promise<Step> {
    try {
      return await this.#step(this.#end.signal);
    } catch (error) {
      this.#log(`the outbox could not go on: ${nameOf(error)}`);
      return { kind: "later", waitMs: null };
    }
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#woken) return;
    this.#nap = new AbortController();
    await this.#clock.sleep(ms, this.#nap.signal);
    this.#nap = null;
  }

  /** A little by chance, so that the PCs of an office do not all come back at the same moment. */
  #backOff(): number {
    const wait = WAITS_MS[Math.min(this.#failures++, WAITS_MS.length - 1)] ?? 0;
    return wait * (0.8 + 0.4 * Math.random());
  }
}

/** Only the kind of an error: its message may hold a path, and that the name of a customer. */
export const nameOf = (error: unknown): string =>
  error instanceof Error ? ("code" in error ? String(error.code) : error.name) : "unknown";
