import { and, asc, eq, inArray } from "drizzle-orm";
import type { Scope } from "../auth/scope.ts";
import type { Store } from "../db/store.ts";
import { withinScope } from "../db/within-scope.ts";

/** What the agents room asks of the database. */
export function agentQueries(store: Store) {
  const { db } = store;
  const { users, teams, sites } = store.tables;
  const within = (scope: Scope) =>
    withinScope(scope, { agent: users.id, team: users.teamId, site: teams.siteId });
  return {
    /** Active agents, and also the person themself whatever their role when the scope is that one person. */
    agents: (scope: Scope) =>
      db
        .select({
          id: users.id,
          name: users.name,
          team: teams.name,
          teamId: users.teamId,
          state: users.state,
          reason: users.stateReason,
          since: users.stateSince,
        })
        .from(users)
        .innerJoin(teams, eq(teams.id, users.teamId))
        .where(
          and(
            within(scope),
            eq(users.active, true),
            scope.by === "agent" ? undefined : eq(users.role, "agent"),
          ),
        )
        .orderBy(asc(users.name)),
    declare: (id: string, state: "available" | "paused" | "offline", reason: string | null, since: Date) =>
      store.together((db) => [
        db.update(users).set({ state, stateReason: reason, stateSince: since }).where(eq(users.id, id)),
      ]),
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
    timeZones: (siteIds: string[]) => db.select().from(sites).where(inArray(sites.id, siteIds)),
  };
}
