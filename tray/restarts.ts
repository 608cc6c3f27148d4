/** Waits before each restart of a helper process, in milliseconds; after the last one it is given up. */
export const RESTART_WAITS = [1_000, 2_000, 5_000, 30_000];
const STABLE_MS = 60_000;

/** Counts the deaths of one helper process and says when to start it again. */
export class Restarts {
  readonly #waits: number[];
  #deaths = 0;

  constructor(waits: number[] = RESTART_WAITS) {
    this.#waits = waits;
  }

  /**
   * One more death. Returns the wait in milliseconds, or null when it should be given up.
   * @param livedMs a helper that lived a minute starts again from the first wait
   */
  next(livedMs: number): number | null {
    if (livedMs >= STABLE_MS) this.#deaths = 0;
    return this.#waits[this.#deaths++] ?? null;
  }
}
