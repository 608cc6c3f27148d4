import type { Me, MetricId, Trends } from "#contract";
import { trends as texts } from "../../i18n/trends.ts";
import { count, money } from "../../ui/format.ts";
import { FEW, madeOf, mean, meanParts, rateShare } from "../figures/written.ts";
import { Tile, type Figure } from "../panel/tile.tsx";
import { grown, moved } from "./change.tsx";
import type { Place } from "./place.ts";

const Note = ({ children }: { children: string }) => <dd class="note-line">{children}</dd>;

function figuresOf(trends: Trends, placeOf: Place, currency: string): Figure[] {
  const { totals, before, handle, handleBefore } = trends;
  const opens = (metric: MetricId) => ({ metric, place: placeOf() });
  const { successRate: rate } = totals;
  const longer = grown(handle.mean ?? 0, handleBefore.mean ?? 0, mean);
  const few = rate.denominator < FEW;
  return [
    {
      label: texts.calls,
      value: [[count(totals.calls), ""]],
      note: <Note>{texts.contacts(count(totals.contacts))}</Note>,
      change: grown(totals.calls, before.calls, count),
      opens: opens("calls"),
    },
    {
      label: texts.sales,
      value: [[count(totals.sales), ""]],
      note: <Note>{money(totals.saleAmount, currency)}</Note>,
      change: grown(totals.sales, before.sales, count),
      opens: opens("sales"),
    },
    {
      label: texts.rate,
      value: [[rateShare(rate), ""]],
      note: <Note>{few ? texts.few(madeOf(rate)) : texts.ofContacts(madeOf(rate))}</Note>,
      few,
      change: moved(trends.change, before.successRate),
      opens: opens("successRate"),
    },
    {
      label: texts.handle,
      value: handle.mean === null ? [[mean(null), ""]] : meanParts(handle.mean),
      // of one campaign only the mean is known
      note: (
        <Note>
          {handle.median === null
            ? texts.answered(count(handle.n))
            : texts.spread(mean(handle.median), mean(handle.p90))}
        </Note>
      ),
      few: handle.n < FEW,
      change: longer && { ...longer, neutral: true },
      opens: opens("averageHandle"),
    },
  ];
}

/** The period's four figures against those of the period before. */
export const Summary = ({ trends, placeOf, me }: { trends: Trends; placeOf: Place; me: Me }) => (
  <dl class="card tiles">
    {figuresOf(trends, placeOf, me.currency).map((figure) => (
      <Tile {...figure} />
    ))}
  </dl>
);
