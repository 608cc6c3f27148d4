import { useState } from "hono/jsx/dom";
import type { FigurePlace, MetricId, TrendGroup, Trends } from "#contract";
import { trends as texts } from "../../i18n/trends.ts";
import { count } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Opens } from "../figures/opens.tsx";
import { FEW, madeOf, rateShare } from "../figures/written.ts";
import { Moved } from "./change.tsx";
import { isNoise } from "./noise.ts";
import type { Place } from "./place.ts";
import { firstOrder, sorted, type Column, type Order } from "./sorting.ts";
import { Spark } from "./spark-line.tsx";

const KINDS = ["teams", "sites", "campaigns"] as const;
type Kind = (typeof KINDS)[number];

const narrower = (kind: Kind, { name }: TrendGroup): FigurePlace =>
  ({ teams: { scope: `team:${name}` }, sites: { scope: `site:${name}` }, campaigns: { campaign: name } })[
    kind
  ];

type HeadProps = { by: Column; name: string; order: Order; sort: (order: Order) => void; class?: string };

/** A column's name; a tap sorts by it, another one turns the order round. */
const Head = ({ by, name, order, sort, class: more = "" }: HeadProps) => {
  const current = order.by === by;
  return (
    <th scope="col" class={more} aria-sort={current ? (order.down ? "descending" : "ascending") : undefined}>
      <button
        type="button"
        data-sort={by}
        onClick={() => sort(current ? { by, down: !order.down } : firstOrder(by))}
      >
        {name}
        <span class={`turn${current ? "" : " rest"}${current && !order.down ? " up" : ""}`}>
          <Icon name="down" small />
        </span>
      </button>
    </th>
  );
};

const Row = ({ group, kind, placeOf }: { group: TrendGroup; kind: Kind; placeOf: Place }) => {
  const { name, site, totals, change, weeks } = group;
  const rate = totals.successRate;
  const few = rate.denominator < FEW;
  const opens = (metric: MetricId, label: string) => ({
    metric,
    place: placeOf(narrower(kind, group)),
    label: `${name}, ${label}`,
  });
  return (
    <tr data-group={name}>
      <th scope="row">
        <span class="b">{name}</span>
        {site ? <span class="sm soft">{site}</span> : null}
      </th>
      <td class="wide">
        <Opens {...opens("calls", texts.calls)}>{count(totals.calls)}</Opens>
      </td>
      <td class="wide">
        <Opens {...opens("sales", texts.sales)}>{count(totals.sales)}</Opens>
      </td>
      <td>
        <Opens {...opens("successRate", texts.rate)}>
          <span class={`b${few ? " faint" : ""}`}>{rateShare(rate)}</span>
          <span class="xs faint">{madeOf(rate)}</span>
          {few ? <span class="xs faint">{texts.groups.few}</span> : null}
        </Opens>
      </td>
      <td class="wide">
        <Moved {...group} />
      </td>
      <td>
        <Spark weeks={weeks} falls={change !== null && !isNoise(change) && change.value < 0} />
        <span class="narrow">
          <Moved {...group} />
        </span>
      </td>
    </tr>
  );
};

/** Teams, sites or campaigns beside each other. */
export const Groups = ({ trends, placeOf }: { trends: Trends; placeOf: Place }) => {
  const [kind, setKind] = useState<Kind>("teams");
  const [order, setOrder] = useState<Order>(firstOrder("calls"));
  const groups = sorted(trends[kind], order);
  const weeks = Math.max(0, ...groups.map((group) => group.weeks.length));
  const head = { order, sort: setOrder };
  return (
    <section class="card flush groups">
      <header class="wraps">
        <h2>{texts.groups.by[kind]}</h2>
        <span class="sm faint push">{texts.groups.weekly(count(weeks))}</span>
        <div class="chips inside" role="group" aria-label={texts.groups.choose}>
          {KINDS.map((one) => (
            <button
              key={one}
              type="button"
              class="chip"
              data-kind={one}
              aria-pressed={String(one === kind)}
              onClick={() => setKind(one)}
            >
              {texts.groups.one[one]}
            </button>
          ))}
        </div>
      </header>
      {groups.length === 0 ? (
        <p key="none" class="nothing">
          {texts.groups.none}
        </p>
      ) : (
        <table key={kind}>
          <thead>
            <tr>
              <Head by="name" name={texts.groups.one[kind]} {...head} />
              <Head by="calls" name={texts.calls} class="wide" {...head} />
              <Head by="sales" name={texts.sales} class="wide" {...head} />
              <Head by="rate" name={texts.groups.rate} {...head} />
              <Head by="change" name={texts.groups.change} class="wide" {...head} />
              <Head by="change" name={texts.groups.trend} {...head} />
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Row key={group.name} group={group} kind={kind} placeOf={placeOf} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
