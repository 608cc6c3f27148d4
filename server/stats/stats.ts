import type { Rate, Stats, Totals } from "#contract";
import type { Scope } from "../auth/scope.ts";
import { addDays, dayOf, hourOf, sameTimeOn, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { statsQueries, type HourRow } from "./queries.ts";

export type StatsRoom = ReturnType<typeof createStats>;
/** The figures of a span, and of each agent in it. */
export type Board = { stats: Stats; byAgent: Map<string, Totals> };

/**
 * Success rate (tasa de éxito): sales / calls, both counted on the day on which the call ended.
 * Source: conversion per handled contact; the denominator is always shown beside it.
 */
export const successRate = (sales: number, calls: number): Rate => ({
  value: calls === 0 ? null : sales / calls,
  numerator: sales,
  denominator: calls,
});

type Figures = Pick<
  Totals,
  "calls" | "answered" | "contacts" | "sales" | "saleAmount" | "talkSeconds" | "aiAsks"
>;
export const NO_CALLS: Figures = {
  calls: 0,
  answered: 0,
  contacts: 0,
  sales: 0,
  saleAmount: 0,
  talkSeconds: 0,
  aiAsks: 0,
};
export const withRate = (figures: Figures): Totals => ({
  ...figures,
  successRate: successRate(figures.sales, figures.contacts),
  holdSeconds: 0,
  holdCalls: 0,
  wrapUpSeconds: 0,
  wrapUpCalls: 0,
  readySeconds: 0,
  pausedSeconds: 0,
  occupancy: successRate(0, 0),
  aiCalls: 0,
});

const plus = (a: Figures, b: Figures): Figures => ({
  calls: a.calls + b.calls,
  answered: a.answered + b.answered,
  contacts: a.contacts + b.contacts,
  sales: a.sales + b.sales,
  saleAmount: Math.round((a.saleAmount + b.saleAmount) * 100) / 100,
  talkSeconds: a.talkSeconds + b.talkSeconds,
  aiAsks: a.aiAsks + b.aiAsks,
});
const total = (rows: Figures[]): Figures => rows.reduce(plus, NO_CALLS);

const NOTHING = { mean: null, median: null, p90: null, n: 0 };

/** The figures of the boards. Days are those of the given time zone, both ends included. */
export function createStats({ store, clock }: Deps) {
  const queries = statsQueries(store);

  return {
    /** @param name how the client called the scope, e.g. `team:Ventas Norte` */
    async board(
      scope: Scope,
      name: string,
      timeZone: string,
      span: { from?: string | undefined; to?: string | undefined },
    ): Promise<Board> {
      const now = clock();
      const to = span.to ?? dayOf(now, timeZone);
      const from = span.from ?? to;
      const begin = startOfDay(from, timeZone);
      const end = startOfDay(addDays(to, 1), timeZone);
      const until = end < now ? end : now;
      const weekStart = startOfDay(addDays(to, -6), timeZone);
      const beforeStart = startOfDay(addDays(from, -7), timeZone);
      const beforeEnd = startOfDay(addDays(to, -6), timeZone);

      const [rows, before, beforeRows] = await Promise.all([
        queries.hours(scope, begin < weekStart ? begin : weekStart, end),
        queries.span(scope, beforeStart, sameTimeOn(until, -7, timeZone)),
        queries.hours(scope, beforeStart, beforeEnd),
      ]);
      const inSpan = rows.filter(({ hour }) => hour >= begin);
      const byLocalHour = Map.groupBy(inSpan, ({ hour }) => hourOf(hour, timeZone));
      const beforeByHour = Map.groupBy(beforeRows, ({ hour }) => hourOf(hour, timeZone));
      const byDay = Map.groupBy(rows, ({ hour }) => dayOf(hour, timeZone));

      const stats: Stats = {
        scope: name,
        from,
        to,
        timeZone,
        until: until.toISOString(),
        totals: withRate(total(inSpan)),
        weekBefore: withRate(before ? plus(NO_CALLS, before) : NO_CALLS),
        handle: NOTHING,
        talk: NOTHING,
        wrapUp: NOTHING,
        hours: Array.from({ length: 24 }, (_, hour) => ({
          calls: sum(byLocalHour.get(hour), "calls"),
          sales: sum(byLocalHour.get(hour), "sales"),
          callsWeekBefore: sum(beforeByHour.get(hour), "calls"),
        })),
        days: daysOf(addDays(to, -6), to).map((day) => ({
          day,
          calls: sum(byDay.get(day), "calls"),
          sales: sum(byDay.get(day), "sales"),
        })),
      };
      const agents = Map.groupBy(inSpan, ({ agentId }) => agentId);
      return { stats, byAgent: new Map([...agents].map(([id, rows]) => [id, withRate(total(rows))])) };
    },
  };
}

function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to && days.length < 3660; day = addDays(day, 1)) days.push(day);
  return days;
}

const sum = (rows: HourRow[] | undefined, what: "calls" | "sales"): number =>
  (rows ?? []).reduce((all, row) => all + row[what], 0);
