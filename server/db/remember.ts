/** Values that are read far more often than they change: so long, in ms, another node's change may go unseen. */
const FRESH_MS = 1_000;

/**
 * Reads something once a second at the most, and once for all who ask at the same time.
 * `forget` after a change of one's own; a read that fails is not remembered.
 */
export function remembered<T>(read: () => Promise<T>): { get(): Promise<T>; forget(): void } {
  let known: { at: number; value: Promise<T> } | null = null;
  return {
    get() {
      const now = performance.now();
      if (known && now - known.at < FRESH_MS) return known.value;
      const value = read();
      const mine = { at: now, value };
      known = mine;
      value.catch(() => {
        if (known === mine) known = null;
      });
      return value;
    },
    forget() {
      known = null;
    },
  };
}

/** The latest answers to questions that come again and again: where there are `most` of them, it begins anew. */
export class Bounded<Value> extends Map<string, Value> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: string, value: Value): this {
    if (this.size >= this.#most) this.clear();
    return super.set(key, value);
  }
}
