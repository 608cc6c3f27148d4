import type { MetricId, Stats } from "#contract";
import { t } from "../../i18n/index.ts";
import { briefLength, count, lengthParts, share } from "../../ui/format.ts";
import { Tile, type Change, type Figure } from "./tile.tsx";

const changed = (now: number, before: number, words: (n: number) => string = count): Change => ({
  by: now - before,
  text: words(Math.abs(now - before)),
  before: words(before),
});

function rateChange({ totals, weekBefore }: Stats): Change | null {
  const [now, before] = [totals.successRate.value, weekBefore.successRate.value];
  if (now === null || before === null) return null;
  const points = Math.round(now * 100) - Math.round(before * 100);
  return { by: points, text: `${count(Math.abs(points))} ${t.units.points}`, before: share(before) };
}

/** Deltas stand only where the week before has something to compare with. */
function figuresOf(stats: Stats | null): Figure[] {
  const { calls, sales, rate, talk } = t.panel;
  if (stats === null)
    return [calls, sales, rate, talk].map((label) => ({
      label,
      value: [[t.none, ""]],
      change: null,
      opens: null,
    }));
  const { totals, weekBefore, from, to, until } = stats;
  const known = weekBefore.calls > 0;
  const { numerator, denominator, value } = totals.successRate;
  const opens = (metric: MetricId) => ({ metric, place: { from, to, until } });
  return [
    {
      label: calls,
      value: [[count(totals.calls), ""]],
      change: known ? changed(totals.calls, weekBefore.calls) : null,
      opens: opens("calls"),
    },
    {
      label: sales,
      value: [[count(totals.sales), ""]],
      change: known ? changed(totals.sales, weekBefore.sales) : null,
      opens: opens("sales"),
    },
    {
      label: rate,
      value: [[count(numerator), t.ofWhole(count(denominator), share(value))]],
      change: known ? rateChange(stats) : null,
      opens: opens("successRate"),
    },
    {
      label: talk,
      value: lengthParts(totals.talkSeconds),
      change: known
        ? { ...changed(totals.talkSeconds, weekBefore.talkSeconds, briefLength), neutral: true }
        : null,
      opens: opens("talk"),
    },
  ];
}

/** The four figures of the day. */
export const Tiles = ({ stats }: { stats: Stats | null }) => (
  <dl class="card tiles">
    {figuresOf(stats).map((figure) => (
      <Tile {...figure} />
    ))}
  </dl>
);
