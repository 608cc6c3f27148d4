import { and, count, gte, lt, sql, type SQL } from "drizzle-orm";
import type { Scope } from "../auth/scope.ts";
import type { Store } from "../db/store.ts";
import { withinScope } from "../db/within-scope.ts";

/** Ended calls of one agent in one UTC hour. */
export type HourRow = {
  agentId: string;
  hour: Date;
  calls: number;
  answered: number;
  contacts: number;
  sales: number;
  saleAmount: number;
  talkSeconds: number;
  aiAsks: number;
};

/** What the boards ask of the database. */
export function statsQueries({ db, tables: { calls } }: Store) {
  const within = (scope: Scope) =>
    withinScope(scope, { agent: calls.agentId, team: calls.teamId, site: calls.siteId });
  const number = (expression: SQL) => sql<number>`coalesce(${expression}, 0)`.mapWith(Number);
  const figures = {
    calls: count(),
    answered: number(sql`sum(case when ${calls.outcome} = 'answered' then 1 else 0 end)`),
    contacts: number(sql`sum(case when ${calls.contacted} then 1 else 0 end)`),
    sales: number(sql`sum(case when ${calls.sold} then 1 else 0 end)`),
    saleAmount: number(sql`sum(case when ${calls.sold} then ${calls.saleAmount} else 0 end)`),
    talkSeconds: number(sql`sum(${calls.talkSeconds})`),
    aiAsks: number(sql`sum(${calls.aiAsks})`),
  };

  return {
    /** Whole hours from `from` on, up to but without `to`. */
    hours: async (scope: Scope, from: Date, to: Date): Promise<HourRow[]> =>
      (
        await db
          .select({ agentId: calls.agentId, hour: calls.countedHour, ...figures })
          .from(calls)
          .where(and(within(scope), gte(calls.countedHour, from), lt(calls.countedHour, to)))
          .groupBy(calls.agentId, calls.countedHour)
      ).map((row) => ({ ...row, hour: row.hour ?? from })),

    /** One sum over the calls that ended from `from` on and before `to`, to the millisecond. */
    span: async (scope: Scope, from: Date, to: Date) =>
      (
        await db
          .select(figures)
          .from(calls)
          .where(
            and(
              within(scope),
              gte(calls.countedHour, new Date(from.getTime() - 3_600_000)),
              gte(calls.countedAt, from),
              lt(calls.countedAt, to),
            ),
          )
      )[0] ?? null,
  };
}
