import type { Rate } from "#contract";
import { HEIGHT, sparkPoints, WIDTH } from "./spark.ts";

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
