import type { Rate } from "#contract";

const WIDTH = 88;
const HEIGHT = 28;
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
    x: EDGE + i * wide,
    // a level line stands in the middle
    y: high === low ? HEIGHT / 2 : 2 * EDGE + tall * (1 - (value - low) / (high - low)),
  }));
}

/** The rate of each week as a small line that ends in a dot; it has no words, the numbers stand beside it. */
export const Spark = ({ weeks, falls }: { weeks: Rate[]; falls: boolean }) => {
  const points = sparkPoints(weeks);
  const last = points.at(-1);
  if (!last) return null;
  const path = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
  return (
    <svg class={`spark ${falls ? "bad" : "acc"}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={`M${path}`} />
      <circle cx={last.x} cy={last.y} r="2.8" />
    </svg>
  );
};
