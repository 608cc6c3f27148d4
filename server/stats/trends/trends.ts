import type { Compared, Estimate, TrendGroup, Trends } from "#contract";
import { addDays, dayOf } from "../../db/time.ts";
import type { Scope } from "../../db/within-scope.ts";
import type { Deps } from "../../deps.ts";
import { helpedOnly } from "../explain.ts";
import { NOTHING, rateOf, total, totalsOf, type Figures } from "../figures.ts";
import { difference, wilson } from "../intervals.ts";
import { durationOf, noLengths, plusLengths } from "../lengths.ts";
import { statsQueries, type Owners } from "../queries.ts";
import type { StatsRoom } from "../stats.ts";
import { trendQueries, type DayRow } from "./queries.ts";

export type TrendsRoom = ReturnType<typeof createTrends>;
type Asked = { days: number; campaign?: string | undefined };
type Counts = Pick<DayRow, "calls" | "contacts" | "sales">;
/** What a group did on a day, which is so many days `back` from the last one of its clock's period. */
type Done = Counts & { group: string; back: number };

/** A period against the one before, both of whole days, each site by its own. */
export function createTrends({ store, clock }: Pick<Deps, "store" | "clock">, stats: StatsRoom) {
  const queries = trendQueries(store);
  const { teams } = statsQueries(store);

  const periodOf = (timeZone: string, days: number) => {
    const to = addDays(dayOf(clock(), timeZone), -1);
    const from = addDays(to, 1 - days);
    return { from, to, beforeFrom: addDays(from, -days), beforeTo: addDays(from, -1) };
  };

  /** One clock's part. */
  async function partOf({ ids, timeZone }: Owners, { days, campaign }: Asked) {
    const { from, to, beforeFrom, beforeTo } = periodOf(timeZone, days);
    const current = { ids, from, to };
    const earlier = { ids, from: beforeFrom, to: beforeTo };
    const both = { ids, from: beforeFrom, to, campaign };
    const [byOwner, byCampaign, now, before, handle, handleBefore] = await Promise.all([
      queries.byOwner(both),
      queries.byCampaign(both),
      queries.now({ ...current, campaign }),
      queries.before({ ...earlier, campaign }),
      // they are counted for all campaigns together
      campaign === undefined ? queries.handle(current) : [],
      campaign === undefined ? queries.handle(earlier) : [],
    ]);
    const backs = new Map(Array.from({ length: 2 * days }, (_, back) => [addDays(to, -back), back]));
    const placed = (rows: DayRow[]): Done[] =>
      rows.map(({ group, day, calls, contacts, sales }) => {
        const back = backs.get(day) ?? 0;
        return { group, back, calls, contacts, sales };
      });
    return {
      owners: placed(byOwner),
      campaigns: placed(byCampaign),
      now: now ?? NOTHING,
      before: { ...NOTHING, ...before },
      handle: { ...noLengths(), handle },
      handleBefore: { ...noLengths(), handle: handleBefore },
    };
  }

  return {
    /** @param name how the client called the scope */
    async trends(scope: Scope, name: string, timeZone: string, asked: Asked): Promise<Trends> {
      const { days, campaign } = asked;
      const owners = await stats.ownersOf(scope, timeZone);
      const parts = await Promise.all(owners.map((one) => partOf(one, asked)));
      const { from, to, beforeFrom, beforeTo } = periodOf(timeZone, days);
      const byOwner = parts.flatMap((part) => part.owners);
      const byCampaign = parts.flatMap((part) => part.campaigns);
      const now = total(parts.map((part) => part.now));
      const ofDays = tally(byCampaign, 2 * days, ({ back }) => back);
      const before = ofDays.slice(days).reduce(plusCounts, NO_COUNTS);
      const places = new Map((await teams()).map((team) => [team.id, team]));
      const groupsBy = (rows: Done[], nameOf: (row: Done) => string | undefined) =>
        [...Map.groupBy(rows, nameOf)]
          .flatMap(([group, of]) => (group ? [groupOf(group, of, days)] : []))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const lengths = (of: "handle" | "handleBefore") =>
        parts.map((part) => part[of]).reduce(plusLengths, noLengths());
      /** Oldest first. */
      const series = (last: string, newestFirst: Counts[]) =>
        newestFirst.map((counts, back) => ({ day: addDays(last, -back), ...counts })).toReversed();
      return {
        scope: name,
        from,
        to,
        beforeFrom,
        beforeTo,
        timeZone,
        campaign: campaign ?? null,
        totals: totalsOf(now),
        before: comparedOf(before),
        change: changeOf(now, before),
        handle: durationOf("handle", now, lengths("handle")),
        handleBefore: durationOf("handle", total(parts.map((part) => part.before)), lengths("handleBefore")),
        days: series(to, ofDays.slice(0, days)),
        daysBefore: series(beforeTo, ofDays.slice(days)),
        teams: groupsBy(byOwner, ({ group }) => places.get(group)?.name).map((group) => ({
          ...group,
          site: [...places.values()].find((team) => team.name === group.name)?.site ?? null,
        })),
        sites: groupsBy(byOwner, ({ group }) => places.get(group)?.site),
        campaigns: groupsBy(byCampaign, ({ group }) => group),
        ai: helpOf(now),
      };
    },
  };
}

const NO_COUNTS: Readonly<Counts> = { calls: 0, contacts: 0, sales: 0 };
const plusCounts = (a: Readonly<Counts>, b: Readonly<Counts>): Counts => ({
  calls: a.calls + b.calls,
  contacts: a.contacts + b.contacts,
  sales: a.sales + b.sales,
});

/** Sums in `length` places, each row in the one that `placeOf` says. */
function tally(rows: readonly Done[], length: number, placeOf: (row: Done) => number): Counts[] {
  const sums = Array.from({ length }, () => ({ ...NO_COUNTS }));
  for (const row of rows) {
    const sum = sums[placeOf(row)];
    if (!sum) continue;
    sum.calls += row.calls;
    sum.contacts += row.contacts;
    sum.sales += row.sales;
  }
  return sums;
}

const comparedOf = ({ calls, contacts, sales }: Counts): Compared => ({
  calls,
  contacts,
  sales,
  successRate: rateOf(sales, contacts),
});

const sample = ({ sales, contacts }: Pick<Counts, "sales" | "contacts">) => ({
  successes: sales,
  n: contacts,
});
const changeOf = (now: Omit<Counts, "calls">, before: Omit<Counts, "calls">) =>
  difference(sample(now), sample(before));

function groupOf(name: string, rows: Done[], days: number): TrendGroup {
  const [before = NO_COUNTS, now = NO_COUNTS] = tally(rows, 2, ({ back }) => Number(back < days));
  const weeks = tally(rows, Math.ceil(days / 7), ({ back }) => (back < days ? Math.floor(back / 7) : -1));
  return {
    name,
    site: null,
    totals: comparedOf(now),
    before: comparedOf(before),
    change: changeOf(now, before),
    weeks: weeks.map(({ sales, contacts }) => rateOf(sales, contacts)).toReversed(),
  };
}

/** With the copilot and without: an association, not a cause, unless the hold-out made the groups by chance. */
function helpOf(figures: Figures): Trends["ai"] {
  const of = (ai: "with" | "without" | "held_out") => helpedOnly(figures, ai);
  const estimate = ({ sales, contacts }: Figures): Estimate => ({
    rate: rateOf(sales, contacts),
    interval: wilson(sales, contacts),
  });
  const [helped, without, heldOut] = [of("with"), of("without"), of("held_out")];
  return {
    with: estimate(helped),
    without: estimate(without),
    heldOut: heldOut.answered === 0 ? null : estimate(heldOut),
    difference: difference(sample(helped), sample(without)),
    share: rateOf(figures.aiCalls, figures.answered),
  };
}
