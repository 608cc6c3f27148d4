import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Explanation, FigurePlace, Me, MetricId } from "#contract";
import { api } from "../../api.ts";
import { figures } from "../../i18n/figures.ts";
import { t } from "../../i18n/index.ts";
import { count, dayAndMonth, timeOfDay } from "../../ui/format.ts";
import { CloseButton, Sheet } from "../../ui/sheet.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useExplanation } from "./asking.ts";
import { Behind } from "./behind.tsx";
import type { Opened } from "./opens.tsx";
import { capital, madeOf, mean, valueOf } from "./written.ts";
import "./figures.css";

/** The success rates by what sales are divided by. */
const RATES = {
  successRate: "contacts",
  successRateByAnswered: "answered",
  successRateByCalls: "calls",
} as const;
const isRate = (metric: MetricId): metric is keyof typeof RATES => metric in RATES;

/** Whose a scope's numbers are, in words. */
function scopeWords(scope: string): string {
  const [kind, ...name] = scope.split(":");
  return name.length > 0 ? name.join(":") : kind === "all" ? t.wholeCompany : figures.yours;
}

/** Where the number stands: whose, on which days, of which campaign. */
function placeWords({ scope, from, to }: Explanation, place: FigurePlace, who: string | undefined, me: Me) {
  const days = from === to ? dayAndMonth(from) : figures.span(dayAndMonth(from), dayAndMonth(to));
  return [
    who ?? scopeWords(scope),
    days,
    place.until && figures.until(timeOfDay(place.until, me.timeZone)),
    place.campaign,
    place.ai && figures.ai[place.ai],
  ]
    .filter(Boolean)
    .join(" · ");
}

const Stat = ({ value, label }: { value: string; label: string }) => (
  <div>
    <b>{value}</b>
    <span class="xs soft">{label}</span>
  </div>
);

/** As it is divided: whole, but for hours. */
const part = (n: number): string => count(Math.round(n * 10) / 10);

/** The parts of a sum or a share by their names, and the spread of a mean. */
const Parts = ({ of }: { of: Explanation }) => {
  const { metric, numerator, denominator, spread } = of;

  return (
    <>
      {denominator === null ? null : (
        <div class="stat">
          <Stat value={part(numerator)} label={capital(metric.numerator)} />
          <Stat value={part(denominator)} label={capital(metric.denominator ?? "")} />
        </div>
      )}
      {spread ? (
        <div class="stat">
          <Stat value={mean(spread.median)} label={figures.median} />
          <Stat value={mean(spread.p90)} label={figures.p90} />
        </div>
      ) : null}
    </>
  );
};

/** What sales are divided by is a choice, and is always printed. */
const Against = ({ metric, choose }: { metric: keyof typeof RATES; choose: (metric: MetricId) => void }) => (
  <div class="against">
    <span class="sm soft">{figures.against}</span>
    <div class="chips" role="group" aria-label={figures.against}>
      {Object.entries(RATES).map(([id, name]) => (
        <button
          key={id}
          type="button"
          class="chip"
          data-against={name}
          aria-pressed={String(id === metric)}
          onClick={() => choose(id as MetricId)}
        >
          {figures.denominators[name]}
        </button>
      ))}
    </div>
  </div>
);

const Body = ({
  of,
  metric,
  place,
  me,
}: {
  of: Explanation;
  metric: MetricId;
  place: FigurePlace;
  me: Me;
}) => {
  const isShare = of.metric.unit === "share" && of.denominator !== null;
  return (
    <>
      <p class={`metric${of.few ? " faint" : ""}`} data-value>
        {valueOf(of, me.currency)}
        {isShare ? (
          <small class="soft"> {madeOf({ numerator: of.numerator, denominator: of.denominator ?? 0 })}</small>
        ) : null}
      </p>
      {of.few ? (
        <p class="note" role="status">
          {figures.few}
        </p>
      ) : null}
      <Parts of={of} />
      <dl class="meaning">
        <dt>{figures.formula}</dt>
        <dd>{of.metric.formula}</dd>
        <dt>{figures.source}</dt>
        <dd class="faint">{of.metric.source}</dd>
      </dl>
      <Behind of={of} metric={metric} place={place} me={me} />
    </>
  );
};

/** A number opened: what it means, what it is made of, and the calls behind it. */
export const FigureSheet = ({ metric: first, place, who, onClose }: Opened & { onClose: () => void }) => {
  const [metric, setMetric] = useState<MetricId>(first);
  const [me, setMe] = useState<Me | null>(null);
  const { explanation, problem, again } = useExplanation(metric, place);
  useLayoutEffect(() => void api.me().then(setMe, () => undefined), []);
  const known = explanation && me ? { of: explanation, me } : null;
  return (
    <Sheet side tall label={figures.sheet(known?.of.metric.name ?? "")} onClose={onClose}>
      <div class="h head" data-figure-sheet={metric}>
        <div class="grow">
          <h1 key={known?.of.metric.name}>{known?.of.metric.name ?? t.loading}</h1>
          <span key={known ? "place" : ""} class="sm soft">
            {known ? placeWords(known.of, place, who, known.me) : ""}
          </span>
        </div>
        <CloseButton />
      </div>
      {isRate(metric) ? <Against metric={metric} choose={setMetric} /> : null}
      {problem ? (
        <div key="problem" class="h sb">
          <Trouble problem={problem} />
          <button type="button" class="btn" onClick={again}>
            {t.retry}
          </button>
        </div>
      ) : null}
      {known ? (
        <div key={known.of.metric.id} class="stacked" aria-busy={String(known.of.metric.id !== metric)}>
          <Body of={known.of} metric={known.of.metric.id} place={place} me={known.me} />
        </div>
      ) : null}
    </Sheet>
  );
};
