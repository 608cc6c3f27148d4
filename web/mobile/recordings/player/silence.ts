/** Seconds of a recording. */
export type Stretch = { from: number; to: number };

/** Peaks up to this, of 100, are the noise of a line: −30 dB. */
const NOISE = 3;
/** Shorter silences are how people speak. */
const LONGEST_PAUSE = 1;

/** Where nobody speaks for longer than a second, by the peaks of all lanes. `peaks[lane][i]`, 0 to 100. */
export function silencesOf(peaks: number[][], durationSeconds: number): Stretch[] {
  const count = peaks[0]?.length ?? 0;
  const step = durationSeconds / count;
  const found: Stretch[] = [];
  let from: number | null = null;
  for (let i = 0; i <= count; i++) {
    const silent = i < count && peaks.every((lane) => (lane[i] ?? 0) <= NOISE);
    if (silent) from ??= i * step;
    else if (from !== null) {
      if (i * step - from > LONGEST_PAUSE) found.push({ from, to: i * step });
      from = null;
    }
  }
  return found;
}

/** So much of a silence is heard on both of its sides, so that nobody's first sound is cut. */
const EDGE = 0.25;

/** Where to go on from a moment within a silence; null where somebody speaks, or will at once. */
export function afterSilence(silences: Stretch[], at: number): number | null {
  const now = silences.find(({ from, to }) => at >= from + EDGE && at < to - 2 * EDGE);
  return now ? now.to - EDGE : null;
}
