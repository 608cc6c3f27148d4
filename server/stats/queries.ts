import { and, count, eq, gte, lt, sql, type SQL } from "drizzle-orm";
import type { Scope } from "../auth/scope.ts";
import type { Store } from "../db/store.ts";

/** Ended calls of one agent in one UTC hour. */
export type HourRow = {
  agentId: string;
  hour: Date;
  calls: number;
  answered: number;
  sales: number;
  saleAmount: number;
  talkSeconds: number;
  aiAsks: number;
};

/** What the boards ask of the database. */
export function statsQueries({ db, tables: { calls } }: Store) {
  const within = (scope: Scope): SQL | undefined => {
    if (scope.by === "agent") return eq(calls.agentId, scope.id);
    if (scope.by === "team") return eq(calls.teamId, scope.id);
    return scope.by === "site" ? eq(calls.siteId, scope.id) : undefined;
  };
  const number = (expression: SQL) => sql<number>`coalesce(${expression}, 0)`.mapWith(Number);
  const figures = {
    calls: count(),
    answered: number(sql`sum(case when ${calls.outcome} = 'answered' then 1 else 0 end)`),
    sales: number(sql`sum(case when ${calls.disposition} = 'sale' then 1 else 0 end)`),
    saleAmount: number(sql`sum(case when ${calls.disposition} = 'sale' then ${calls.saleAmount} else 0 end)`),
    talkSeconds: number(sql`sum(${calls.talkSeconds})`),
    aiAsks: number(sql`sum(${calls.aiAsks})`),
  };

  return {
    /** Whole hours from `from` on, up to but without `to`. */
    hours: async (scope: Scope, from: Date, to: Date): Promise<HourRow[]> =>
      (
        await db
          .select({ agentId: calls.agentId, hour: calls.endedHour, ...figures })
          .from(calls)
          .where(and(within(scope), gte(calls.endedHour, from), lt(calls.endedHour, to)))
          .groupBy(calls.agentId, calls.endedHour)
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
              gte(calls.endedHour, new Date(from.getTime() - 3_600_000)),
              gte(calls.endedAt, from),
              lt(calls.endedAt, to),
            ),
          )
      )[0] ?? null,
  };
}
