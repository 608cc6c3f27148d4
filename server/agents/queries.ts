import { and, eq, gte, lt, sql } from "drizzle-orm";
import type { PauseReason } from "#contract";
import { setting } from "../db/setting.ts";
import { preparing, type Database, type Store } from "../db/store.ts";

const PAUSE_REASONS = "pauseReasons";

/** What the agents room asks of the database. */
export function agentQueries(store: Store) {
  const { db } = store;
  const { users, teams, sites, calls, settings } = store.tables;
  const run = preparing(store);
  const value = sql.placeholder;
  const one = async <Row>(...query: Parameters<typeof run<Row>>): Promise<Row | null> =>
    (await run(...query))[0] ?? null;

  return {
    place: (agentId: string) => {
      const place = (db: Database) =>
        db
          .select({ teamId: users.teamId, siteId: teams.siteId })
          .from(users)
          .innerJoin(teams, eq(teams.id, users.teamId))
          .where(eq(users.id, value("agentId")));
      return one("agent_place", place, { agentId });
    },
    /** The team of an agent, its clock and its goals. */
    teamOf: (agentId: string) => {
      const team = (db: Database) =>
        db
          .select({
            teamId: users.teamId,
            timeZone: sites.timeZone,
            goalCalls: teams.goalCalls,
            goalSales: teams.goalSales,
          })
          .from(users)
          .innerJoin(teams, eq(teams.id, users.teamId))
          .innerJoin(sites, eq(sites.id, teams.siteId))
          .where(eq(users.id, value("agentId")));
      return one("agent_team", team, { agentId });
    },
    /** How many customers an agent had to call back in a span, and how many of them are done. */
    callbacks: async (agentId: string, from: Date, to: Date) => {
      const callbacks = (db: Database) =>
        db
          .select({
            due: sql<number>`count(*)`.mapWith(Number),
            done: sql<number>`count(${calls.callbackDoneAt})`.mapWith(Number),
          })
          .from(calls)
          .where(
            and(
              eq(calls.agentId, value("agentId")),
              gte(calls.callbackAt, sql.param(value("from"), calls.callbackAt)),
              lt(calls.callbackAt, sql.param(value("to"), calls.callbackAt)),
            ),
          );
      return (await one("agent_callbacks", callbacks, { agentId, from, to })) ?? { due: 0, done: 0 };
    },
    /** Null while nobody has written any. */
    pauseReasons: async (): Promise<PauseReason[] | null> => {
      const [row] = await db.select().from(settings).where(eq(settings.name, PAUSE_REASONS));
      return (row?.value.is as PauseReason[] | undefined) ?? null;
    },
    setPauseReasons: (items: PauseReason[], changedBy: string, changedAt: Date) =>
      store.together((db) => [setting(db, store.tables, PAUSE_REASONS, items, changedBy, changedAt)]),
    teamByName: (name: string) => {
      const team = (db: Database) =>
        db
          .select({ id: teams.id, siteId: teams.siteId })
          .from(teams)
          .where(eq(teams.name, value("name")));
      return one("team_by_name", team, { name });
    },
    siteByName: (name: string) => {
      const site = (db: Database) =>
        db
          .select({ id: sites.id })
          .from(sites)
          .where(eq(sites.name, value("name")));
      return one("site_by_name", site, { name });
    },
    siteOfTeam: async (teamId: string): Promise<string | null> => {
      const site = (db: Database) =>
        db
          .select({ siteId: teams.siteId })
          .from(teams)
          .where(eq(teams.id, value("teamId")));
      return (await one("site_of_team", site, { teamId }))?.siteId ?? null;
    },
    timeZone: async (siteId: string): Promise<string | null> => {
      const site = (db: Database) =>
        db
          .select({ timeZone: sites.timeZone })
          .from(sites)
          .where(eq(sites.id, value("siteId")));
      return (await one("time_zone_of_site", site, { siteId }))?.timeZone ?? null;
    },
  };
}
