import {
  and,
  asc,
  countDistinct,
  eq,
  gt,
  gte,
  inArray,
  lt,
  lte,
  sql,
  type AnyColumn,
  type SQL,
} from "drizzle-orm";
import { contributions } from "../db/counting.ts";
import type { Store } from "../db/store.ts";
import { lengthSteps, type LengthStep } from "../db/tables/figures.ts";
import { withinScope, type Scope } from "../db/within-scope.ts";
import { figureNames, type Figures } from "./figures.ts";
import { noLengths, type Lengths, type What } from "./lengths.ts";

/** Owners of figures whose clocks agree: teams, or one agent. */
export type Owners = { by: "teams" | "agent"; ids: string[]; timeZone: string };
export type Days = { from: string; to: string; campaign?: string | undefined };

/** A period of days, after one as long that begins at `beforeFrom`. */
export type Period = Days & { beforeFrom: string };

/** A call is over, with its wrap-up, in less than this. */
const LONGEST_CALL_MS = 8 * 86_400_000;

/** What the boards ask of the database: rollups only, but for parts of an hour. */
export function statsQueries(store: Store) {
  const { db } = store;
  const { calls, users, teams, sites, hourFigures, dayFigures, dayLengths } = store.tables;
  const sum = (expression: SQL | AnyColumn) => sql<number>`coalesce(sum(${expression}), 0)`.mapWith(Number);
  const sums = (table: typeof hourFigures | typeof dayFigures) =>
    Object.fromEntries(figureNames.map((name) => [name, sum(table[name])])) as Record<
      keyof Figures,
      ReturnType<typeof sum>
    >;
  const onDays = (ids: string[], { from, to, campaign }: Days) =>
    and(
      inArray(dayFigures.ownerId, ids),
      gte(dayFigures.day, from),
      lte(dayFigures.day, to),
      campaign === undefined ? undefined : eq(dayFigures.campaign, campaign),
    );
  const inHours = (ids: string[], from: Date, to: Date, campaign?: string) =>
    and(
      inArray(hourFigures.ownerId, ids),
      gte(hourFigures.hour, from),
      lt(hourFigures.hour, to),
      campaign === undefined ? undefined : eq(hourFigures.campaign, campaign),
    );

  return {
    /** Teams with their sites, by name. */
    teams: () =>
      db
        .select({
          id: teams.id,
          name: teams.name,
          siteId: teams.siteId,
          site: sites.name,
          timeZone: sites.timeZone,
        })
        .from(teams)
        .innerJoin(sites, eq(sites.id, teams.siteId))
        .orderBy(asc(teams.name)),

    wholeDays: async (ids: string[], days: Days): Promise<Figures | null> =>
      (await db.select(sums(dayFigures)).from(dayFigures).where(onDays(ids, days)))[0] ?? null,
    /** Of the hours that begin from `from` on and before `to`. */
    hours: (ids: string[], from: Date, to: Date) =>
      list(
        db
          .select({ hour: hourFigures.hour, calls: sum(hourFigures.calls), sales: sum(hourFigures.sales) })
          .from(hourFigures)
          .where(inHours(ids, from, to))
          .groupBy(hourFigures.hour),
      ),
    wholeHours: async (ids: string[], from: Date, to: Date, campaign?: string): Promise<Figures | null> =>
      (
        await db
          .select(sums(hourFigures))
          .from(hourFigures)
          .where(inHours(ids, from, to, campaign))
      )[0] ?? null,
    /** Part of an hour, to the millisecond, from the calls themselves. */
    partOfHour: async (owners: Owners, from: Date, to: Date, campaign?: string): Promise<Figures | null> => {
      const columns = Object.entries(contributions(store.tables)).map(([name, { when, value }]) => [
        name,
        sum(sql`case when ${when} then ${value} else 0 end`),
      ]);
      const none = sql<number>`0`.mapWith(Number);
      const [row] = await db
        .select({
          ...(Object.fromEntries(columns) as Record<keyof Figures, ReturnType<typeof sum>>),
          readySeconds: none,
          pausedSeconds: none,
        })
        .from(calls)
        .where(
          and(
            owners.by === "teams" ? inArray(calls.teamId, owners.ids) : inArray(calls.agentId, owners.ids),
            owners.by === "teams"
              ? undefined
              : gte(calls.startedAt, new Date(from.getTime() - LONGEST_CALL_MS)),
            gte(calls.countedAt, from),
            lt(calls.countedAt, to),
            campaign === undefined ? undefined : sql`coalesce(${calls.campaign}, '') = ${campaign}`,
          ),
        );
      return row ?? null;
    },
    lengths: async (ids: string[], { from, to }: Days, only?: What): Promise<Lengths> => {
      const table = dayLengths as unknown as Record<LengthStep, unknown>;
      const columns = Object.fromEntries(
        lengthSteps.map((step) => [step, sum(table[step] as AnyColumn)]),
      ) as Record<LengthStep, ReturnType<typeof sum>>;
      const rows = await db
        .select({ what: dayLengths.what, ...columns })
        .from(dayLengths)
        .where(
          and(
            inArray(dayLengths.ownerId, ids),
            gte(dayLengths.day, from),
            lte(dayLengths.day, to),
            only && eq(dayLengths.what, only),
          ),
        )
        .groupBy(dayLengths.what);
      const found = noLengths();
      for (const { what, ...row } of rows) {
        const counts: Record<string, number> = row;
        found[what] = lengthSteps.map((step) => counts[step] ?? 0);
      }
      return found;
    },
    /** By owner and campaign, in the period from `from` on and in the one before it. */
    periods: (ids: string[], { from, ...days }: Period) => {
      const current = sql<number>`case when ${dayFigures.day} >= ${from} then 1 else 0 end`.mapWith(Number);
      return list(
        db
          .select({
            ownerId: dayFigures.ownerId,
            campaign: dayFigures.campaign,
            current,
            ...sums(dayFigures),
          })
          .from(dayFigures)
          .where(onDays(ids, { ...days, from: days.beforeFrom }))
          .groupBy(dayFigures.ownerId, dayFigures.campaign, sql`3`),
      );
    },
    /** By owner, campaign and week; `weeks` are their first days, newest first. */
    weeks: (ids: string[], weeks: string[], days: Days) => {
      const starts = weeks.map((day, i) => sql`when ${dayFigures.day} >= ${day} then ${sql.raw(String(i))}`);
      return list(
        db
          .select({
            ownerId: dayFigures.ownerId,
            campaign: dayFigures.campaign,
            week: sql<number>`case ${sql.join(starts, sql` `)} end`.mapWith(Number),
            contacts: sum(dayFigures.contacts),
            sales: sum(dayFigures.sales),
          })
          .from(dayFigures)
          .where(onDays(ids, days))
          .groupBy(dayFigures.ownerId, dayFigures.campaign, sql`3`),
      );
    },
    dayCounts: (ids: string[], days: Days) =>
      list(
        db
          .select({
            day: dayFigures.day,
            calls: sum(dayFigures.calls),
            contacts: sum(dayFigures.contacts),
            sales: sum(dayFigures.sales),
          })
          .from(dayFigures)
          .where(onDays(ids, days))
          .groupBy(dayFigures.day),
      ),
    /** How many of a team's agents had calls on each of these days. */
    atWork: (teamId: string, days: string[]) =>
      list(
        db
          .select({ day: dayFigures.day, agents: countDistinct(dayFigures.ownerId) })
          .from(dayFigures)
          .innerJoin(users, eq(users.id, dayFigures.ownerId))
          .where(and(eq(users.teamId, teamId), inArray(dayFigures.day, days), gt(dayFigures.calls, 0)))
          .groupBy(dayFigures.day),
      ),
    /** Each agent's own figures on these days: those of their row. */
    byAgent: (scope: Scope, { from, to }: Days) => {
      const people = db
        .select({ id: users.id })
        .from(users)
        .innerJoin(teams, eq(teams.id, users.teamId))
        .where(withinScope(scope, { agent: users.id, team: users.teamId, site: teams.siteId }));
      const {
        calls: of,
        contacts,
        sales,
        talkSeconds,
        holdSeconds,
        wrapUpSeconds,
        readySeconds,
        aiAsks,
      } = sums(dayFigures);
      const row = { contacts, sales, talkSeconds, holdSeconds, wrapUpSeconds, readySeconds, aiAsks };
      return list(
        db
          .select({ ownerId: dayFigures.ownerId, calls: of, ...row })
          .from(dayFigures)
          .where(and(inArray(dayFigures.ownerId, people), gte(dayFigures.day, from), lte(dayFigures.day, to)))
          .groupBy(dayFigures.ownerId),
      );
    },
  };
}

/** Drizzle's query as the promise that it is. */
const list = async <Row>(query: PromiseLike<Row[]>): Promise<Row[]> => query;
