import type { Interval, Rate } from "#contract";

/** The 97.5 % point of the normal distribution: intervals of 95 %. */
const Z = 1.959964;

/**
 * The 95 % interval of a share, null of nothing.
 * Source: Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212.
 */
export function wilson({ numerator, denominator: n }: Rate): Interval | null {
  if (n === 0) return null;
  const share = numerator / n;
  const middle = share + Z ** 2 / (2 * n);
  const half = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  const whole = 1 + Z ** 2 / n;
  return { from: Math.max(0, (middle - half) / whole), to: Math.min(1, (middle + half) / whole) };
}

/** A difference of two shares; `noise` where its 95 % interval has 0 inside. */
export type Difference = { by: number; interval: Interval; noise: boolean };

/**
 * How much a share differs from the one before; null where one of them is of nothing.
 * Source: Newcombe, R. G. (1998), Statistics in Medicine 17, 873-890, method 10.
 */
export function difference(now: Rate, before: Rate): Difference | null {
  const [a, b] = [wilson(now), wilson(before)];
  if (!a || !b || now.value === null || before.value === null) return null;
  const by = now.value - before.value;
  const from = by - Math.hypot(now.value - a.from, b.to - before.value);
  const to = by + Math.hypot(a.to - now.value, before.value - b.from);
  return { by, interval: { from, to }, noise: from <= 0 && to >= 0 };
}
