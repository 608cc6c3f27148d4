import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../tray/outbox/lane.ts";
import type { Fetch } from "../../tray/outbox/link.ts";
import { type Client, ORIGIN } from "./server.ts";

type Sleeper = { until: number; wake: () => void };

/** Time that passes only when the test says so, for whoever sleeps by it. */
export class TestClock implements Clock {
  #ms: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(start: Date) {
    this.#ms = start.getTime();
  }

  now(): Date {
    return new Date(this.#ms);
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = {
        until: this.#ms + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      if (signal.aborted) return resolve();
      this.#sleepers.add(sleeper);
      signal.addEventListener("abort", sleeper.wake, { once: true });
    });
  }

  /** Lets time pass, from one sleeper to the next; what each does when it wakes is done before the next one. */
  async pass(ms: number, sleepers = 3): Promise<void> {
    const end = this.#ms + ms;
    for (;;) {
      await this.#quiet(sleepers);
      const [next] = [...this.#sleepers].toSorted((a, b) => a.until - b.until);
      if (!next || next.until > end) break;
      this.#ms = Math.max(this.#ms, next.until);
      next.wake();
    }
    this.#ms = end;
  }

  async #quiet(sleepers: number): Promise<void> {
    const until = performance.now() + 20_000;
    while (this.#sleepers.size < sleepers && performance.now() < until) await wait(1);
    if (this.#sleepers.size < sleepers) throw new Error("it never came to rest");
  }
}

/** What becomes of a request on its way: it arrives, it gets lost, its answer gets lost, or another one answers. */
export type Fate = "arrives" | "lost" | "answer lost" | Response;

/** A network between a paired PC and the server of a test, whose fate for each request the test decides. */
export function network(device: Client, fate: (path: string, method: string) => Fate) {
  const asked: string[] = [];
  const fetch: Fetch = async (input, init = {}) => {
    const url = input instanceof Request ? input.url : input.toString();
    const path = url.slice(ORIGIN.length);
    const method = init.method ?? "GET";
    asked.push(`${method} ${path}`);
    const decided = fate(path, method);
    if (decided instanceof Response) return decided;
    if (decided === "lost") throw new TypeError("fetch failed");
    const { authorization: _known, ...headers } = init.headers as Record<string, string>;
    const answer = await device.request(method, path, init.body ?? undefined, headers);
    if (decided === "answer lost") throw new TypeError("fetch failed");
    return answer;
  };
  return { fetch, asked };
}
