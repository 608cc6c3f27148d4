import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { PauseReason } from "#contract";
import { setting } from "../db/setting.ts";
import { bind, statement, type Store } from "../db/store.ts";

const PAUSE_REASONS = "pauseReasons";

/** What the agents room asks of the database. */
export function agentQueries(store: Store) {
  const { db } = store;
  const { users, teams, sites, calls, settings } = store.tables;
  const place = statement("agent_place", (db) =>
    db
      .select({ teamId: users.teamId, siteId: teams.siteId })
      .from(users)
      .innerJoin(teams, eq(teams.id, users.teamId))
      .where(eq(users.id, sql.placeholder("id"))),
  );
  return {
    place: async (agentId: string) => (await store.rows(bind(place, { id: agentId })))[0] ?? null,
    /** The team of an agent, its clock and its goals. */
    teamOf: async (agentId: string) =>
      (
        await db
          .select({
            teamId: users.teamId,
            timeZone: sites.timeZone,
            goalCalls: teams.goalCalls,
            goalSales: teams.goalSales,
          })
          .from(users)
          .innerJoin(teams, eq(teams.id, users.teamId))
          .innerJoin(sites, eq(sites.id, teams.siteId))
          .where(eq(users.id, agentId))
      )[0] ?? null,
    /** How many customers an agent had to call back in a span, and how many of them are done. */
    callbacks: async (agentId: string, from: Date, to: Date) =>
      (
        await db
          .select({
            due: sql<number>`count(*)`.mapWith(Number),
            done: sql<number>`count(${calls.callbackDoneAt})`.mapWith(Number),
          })
          .from(calls)
          .where(and(eq(calls.agentId, agentId), gte(calls.callbackAt, from), lt(calls.callbackAt, to)))
      )[0] ?? { due: 0, done: 0 },
    /** Null while nobody has written any. */
    pauseReasons: async (): Promise<PauseReason[] | null> => {
      const [row] = await db.select().from(settings).where(eq(settings.name, PAUSE_REASONS));
      return (row?.value.is as PauseReason[] | undefined) ?? null;
    },
    setPauseReasons: (items: PauseReason[], changedBy: string, changedAt: Date) =>
      store.together((db) => [setting(db, store.tables, PAUSE_REASONS, items, changedBy, changedAt)]),
    teamByName: async (name: string) =>
      (await db.select({ id: teams.id, siteId: teams.siteId }).from(teams).where(eq(teams.name, name)))[0] ??
      null,
    siteByName: async (name: string) =>
      (await db.select({ id: sites.id }).from(sites).where(eq(sites.name, name)))[0] ?? null,
    siteOfTeam: async (id: string) =>
      (await db.select({ siteId: teams.siteId }).from(teams).where(eq(teams.id, id)))[0]?.siteId ?? null,
    timeZones: (siteIds: string[]) => db.select().from(sites).where(inArray(sites.id, siteIds)),
  };
}
