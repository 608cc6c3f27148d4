import type { Rate } from "#contract";

export const WIDTH = 88;
export const HEIGHT = 28;
const EDGE = 2;

type Point = { x: number; y: number };

/** Places of the weeks on a drawing of 88 x 28; weeks in which nobody was reached are left out. */
export function sparkPoints(weeks: Rate[]): Point[] {
  const known = weeks.flatMap(({ value }, i) => (value === null ? [] : [{ value, i }]));
  const values = known.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const tall = HEIGHT - 4 * EDGE;
  const wide = (WIDTH - 3 * EDGE) / Math.max(1, weeks.length - 1);
  return known.map(({ value, i }) => ({
    x: weeks.length === 1 ? WIDTH - 2 * EDGE : EDGE + i * wide,
    // a level line stands in the middle
    y: high === low ? HEIGHT / 2 : 2 * EDGE + tall * (1 - (value - low) / (high - low)),
  }));
}
