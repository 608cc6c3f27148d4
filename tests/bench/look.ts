import { setTimeout as wait } from "node:timers/promises";
import type { Rect, Screen } from "../support/screen.ts";

/** Finer than the letters of the page, and 30 lines of a panel are read in a tenth of a millisecond. */
const STEP = 16;
/** Longer than a caret blinks and a second ticks. */
const WATCH_MS = 2_500;
const PATIENCE_MS = 15_000;
/** Of a look's pixels: figures of the small print, a clock's digits and a caret may be others the next time. */
const MAY_DIFFER = 0.01;

/** How a part of the screen looks, without what moves in it: the colour of pixels by their number. */
export type Look = Map<number, number>;

/** One part of a screen, and what can be told from its pixels. */
export class Watched {
  readonly #screen: Screen;
  readonly #rect: Rect;

  constructor(screen: Screen, rect: Rect) {
    this.#screen = screen;
    this.#rect = rect;
  }

  /** How it looks now and for a while: what stands still. */
  async look(): Promise<Look> {
    const look: Look = new Map(this.#now().entries());
    for (const until = performance.now() + WATCH_MS; performance.now() < until; await wait(10)) {
      const now = this.#now();
      for (const [at, colour] of look) if (now[at] !== colour) look.delete(at);
    }
    return look;
  }

  shows(look: Look): boolean {
    const now = this.#now();
    let others = 0;
    for (const [at, colour] of look) if (now[at] !== colour) others += 1;
    return others <= look.size * MAY_DIFFER;
  }

  /**
   * Looks each millisecond; resolves to the instant (`performance.now()`) at which all of it was there.
   * @throws Error when it does not come
   */
  async until(what: string, look: Look): Promise<number> {
    for (const began = performance.now(); !this.shows(look); await wait(1))
      if (performance.now() - began > PATIENCE_MS) throw new Error(`${what} was not painted`);
    return performance.now();
  }

  #now(): Uint32Array {
    return this.#screen.lines(this.#rect, STEP);
  }
}

/** The part of a look that tells it from another one. */
export function apart(look: Look, other: Look): Look {
  return new Map([...look].filter(([at, colour]) => other.has(at) && other.get(at) !== colour));
}
