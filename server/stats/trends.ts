import type { Estimate, Rate, TrendGroup, Trends } from "#contract";
import { addDays, dayOf } from "../db/time.ts";
import type { Scope } from "../db/within-scope.ts";
import type { Deps } from "../deps.ts";
import { helpedOnly } from "./explain.ts";
import { NOTHING, rateOf, total, totalsOf, type Figures } from "./figures.ts";
import { difference, wilson } from "./intervals.ts";
import { durationOf, noLengths, plusLengths } from "./lengths.ts";
import { statsQueries, type Owners, type Period } from "./queries.ts";
import type { StatsRoom } from "./stats.ts";

export type TrendsRoom = ReturnType<typeof createTrends>;
type Asked = { days: number; campaign?: string | undefined };
type DayCounts = { calls: number; contacts: number; sales: number };
/** What one team did in one campaign; weeks newest first. */
type Cell = { now: Figures; before: Figures; weeks: { contacts: number; sales: number }[] };

/** A period against the one before, both of whole days, each site by its own. */
export function createTrends({ store, clock }: Pick<Deps, "store" | "clock">, stats: StatsRoom) {
  const queries = statsQueries(store);

  const periodOf = (timeZone: string, { days, campaign }: Asked): Period => {
    const to = addDays(dayOf(clock(), timeZone), -1);
    const from = addDays(to, 1 - days);
    return { from, to, beforeFrom: addDays(from, -days), campaign };
  };

  /** One clock's part: counts of each day by its place in the period, and cells by team and campaign. */
  async function partOf(owners: Owners, asked: Asked) {
    const period = periodOf(owners.timeZone, asked);
    const { from, to, beforeFrom } = period;
    const before = { from: beforeFrom, to: addDays(from, -1) };
    const weeks = Array.from({ length: Math.ceil(asked.days / 7) }, (_, i) => addDays(to, -7 * i - 6));
    const [groups, ofWeeks, counts, lengths, lengthsBefore] = await Promise.all([
      queries.periods(owners.ids, period),
      queries.weeks(owners.ids, weeks, period),
      queries.dayCounts(owners.ids, { ...period, from: beforeFrom }),
      queries.lengths(owners.ids, period),
      queries.lengths(owners.ids, before),
    ]);
    const cells = new Map<string, Cell & { ownerId: string; campaign: string }>();
    const cellOf = ({ ownerId, campaign }: { ownerId: string; campaign: string }) => {
      const key = `${ownerId} ${campaign}`;
      const cell = cells.get(key) ?? { ownerId, campaign, now: NOTHING, before: NOTHING, weeks: [] };
      cells.set(key, cell);
      return cell;
    };
    for (const { current, ownerId, campaign, ...figures } of groups)
      cellOf({ ownerId, campaign })[current === 1 ? "now" : "before"] = figures;
    for (const { week, contacts, sales, ...of } of ofWeeks) cellOf(of).weeks[week] = { contacts, sales };
    const byDay = new Map(counts.map((row) => [row.day, row]));
    const series = (first: string) =>
      Array.from({ length: asked.days }, (_, i) => byDay.get(addDays(first, i)) ?? NOTHING);
    return {
      cells: [...cells.values()],
      days: series(from),
      daysBefore: series(beforeFrom),
      lengths,
      lengthsBefore,
    };
  }

  return {
    /** @param name how the client called the scope */
    async trends(scope: Scope, name: string, timeZone: string, asked: Asked): Promise<Trends> {
      const owners = await stats.ownersOf(scope, timeZone);
      const parts = await Promise.all(owners.map((one) => partOf(one, asked)));
      const { from, to, beforeFrom } = periodOf(timeZone, asked);
      const cells = parts.flatMap((part) => part.cells);
      const all = united(cells);
      const lengths = (of: "lengths" | "lengthsBefore") =>
        // they are counted for all campaigns together
        asked.campaign === undefined
          ? parts.map((part) => part[of]).reduce(plusLengths, noLengths())
          : noLengths();
      const places = new Map((await queries.teams()).map((team) => [team.id, team]));
      const series = (of: "days" | "daysBefore", first: string) =>
        Array.from({ length: asked.days }, (_, i) => ({
          day: addDays(first, i),
          ...parts.map((part) => part[of][i] ?? NOTHING).reduce(plusCounts, NO_COUNTS),
        }));
      const groupsBy = (nameOf: (cell: (typeof cells)[number]) => string | undefined) =>
        [...Map.groupBy(cells, nameOf)]
          .flatMap(([group, of]) => (group ? [{ name: group, of }] : []))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
          .map(({ name: group, of }) => groupOf(group, united(of), asked.days));
      return {
        scope: name,
        from,
        to,
        beforeFrom,
        beforeTo: addDays(from, -1),
        timeZone,
        campaign: asked.campaign ?? null,
        totals: totalsOf(all.now),
        before: totalsOf(all.before),
        change: difference(sample(all.now), sample(all.before)),
        handle: durationOf("handle", all.now, lengths("lengths")),
        handleBefore: durationOf("handle", all.before, lengths("lengthsBefore")),
        days: series("days", from),
        daysBefore: series("daysBefore", beforeFrom),
        teams: groupsBy(({ ownerId }) => places.get(ownerId)?.name).map((group) => ({
          ...group,
          site: [...places.values()].find((team) => team.name === group.name)?.site ?? null,
        })),
        sites: groupsBy(({ ownerId }) => places.get(ownerId)?.site),
        campaigns: groupsBy(({ campaign }) => campaign),
        ai: helpOf(all.now),
      };
    },
  };
}

const NO_COUNTS: DayCounts = { calls: 0, contacts: 0, sales: 0 };
const plusCounts = (a: DayCounts, b: DayCounts): DayCounts => ({
  calls: a.calls + b.calls,
  contacts: a.contacts + b.contacts,
  sales: a.sales + b.sales,
});

const united = (cells: Cell[]): Cell => ({
  now: total(cells.map(({ now }) => now)),
  before: total(cells.map(({ before }) => before)),
  weeks: cells.reduce<Cell["weeks"]>((sums, { weeks }) => {
    for (const [i, week] of weeks.entries())
      if (week)
        sums[i] = {
          contacts: (sums[i]?.contacts ?? 0) + week.contacts,
          sales: (sums[i]?.sales ?? 0) + week.sales,
        };
    return sums;
  }, []),
});

const sample = ({ sales, contacts }: Figures) => ({ successes: sales, n: contacts });

function groupOf(name: string, { now, before, weeks }: Cell, days: number): TrendGroup {
  const rates: Rate[] = Array.from({ length: Math.ceil(days / 7) }, (_, i) =>
    rateOf(weeks[i]?.sales ?? 0, weeks[i]?.contacts ?? 0),
  );
  return {
    name,
    site: null,
    totals: totalsOf(now),
    before: totalsOf(before),
    change: difference(sample(now), sample(before)),
    weeks: rates.toReversed(),
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
