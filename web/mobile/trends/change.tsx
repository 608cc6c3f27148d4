import type { Rate, TrendGroup, RateDifference } from "#contract";
import { language, t } from "../../i18n/index.ts";
import { trends } from "../../i18n/trends.ts";
import { Icon } from "../../ui/icon.tsx";
import { pointsOf, rateShare } from "../figures/written.ts";
import type { Change } from "../panel/tile.tsx";
import { isNoise } from "./noise.ts";

/** How a number grew, in hundredths of what it was; null where there was nothing before. */
export function grown(now: number, before: number, words: (n: number) => string): Change | null {
  if (before === 0) return null;
  const by = (now - before) / before;
  const text = Math.abs(by).toLocaleString(language, { style: "percent", maximumFractionDigits: 0 });
  return { by: Math.abs(by) < 0.005 ? 0 : by, text, before: words(before), same: trends.same };
}

/** How a rate moved, in points; «≈» where that is within noise. */
export function moved(change: RateDifference | null, before: Rate): Change | null {
  if (change === null) return null;
  const points = pointsOf(change.value);
  return {
    by: isNoise(change) ? 0 : change.value,
    text: trends.points(points),
    before: rateShare(before),
    same: trends.near(points),
  };
}

/** A row's change in points, without the rate before. */
export const Moved = ({ change: found, before }: Pick<TrendGroup, "change" | "before">) => {
  const change = moved(found, before.successRate);
  if (!change) return <span class="faint">{t.none}</span>;
  const { by, text, same } = change;
  return (
    <span class={`delta${by < 0 ? " down" : ""}${by === 0 ? " flat" : ""}`}>
      {by === 0 ? null : <Icon name="up" />}
      <span class="vh">{by === 0 ? trends.nearWords : by > 0 ? trends.up : trends.down}</span>
      <b>{by === 0 ? same : text}</b>
    </span>
  );
};
