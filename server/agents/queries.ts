import { eq, inArray } from "drizzle-orm";
import type { Store } from "../db/store.ts";

/** What the agents room asks of the database. */
export function agentQueries(store: Store) {
  const { db } = store;
  const { users, teams, sites } = store.tables;
  return {
    place: async (agentId: string) =>
      (
        await db
          .select({ teamId: users.teamId, siteId: teams.siteId })
          .from(users)
          .innerJoin(teams, eq(teams.id, users.teamId))
          .where(eq(users.id, agentId))
      )[0] ?? null,
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
