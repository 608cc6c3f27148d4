import type { Interval } from "#contract";

/** The normal distribution's 97.5 % point: 95 % lie between minus and plus this. */
const Z = 1.959964;

/**
 * Wilson's score interval for a proportion, 95 %; null without observations. Stays true for few and for extreme
 * shares. Source: E. B. Wilson, JASA 22 (1927); Newcombe, Stat. Med. 17:857 (1998), method 3.
 */
export function wilson(successes: number, n: number): Interval | null {
  if (n <= 0) return null;
  const share = successes / n;
  const middle = share + Z ** 2 / (2 * n);
  const reach = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 1 + Z ** 2 / n;
  // none and all are exact where the arithmetic is not
  return {
    from: successes === 0 ? 0 : (middle - reach) / scale,
    to: successes === n ? 1 : (middle + reach) / scale,
  };
}

/**
 * The difference of two independent proportions with its 95 % interval, from their Wilson intervals; null where one
 * has no observations. Source: Newcombe, Stat. Med. 17:873 (1998), method 10.
 */
export function difference(
  a: { successes: number; n: number },
  b: { successes: number; n: number },
): { value: number; interval: Interval } | null {
  const [ofA, ofB] = [wilson(a.successes, a.n), wilson(b.successes, b.n)];
  if (!ofA || !ofB) return null;
  const [shareA, shareB] = [a.successes / a.n, b.successes / b.n];
  const value = shareA - shareB;
  return {
    value,
    interval: {
      from: value - Math.hypot(shareA - ofA.from, ofB.to - shareB),
      to: value + Math.hypot(ofA.to - shareA, shareB - ofB.from),
    },
  };
}
