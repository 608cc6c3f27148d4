import type { Stats } from "#contract";
import { t } from "../../i18n/index.ts";
import { briefLength, count, lengthParts, share } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";

type Change = { by: number; text: string; before: string; neutral?: boolean };
type Figure = { label: string; value: [number: string, unit: string][]; change: Change | null };

const Delta = ({ by, text, before, neutral }: Change) => (
  <div class={`delta${by < 0 ? " down" : ""}${neutral || by === 0 ? " flat" : ""}`}>
    {by === 0 ? null : <Icon name="up" />}
    {by === 0 ? null : <span class="vh">{by > 0 ? t.panel.better : t.panel.worse}</span>}
    <b>{by === 0 ? "=" : text}</b>
    <span>{t.panel.before(before)}</span>
  </div>
);

/** One figure. Its contents are new elements when they change, so that nothing beside them moves. */
const Tile = ({ label, value, change }: Figure) => {
  const words = value.map((pair) => pair.join(" ")).join(" ");
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd key={words}>
        {value.map(([number, unit]) => (
          <>
            {number}
            {unit === "" ? " " : <small> {unit} </small>}
          </>
        ))}
      </dd>
      <div key={`${words}${change?.before}`} class="was">
        {change ? <Delta {...change} /> : null}
      </div>
    </div>
  );
};

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
    return [calls, sales, rate, talk].map((label) => ({ label, value: [[t.none, ""]], change: null }));
  const { totals, weekBefore } = stats;
  const known = weekBefore.calls > 0;
  const { numerator, denominator, value } = totals.successRate;
  return [
    {
      label: calls,
      value: [[count(totals.calls), ""]],
      change: known ? changed(totals.calls, weekBefore.calls) : null,
    },
    {
      label: sales,
      value: [[count(totals.sales), ""]],
      change: known ? changed(totals.sales, weekBefore.sales) : null,
    },
    {
      label: rate,
      value: [[count(numerator), t.ofWhole(count(denominator), share(value))]],
      change: known ? rateChange(stats) : null,
    },
    {
      label: talk,
      value: lengthParts(totals.talkSeconds),
      change: known
        ? { ...changed(totals.talkSeconds, weekBefore.talkSeconds, briefLength), neutral: true }
        : null,
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
