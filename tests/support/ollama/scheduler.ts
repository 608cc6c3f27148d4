import type { Behaviour } from "./behaviour.ts";
import { pause, Refusal } from "./exchange.ts";

/** What one answer occupies; `release` gives it back, once. */
export type Turn = { loadMs: number; cachedTokens: number; release(): void };

type Waiter = { prompt: string; take: (slot: Slot) => void };
/** `prompt` is what its prefix cache holds. */
type Slot = { prompt: string };
type Runner = {
  options: string;
  free: Slot[];
  waiters: Set<Waiter>;
  running: number;
  expiresAt: number;
  idle: (() => void)[];
};

/** About four characters a token, as English and Spanish come out. */
export const countTokens = (text: string): number => Math.ceil(text.length / 4);

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

/** Ollama's scheduler: loads models, reloads them when runner options differ, hands out slots (rows 11, 12, 15–17). */
export class Scheduler {
  readonly #runners = new Map<string, Runner>();
  readonly #behaviour: () => Behaviour;
  #pending = 0;
  #loads: Promise<void> = Promise.resolve();

  constructor(behaviour: () => Behaviour) {
    this.#behaviour = behaviour;
  }

  /** Answers in progress. */
  get running(): number {
    return [...this.#runners.values()].reduce((sum, runner) => sum + runner.running, 0);
  }

  /** Requests that wait for a slot or for a model to be loaded. */
  get waiting(): number {
    return [...this.#runners.values()].reduce((sum, runner) => sum + runner.waiters.size, this.#pending);
  }

  /** Loaded models with the instant, in ms since 1970, at which each would be unloaded. */
  loaded(): { name: string; expiresAt: number }[] {
    this.#expire();
    return [...this.#runners].map(([name, { expiresAt }]) => ({ name, expiresAt }));
  }

  unload(model: string): void {
    this.#runners.delete(model);
  }

  /**
   * Loads the model if needed. `options` are its runner options as text: others mean a reload.
   * @returns milliseconds that it took
   * @throws Refusal 503 when too many wait for a load, 499 when the client left meanwhile
   */
  async load(model: string, options: string, keepAliveMs: number, gone: AbortSignal): Promise<number> {
    this.#expire();
    const began = performance.now();
    if (this.#runners.get(model)?.options !== options) await this.#enqueue(model, options, gone);
    const runner = this.#runners.get(model);
    if (runner) runner.expiresAt = Date.now() + keepAliveMs;
    return performance.now() - began;
  }

  /** Waits silently for a slot of a loaded model; leaves the line when the client hangs up. */
  async acquire(model: string, prompt: string, loadMs: number, gone: AbortSignal): Promise<Turn> {
    const runner = this.#runners.get(model);
    if (!runner) throw new Error(`${model} is not loaded`);
    const slot = await this.#slot(runner, prompt, gone);
    const cachedTokens = Math.floor(commonPrefix(slot.prompt, prompt) / 4);
    slot.prompt = prompt;
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      runner.running -= 1;
      this.#give(runner, slot);
    };
    return { loadMs, cachedTokens, release };
  }

  async #enqueue(model: string, options: string, gone: AbortSignal): Promise<void> {
    if (this.#pending > this.#behaviour().maxQueue)
      throw new Refusal(503, "server busy, please try again.  maximum pending requests exceeded");
    this.#pending += 1;
    const turn = this.#loads.then(() => this.#replace(model, options, gone));
    this.#loads = turn.catch(() => undefined);
    try {
      await turn;
    } finally {
      this.#pending -= 1;
    }
  }

  async #replace(model: string, options: string, gone: AbortSignal): Promise<void> {
    if (gone.aborted) throw new Refusal(499, "request canceled");
    const old = this.#runners.get(model);
    if (old?.options === options) return;
    if (old && old.running > 0) await new Promise<void>((resolve) => old.idle.push(resolve));
    const { loadMs, slots } = this.#behaviour();
    await pause(loadMs, gone).catch(() => {
      throw new Refusal(499, "request canceled");
    });
    const free = Array.from({ length: slots }, () => ({ prompt: "" }));
    this.#runners.set(model, { options, free, waiters: new Set(), running: 0, expiresAt: 0, idle: [] });
  }

  async #slot(runner: Runner, prompt: string, gone: AbortSignal): Promise<Slot> {
    gone.throwIfAborted();
    const best = runner.free.toSorted(
      (a, b) => commonPrefix(b.prompt, prompt) - commonPrefix(a.prompt, prompt),
    )[0];
    if (best) {
      runner.free.splice(runner.free.indexOf(best), 1);
      runner.running += 1;
      return best;
    }
    return new Promise((resolve, reject) => {
      const waiter = { prompt, take: resolve };
      runner.waiters.add(waiter);
      const leave = () => {
        if (runner.waiters.delete(waiter)) reject(gone.reason);
      };
      gone.addEventListener("abort", leave, { once: true });
    });
  }

  #give(runner: Runner, slot: Slot): void {
    const [next] = runner.waiters;
    if (next) {
      runner.waiters.delete(next);
      runner.running += 1;
      next.take(slot);
    } else runner.free.push(slot);
    if (runner.running === 0) for (const resolve of runner.idle.splice(0)) resolve();
  }

  #expire(): void {
    for (const [name, runner] of this.#runners)
      if (runner.running === 0 && runner.expiresAt < Date.now()) this.#runners.delete(name);
  }
}
