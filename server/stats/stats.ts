import type { Stats } from "#contract";
import { addDays, dayOf, hourOf, placeOf, sameTimeOn, startOfDay } from "../db/time.ts";
import type { Scope } from "../db/within-scope.ts";
import type { Deps } from "../deps.ts";
import type { Present } from "../time/presence/presence.ts";
import type { Time } from "../time/time.ts";
import {
  agentFiguresOf,
  NOTHING,
  plus,
  total,
  totalsOf,
  type AgentFigures,
  type Figures,
} from "./figures.ts";
import { durationOf, noLengths, plusLengths, type Lengths } from "./lengths.ts";
import { rememberedForTheMinute, wholeMinute } from "./minute.ts";
import { statsQueries, type Days, type Owners } from "./queries.ts";
import { createUsual } from "./usual.ts";

export type StatsRoom = ReturnType<typeof createStats>;
/** The figures of a span, of each agent in it, and those agents as they are now. */
export type Board = People & { stats: Stats };
export type People = { byAgent: Map<string, AgentFigures>; present: Present[] };
type Span = { from?: string | undefined; to?: string | undefined };
type Hour = { hour: Date; calls: number; sales: number };

/** The figures of the boards, by the days of each site. A site, or everybody, is the sum of its teams. */
export function createStats({ store, clock }: Pick<Deps, "store" | "clock">, time: Time) {
  const queries = statsQueries(store);
  const ofMinute = rememberedForTheMinute<Figures | null>(clock);

  /** Whose rows make up a scope, by clock; an agent's is `timeZone`. */
  async function ownersOf(scope: Scope, timeZone: string): Promise<Owners[]> {
    if (scope.by === "agent") return [{ by: "agent", ids: [scope.id], timeZone }];
    const mine = (await queries.teams()).filter(
      ({ id, siteId }) =>
        scope.by === "all" || (scope.by === "teams" ? scope.ids.includes(id) : scope.id === siteId),
    );
    const byClock = Map.groupBy(mine, (team) => team.timeZone);
    return [...byClock].map(([zone, of]) => ({ by: "teams", ids: of.map(({ id }) => id), timeZone: zone }));
  }

  /** Figures of one day up to an instant in it: whole hours, and the part of the last one from its calls. */
  async function dayUntil(owners: Owners, day: string, until: Date, campaign?: string): Promise<Figures> {
    const { hour } = placeOf(until, owners.timeZone);
    const [whole, part] = await Promise.all([
      queries.wholeHours(owners.ids, startOfDay(day, owners.timeZone), hour, campaign),
      ofMinute(`${owners.ids.join()} ${until.toISOString()} ${campaign}`, until, () =>
        queries.partOfHour(owners, hour, until, campaign),
      ),
    ]);
    return plus(whole ?? NOTHING, part ?? NOTHING);
  }

  /** One clock's part of a board. */
  async function boardOf(owners: Owners, span: Span, now: Date, present: Present[]) {
    const { ids, timeZone } = owners;
    const today = dayOf(now, timeZone);
    const to = span.to ?? today;
    const from = span.from ?? to;
    const before = { from: addDays(from, -7), to: addDays(to, -7) };
    const weekStart = addDays(to, -6);
    const goesOn = to >= today && from <= today;
    const beforeUntil = sameTimeOn(wholeMinute(now), -7, timeZone);
    // of a day that goes on, the one a week before counts up to the same time
    const wholeBefore = goesOn ? { ...before, to: addDays(today, -8) } : before;
    const [figures, whole, beforeLast, days, hours, hoursBefore, lengths] = await Promise.all([
      queries.wholeDays(ids, { from, to }),
      wholeBefore.from <= wholeBefore.to ? queries.wholeDays(ids, wholeBefore) : null,
      goesOn ? dayUntil(owners, dayOf(beforeUntil, timeZone), beforeUntil) : null,
      queries.dayCounts(ids, { from: weekStart, to }),
      queries.hours(ids, startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone)),
      queries.hours(ids, startOfDay(before.from, timeZone), startOfDay(addDays(before.to, 1), timeZone)),
      queries.lengths(ids, { from, to }),
    ]);
    return {
      figures: plus(figures ?? NOTHING, goesOn ? goingOn(owners, present, now) : NOTHING),
      before: plus(whole ?? NOTHING, beforeLast ?? NOTHING),
      days,
      hours,
      hoursBefore,
      lengths,
    };
  }

  return {
    ownersOf,
    dayUntil,
    usual: createUsual({ clock }, { queries, dayUntil }),

    /** What a scope did in whole days, the last of them up to an instant where there is one. */
    async span(
      scope: Scope,
      timeZone: string,
      { until, ...days }: Days & { until: Date | null },
    ): Promise<{ figures: Figures; lengths: Lengths }> {
      await time.settled();
      const now = clock();
      const owners = await ownersOf(scope, timeZone);
      const present = days.campaign === undefined && until === null ? await time.present(scope) : [];
      const parts = await Promise.all(
        owners.map(async (one) => {
          const lastDay = until && dayOf(until, one.timeZone);
          const cut = until && lastDay && lastDay >= days.from && lastDay <= days.to;
          const to = cut ? addDays(lastDay, -1) : until && lastDay && lastDay < days.from ? "" : days.to;
          const [whole, last, lengths] = await Promise.all([
            queries.wholeDays(one.ids, { ...days, to }),
            cut ? dayUntil(one, lastDay, until, days.campaign) : NOTHING,
            queries.lengths(one.ids, days),
          ]);
          const today = dayOf(now, one.timeZone);
          const goesOn = until === null && days.from <= today && days.to >= today;
          const more = goesOn ? goingOn(one, present, now) : NOTHING;
          return { figures: total([whole ?? NOTHING, last, more]), lengths };
        }),
      );
      return {
        figures: total(parts.map(({ figures }) => figures)),
        lengths: parts.map(({ lengths }) => lengths).reduce(plusLengths, noLengths()),
      };
    },

    /** @param name how the client called the scope, e.g. `team:Ventas Norte` */
    stats: async (scope: Scope, name: string, timeZone: string, span: Span): Promise<Stats> =>
      statsOf(scope, name, timeZone, span, await time.present(scope)),

    /** Today's, with each agent's; of these agents only, where they are named. */
    async board(scope: Scope, name: string, timeZone: string, only?: Set<string>): Promise<Board> {
      const present = await time.present(scope);
      const stats = await statsOf(scope, name, timeZone, {}, present);
      return { stats, ...(await peopleOf(scope, timeZone, present, only)) };
    },

    /** Today's figures of these agents alone, and what they do. */
    people: async (scope: Scope, timeZone: string, only: Set<string>): Promise<People> =>
      peopleOf(scope, timeZone, await time.present(scope, only), only),
  };

  async function statsOf(
    scope: Scope,
    name: string,
    timeZone: string,
    span: Span,
    present: Present[],
  ): Promise<Stats> {
    const now = clock();
    const to = span.to ?? dayOf(now, timeZone);
    const from = span.from ?? to;
    const owners = await ownersOf(scope, timeZone);
    const parts = await Promise.all(owners.map((one) => boardOf(one, span, now, present)));
    const figures = total(parts.map((part) => part.figures));
    const lengths = parts.map((part) => part.lengths).reduce(plusLengths, noLengths());
    const byDay = Map.groupBy(
      parts.flatMap((part) => part.days),
      ({ day }) => day,
    );
    const byHour = (hours: "hours" | "hoursBefore") =>
      Map.groupBy(
        parts.flatMap((part, i) =>
          part[hours].map((row) => ({ ...row, at: hourOf(row.hour, owners[i]?.timeZone ?? timeZone) })),
        ),
        ({ at }) => at,
      );
    const [hours, hoursBefore] = [byHour("hours"), byHour("hoursBefore")];
    const end = startOfDay(addDays(to, 1), timeZone);

    return {
      scope: name,
      from,
      to,
      timeZone,
      until: (end < now ? end : now).toISOString(),
      totals: totalsOf(figures),
      weekBefore: totalsOf(total(parts.map(({ before }) => before))),
      handle: durationOf("handle", figures, lengths),
      talk: durationOf("talk", figures, lengths),
      wrapUp: durationOf("wrapUp", figures, lengths),
      hours: Array.from({ length: 24 }, (_, hour) => ({
        calls: sum(hours.get(hour), "calls"),
        sales: sum(hours.get(hour), "sales"),
        callsWeekBefore: sum(hoursBefore.get(hour), "calls"),
      })),
      days: Array.from({ length: 7 }, (_, i) => addDays(to, i - 6)).map((day) => ({
        day,
        calls: sum(byDay.get(day), "calls"),
        sales: sum(byDay.get(day), "sales"),
      })),
    };
  }

  async function peopleOf(
    scope: Scope,
    timeZone: string,
    all: Present[],
    only?: Set<string>,
  ): Promise<People> {
    const now = clock();
    const today = dayOf(now, timeZone);
    const midnight = startOfDay(today, timeZone);
    const present = only ? all.filter(({ id }) => only.has(id)) : all;
    if (present.length === 0) return { present, byAgent: new Map() };
    const figures = await queries.byAgent(scope, { from: today, to: today }, only);
    const rows = new Map(figures.map((row) => [row.ownerId, row] as const));
    const byAgent = new Map(
      present.map((person) => {
        const row = rows.get(person.id) ?? NOTHING;
        const ready = person.state === "available" ? secondsOn(person, now, midnight) : 0;
        return [person.id, agentFiguresOf({ ...row, readySeconds: row.readySeconds + ready })];
      }),
    );
    return { present, byAgent };
  }
}

/** What the figures do not know yet of the state that somebody is in: it goes on. */
function goingOn({ by, ids, timeZone }: Owners, present: readonly Present[], now: Date): Figures {
  const figures = { ...NOTHING };
  const midnight = startOfDay(dayOf(now, timeZone), timeZone);
  for (const person of present) {
    if (!ids.includes(by === "agent" ? person.id : person.teamId)) continue;
    if (person.state === "available") figures.readySeconds += secondsOn(person, now, midnight);
    if (person.state === "paused") figures.pausedSeconds += secondsOn(person, now, midnight);
  }
  return figures;
}

/** Seconds of today since somebody's time was known. */
const secondsOn = ({ knownUntil }: Present, now: Date, midnight: Date): number =>
  knownUntil === null
    ? 0
    : Math.max(0, Math.round((now.getTime() - Math.max(knownUntil.getTime(), midnight.getTime())) / 1000));

const sum = (rows: Pick<Hour, "calls" | "sales">[] | undefined, what: "calls" | "sales"): number =>
  (rows ?? []).reduce((all, row) => all + row[what], 0);
