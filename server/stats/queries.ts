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
  type Placeholder,
  type SQL,
} from "drizzle-orm";
import { contributions } from "../db/counting.ts";
import { preparing, type Database, type Store } from "../db/store.ts";
import { lengthSteps, type LengthStep } from "../db/tables/figures.ts";
import { among, listed, placed, withinScope, type Scope } from "../db/within-scope.ts";
import { figureNames, type Figures } from "./figures.ts";
import { noLengths, type Lengths, type What } from "./lengths.ts";

/** Owners of figures whose clocks agree: teams, or one agent. */
export type Owners = { by: "teams" | "agent"; ids: string[]; timeZone: string };
export type Days = { from: string; to: string; campaign?: string | undefined };
export type StatsQueries = ReturnType<typeof statsQueries>;

/** What the boards ask of the database: rollups only, but for parts of an hour. */
export function statsQueries(store: Store) {
  const { calls, users, teams, sites, hourFigures, dayFigures, dayLengths } = store.tables;
  const run = preparing(store);
  const value = sql.placeholder;
  const sum = (expression: SQL | AnyColumn) => sql<number>`coalesce(sum(${expression}), 0)`.mapWith(Number);
  const sums = (table: typeof hourFigures | typeof dayFigures) =>
    Object.fromEntries(figureNames.map((name) => [name, sum(table[name])])) as Record<
      keyof Figures,
      ReturnType<typeof sum>
    >;
  /** Of the days `from` and `to` of the query's values, and of its campaign, if it has one. */
  const onDays = (ids: Placeholder[], campaign?: string) =>
    and(
      inArray(dayFigures.ownerId, ids),
      gte(dayFigures.day, value("from")),
      lte(dayFigures.day, value("to")),
      campaign === undefined ? undefined : eq(dayFigures.campaign, value("campaign")),
    );
  const inHours = (ids: Placeholder[], campaign?: string) =>
    and(
      inArray(hourFigures.ownerId, ids),
      gte(hourFigures.hour, sql.param(value("from"), hourFigures.hour)),
      lt(hourFigures.hour, sql.param(value("to"), hourFigures.hour)),
      campaign === undefined ? undefined : eq(hourFigures.campaign, value("campaign")),
    );
  const ofCampaign = (campaign?: string): string => (campaign === undefined ? "" : "_of_campaign");

  return {
    /** Teams with their sites, by name. */
    teams: () =>
      run(
        "teams_with_sites",
        (db) =>
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
        {},
      ),

    wholeDays: async (ids: string[], days: Days): Promise<Figures | null> => {
      const { form, places, values } = listed(ids);
      const whole = (db: Database) =>
        db.select(sums(dayFigures)).from(dayFigures).where(onDays(places, days.campaign));
      const name = `whole_days_${form}${ofCampaign(days.campaign)}`;
      return (await run(name, whole, { ...values, ...days }))[0] ?? null;
    },
    /** Of the hours that begin from `from` on and before `to`. */
    hours: (ids: string[], from: Date, to: Date) => {
      const { form, places, values } = listed(ids);
      const hours = (db: Database) =>
        db
          .select({ hour: hourFigures.hour, calls: sum(hourFigures.calls), sales: sum(hourFigures.sales) })
          .from(hourFigures)
          .where(inHours(places))
          .groupBy(hourFigures.hour);
      return run(`hours_${form}`, hours, { ...values, from, to });
    },
    wholeHours: async (ids: string[], from: Date, to: Date, campaign?: string): Promise<Figures | null> => {
      const { form, places, values } = listed(ids);
      const whole = (db: Database) =>
        db.select(sums(hourFigures)).from(hourFigures).where(inHours(places, campaign));
      const name = `whole_hours_${form}${ofCampaign(campaign)}`;
      return (await run(name, whole, { ...values, from, to, campaign }))[0] ?? null;
    },
    /** Part of an hour, to the millisecond, from the calls themselves. */
    partOfHour: async (owners: Owners, from: Date, to: Date, campaign?: string): Promise<Figures | null> => {
      const { form, places, values } = listed(owners.ids);
      const none = sql<number>`0`.mapWith(Number);
      const part = (db: Database) => {
        const columns = Object.entries(contributions(store.tables)).map(([name, { when, value }]) => [
          name,
          sum(sql`case when ${when} then ${value} else 0 end`),
        ]);
        return db
          .select({
            ...(Object.fromEntries(columns) as Record<keyof Figures, ReturnType<typeof sum>>),
            readySeconds: none,
            pausedSeconds: none,
          })
          .from(calls)
          .where(
            and(
              inArray(owners.by === "teams" ? calls.teamId : calls.agentId, places),
              gte(calls.countedAt, sql.param(value("from"), calls.countedAt)),
              lt(calls.countedAt, sql.param(value("to"), calls.countedAt)),
              campaign === undefined
                ? undefined
                : sql`coalesce(${calls.campaign}, '') = ${value("campaign")}`,
            ),
          );
      };
      const name = `part_of_hour_${owners.by}_${form}${ofCampaign(campaign)}`;
      return (await run(name, part, { ...values, from, to, campaign }))[0] ?? null;
    },
    lengths: async (ids: string[], { from, to }: Days, only?: What): Promise<Lengths> => {
      const { form, places, values } = listed(ids);
      const lengths = (db: Database) => {
        const table = dayLengths as unknown as Record<LengthStep, unknown>;
        const columns = Object.fromEntries(
          lengthSteps.map((step) => [step, sum(table[step] as AnyColumn)]),
        ) as Record<LengthStep, ReturnType<typeof sum>>;
        return db
          .select({ what: dayLengths.what, ...columns })
          .from(dayLengths)
          .where(
            and(
              inArray(dayLengths.ownerId, places),
              gte(dayLengths.day, value("from")),
              lte(dayLengths.day, value("to")),
              only && eq(dayLengths.what, only),
            ),
          )
          .groupBy(dayLengths.what);
      };
      const rows = await run(`lengths_${form}_${only ?? "all"}`, lengths, { ...values, from, to });
      const found = noLengths();
      for (const { what, ...row } of rows) {
        const counts: Record<string, number> = row;
        found[what] = lengthSteps.map((step) => counts[step] ?? 0);
      }
      return found;
    },
    dayCounts: (ids: string[], days: Days) => {
      const { form, places, values } = listed(ids);
      const counts = (db: Database) =>
        db
          .select({
            day: dayFigures.day,
            calls: sum(dayFigures.calls),
            contacts: sum(dayFigures.contacts),
            sales: sum(dayFigures.sales),
          })
          .from(dayFigures)
          .where(onDays(places, days.campaign))
          .groupBy(dayFigures.day);
      return run(`day_counts_${form}${ofCampaign(days.campaign)}`, counts, { ...values, ...days });
    },
    /** How many of a team's agents had calls on each of these days. */
    atWork: (teamId: string, days: string[]) => {
      const { form, places, values } = listed(days);
      const atWork = (db: Database) =>
        db
          .select({ day: dayFigures.day, agents: countDistinct(dayFigures.ownerId) })
          .from(dayFigures)
          .innerJoin(users, eq(users.id, dayFigures.ownerId))
          .where(
            and(eq(users.teamId, value("teamId")), inArray(dayFigures.day, places), gt(dayFigures.calls, 0)),
          )
          .groupBy(dayFigures.day);
      return run(`at_work_${form}`, atWork, { ...values, teamId });
    },
    /** Each agent's own figures on these days: those of their row; of `only` these at least. */
    byAgent: (scope: Scope, { from, to }: Days, only?: ReadonlySet<string>) => {
      const { form, places, values } = placed(scope);
      const few = among(only);
      const byAgent = (db: Database) => {
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
        const site = sql`(select t.site_id from teams t where t.id = ${users.teamId})`;
        const people = db
          .select({ id: users.id })
          .from(users)
          .where(and(withinScope(places, { agent: users.id, team: users.teamId, site }), few.one(users.id)));
        const days = and(gte(dayFigures.day, value("from")), lte(dayFigures.day, value("to")));
        return db
          .select({ ownerId: dayFigures.ownerId, calls: of, ...row })
          .from(dayFigures)
          .where(and(inArray(dayFigures.ownerId, people), days))
          .groupBy(dayFigures.ownerId);
      };
      return run(`by_agent_${form}${few.form}`, byAgent, { ...values, ...few.values, from, to });
    },
  };
}
