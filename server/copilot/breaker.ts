import { realTimers, type Timers } from "./queue.ts";

/** Refused at once, because the last asks failed. */
export class BreakerOpen extends Error {
  override readonly name = "BreakerOpen";
  /** Time until it is looked again whether Ollama answers, in ms. */
  readonly retryMs: number;
  constructor(retryMs: number) {
    super(`Ollama failed; the next probe is in ${Math.round(retryMs)} ms`);
    this.retryMs = retryMs;
  }
}

export type BreakerOptions = {
  /** Resolves while Ollama answers, rejects otherwise. `signal` aborts when the answer is no longer waited for. */
  probe(signal: AbortSignal): Promise<unknown>;
  /** So many failures … */
  failures?: number;
  /** … within so many ms open it. */
  withinMs?: number;
  /** From opening to the first probe, and from one probe to the next, in ms. */
  probeMs?: number;
  timers?: Timers;
};

export type BreakerState = {
  open: boolean;
  /** Time until the next probe, in ms; null while closed. */
  retryMs: number | null;
  /** How often it has opened since the start. */
  opened: number;
};

export type Breaker = ReturnType<typeof createBreaker>;

/**
 * Spares agents the wait for an Ollama that fails: after a few failures nobody asks it but a probe.
 * What counts as a failure its caller decides: an asker who leaves is none.
 */
export function createBreaker(options: BreakerOptions) {
  const { probe, failures = 3, withinMs = 30_000, probeMs = 5_000, timers = realTimers } = options;
  let failedAt: number[] = [];
  let opened = 0;
  let stopped = false;
  /** While open: when the next probe is due, and what ends waiting for it and for the one that runs. */
  let shut: { nextAt: number; end(): void } | null = null;

  function close(): void {
    shut?.end();
    shut = null;
    failedAt = [];
  }

  /** Waits for the next probe, while the present one may still run. */
  function open(present?: AbortController): void {
    const cancel = timers.after(probeMs, () => {
      present?.abort();
      void look();
    });
    const end = () => {
      cancel();
      present?.abort();
    };
    shut = { nextAt: timers.now() + probeMs, end };
  }

  async function look(): Promise<void> {
    const present = new AbortController();
    open(present);
    try {
      await probe(present.signal);
    } catch {
      return; // the next probe is waited for already
    }
    // one that was given up says nothing about now
    if (!present.signal.aborted) close();
  }

  const retryMs = (): number | null => (shut ? Math.max(0, shut.nextAt - timers.now()) : null);

  return {
    /** Lets an ask through. @throws BreakerOpen */
    pass(): void {
      const ms = retryMs();
      if (ms !== null) throw new BreakerOpen(ms);
    },

    /** Ollama gave an answer: what failed before no longer counts, and an open breaker closes. */
    succeeded: close,

    /** Ollama did not answer, or not to the end. */
    failed(): void {
      if (shut || stopped) return;
      const now = timers.now();
      failedAt = [...failedAt.filter((at) => now - at < withinMs), now];
      if (failedAt.length < failures) return;
      opened++;
      open();
    },

    state: (): BreakerState => ({ open: shut !== null, retryMs: retryMs(), opened }),

    /** Lets everyone through from now on, and leaves no timer. */
    stop(): void {
      stopped = true;
      close();
    },
  };
}
