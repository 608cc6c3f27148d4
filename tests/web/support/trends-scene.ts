import type { Call, Rate, Totals, TrendGroup, Trends } from "#contract";
import { difference, wilson } from "../../../server/stats/intervals.ts";
import { ended, idOf, NOW, TIME_ZONE } from "./scene.ts";

/** Four made-up teams over half a year, each with its own course. */
type Team = { name: string; site: string; perDay: number; before: number; now: number };
const TEAMS: Team[] = [
  { name: "Ventas Norte", site: "Madrid", perDay: 90, before: 0.255, now: 0.276 },
  { name: "Ventas Sur", site: "Sevilla", perDay: 72, before: 0.237, now: 0.241 },
  { name: "Captación", site: "Bogotá", perDay: 66, before: 0.225, now: 0.239 },
  { name: "Fidelización", site: "Madrid", perDay: 48, before: 0.246, now: 0.226 },
];
const CAMPAIGNS: [name: string, part: number, better: number][] = [
  ["Fibra", 0.6, 1.04],
  ["Seguro de hogar", 0.399, 0.94],
  ["Alarmas", 0.001, 1],
];

const DAY_MS = 86_400_000;
const dayOf = (back: number): string => new Date(NOW.getTime() - back * DAY_MS).toISOString().slice(0, 10);
const rateOf = (numerator: number, denominator: number): Rate => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

type Count = { calls: number; contacts: number; sales: number };
const NOTHING: Count = { calls: 0, contacts: 0, sales: 0 };
const plus = (a: Count, b: Count): Count => ({
  calls: a.calls + b.calls,
  contacts: a.contacts + b.contacts,
  sales: a.sales + b.sales,
});
const sum = (counts: Count[]): Count => counts.reduce(plus, NOTHING);

/** What a team did `back` days before today; the same every time. Weekends are quiet. */
function dayOfTeam({ perDay, before, now }: Team, back: number, part: number, better: number): Count {
  const weekend = [0, 6].includes(new Date(NOW.getTime() - back * DAY_MS).getUTCDay());
  const wave = Math.sin(back * 0.9 + perDay) * 0.12 + Math.sin(back / 6 + perDay) * 0.06;
  // a campaign that has hardly begun has a call now and then
  const contacts =
    part < 0.01 ? Number(back % 25 === 3) : Math.round(perDay * part * (weekend ? 0.35 : 1.25) * (1 + wave));
  // each quarter climbs a little from the rate before it to its own
  const rate = back > 90 ? before : before + (now - before) * Math.min(1, (1.4 * (90 - back)) / 60);
  return {
    calls: Math.round(contacts * 1.09),
    contacts,
    sales: Math.round(contacts * rate * better * (1 + Math.sin(back * 1.7 + perDay) * 0.1)),
  };
}

const totalsOf = ({ calls, contacts, sales }: Count): Totals => ({
  calls,
  answered: contacts + Math.round(contacts * 0.04),
  contacts,
  sales,
  saleAmount: Math.round(sales * 29.9 * 100) / 100,
  successRate: rateOf(sales, contacts),
  talkSeconds: contacts * 240,
  holdSeconds: contacts * 8,
  holdCalls: contacts,
  wrapUpSeconds: contacts * 44,
  wrapUpCalls: contacts,
  readySeconds: contacts * 120,
  pausedSeconds: contacts * 20,
  occupancy: rateOf(contacts * 292, contacts * 412),
  aiAsks: Math.round(contacts * 0.5),
  aiCalls: Math.round(contacts * 0.32),
});

export type TrendsWanted = { scope?: string; days?: number; campaign?: string; heldOut?: boolean };

/** The trends that such a query gets; `days` 7, 30 or 90. */
export function trendsOf({ scope = "all", days = 90, campaign, heldOut = false }: TrendsWanted = {}): Trends {
  const [kind, name] = scope.split(":");
  const teams = TEAMS.filter(
    (team) =>
      kind === "all" ||
      team.name === (kind === "team" ? name : "") ||
      (kind === "site" && team.site === name),
  );
  const campaigns = CAMPAIGNS.filter(([one]) => campaign === undefined || one === campaign);
  const at = (back: number, some = teams, of = campaigns): Count =>
    sum(some.flatMap((team) => of.map(([, part, better]) => dayOfTeam(team, back, part, better))));
  const backs = (first: number): number[] => Array.from({ length: days }, (_, i) => first - i);
  const [nowBacks, beforeBacks] = [backs(days), backs(2 * days)];
  const groupOf = (label: string, site: string | null, some: Team[], of = campaigns): TrendGroup => {
    const weeks = Math.ceil(days / 7);
    const totals = totalsOf(sum(nowBacks.map((back) => at(back, some, of))));
    const earlier = totalsOf(sum(beforeBacks.map((back) => at(back, some, of))));
    return {
      name: label,
      site,
      totals,
      before: earlier,
      change: differenceOf(totals.successRate, earlier.successRate),
      weeks: Array.from({ length: weeks }, (_, i) => {
        const last = (weeks - i) * 7;
        const week = sum(Array.from({ length: 7 }, (_, day) => at(last - day, some, of)));
        return rateOf(week.sales, week.contacts);
      }),
    };
  };
  const all = sum(nowBacks.map((back) => at(back)));
  const before = totalsOf(sum(beforeBacks.map((back) => at(back))));
  const used = Math.round(all.contacts * 0.32);
  const usedSales = Math.round(used * 0.285);
  const out = heldOut ? Math.round(all.contacts * 0.06) : 0;
  const outSales = Math.round(out * 0.242);
  const estimate = (rate: Rate) => ({ rate, interval: wilson(rate.numerator, rate.denominator) });
  const withAi = rateOf(usedSales, used);
  const without = rateOf(all.sales - usedSales - outSales, all.contacts - used - out);
  return {
    scope,
    from: dayOf(days),
    to: dayOf(1),
    beforeFrom: dayOf(2 * days),
    beforeTo: dayOf(days + 1),
    timeZone: TIME_ZONE,
    campaign: campaign ?? null,
    totals: totalsOf(all),
    before,
    change: differenceOf(rateOf(all.sales, all.contacts), before.successRate),
    handle: { mean: 292, median: 242, p90: 580, n: all.contacts },
    handleBefore: { mean: 290, median: 240, p90: 571, n: all.contacts },
    days: nowBacks.map((back) => ({ day: dayOf(back), ...at(back) })),
    daysBefore: beforeBacks.map((back) => ({ day: dayOf(back), ...at(back) })),
    teams: teams.map((team) => groupOf(team.name, team.site, [team])),
    sites: [...Map.groupBy(teams, ({ site }) => site)].map(([site, some]) => groupOf(site, null, some)),
    campaigns: campaigns.map((one) => groupOf(one[0], null, teams, [one])),
    ai: {
      with: estimate(withAi),
      without: estimate(without),
      heldOut: heldOut ? estimate(rateOf(outSales, out)) : null,
      difference: differenceOf(withAi, without),
      share: rateOf(totalsOf(all).aiCalls, totalsOf(all).answered),
    },
  };
}

function differenceOf(one: Rate, other: Rate): Trends["change"] {
  const sample = ({ numerator, denominator }: Rate) => ({ successes: numerator, n: denominator });
  return difference(sample(one), sample(other));
}

/** A company in which nobody has called yet. */
export function noTrends(): Trends {
  const empty = trendsOf({ scope: "team:nobody" });
  return { ...empty, campaigns: [], handle: { mean: null, median: null, p90: null, n: 0 } };
}

/** So many calls behind a number, the newest first; every third has no recording. */
export const callsBehind = (sales: boolean): Call[] =>
  Array.from({ length: 45 }, (_, i) => {
    const templates = sales ? ended.filter(({ disposition }) => disposition === "sale") : ended;
    const call = templates[i % templates.length];
    if (!call) throw new Error("the scene has no calls");
    const at = new Date(NOW.getTime() - (i + 30) * 3 * 3_600_000).toISOString();
    return {
      ...call,
      id: idOf(2000 + i + (sales ? 0 : 500)),
      startedAt: at,
      endedAt: at,
      recorded: i % 3 !== 2,
    };
  });
