/** Chance that comes out the same for the same seed. */
export type Chance = {
  /** From 0 up to but without 1. */
  next(): number;
  happens(probability: number): boolean;
  /** Both ends included. */
  whole(from: number, to: number): number;
  one<T>(of: readonly T[]): T;
  /** Whole seconds as calls and pauses last: half are shorter than `median`, a few are much longer. */
  lasting(median: number, spread: number, least: number, most: number): number;
};

/** The mulberry32 generator, begun with the hash of a text (FNV-1a). */
export function chance(seed: string): Chance {
  let state = 0x811c9dc5;
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    happens: (probability) => next() < probability,
    one: (of) => {
      const chosen = of[whole(0, of.length - 1)];
      if (chosen === undefined) throw new Error("nothing to choose from");
      return chosen;
    },
    lasting(median, spread, least, most) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return Math.round(Math.min(most, Math.max(least, median * Math.exp(spread * normal))));
    },
  };
}
