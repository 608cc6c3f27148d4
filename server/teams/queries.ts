import { and, asc, eq, ne } from "drizzle-orm";
import type { Goals } from "#contract";
import type { Store } from "../db/store.ts";

export type TeamRow = Awaited<ReturnType<ReturnType<typeof teamQueries>["all"]>>[number];

/** What the teams' room asks of the database. */
export function teamQueries(store: Store) {
  const { teams, sites, users } = store.tables;
  const full = () =>
    store.db
      .select({
        id: teams.id,
        name: teams.name,
        site: sites.name,
        listening: teams.listening,
        listeningChangedBy: users.name,
        listeningChangedAt: teams.listeningChangedAt,
        goalCalls: teams.goalCalls,
        goalSales: teams.goalSales,
      })
      .from(teams)
      .innerJoin(sites, eq(sites.id, teams.siteId))
      .leftJoin(users, eq(users.id, teams.listeningChangedBy));

  return {
    all: () => full().orderBy(asc(teams.name)),
    byId: async (id: string) => (await full().where(eq(teams.id, id)))[0] ?? null,
    /** Whether a team's PCs may write down what is said; false for no team. */
    listening: async (id: string): Promise<boolean> =>
      (await store.db.select({ allowed: teams.listening }).from(teams).where(eq(teams.id, id)))[0]?.allowed ??
      false,
    setGoals: (id: string, { calls, sales }: Goals) =>
      store.together((db) => [
        db.update(teams).set({ id, goalCalls: calls, goalSales: sales }).where(eq(teams.id, id)),
      ]),
    /** Notes who and when, unless it is so already. */
    switchListening: (id: string, listening: boolean, by: string, at: Date) =>
      store.together((db) => [
        db
          .update(teams)
          .set({ listening, listeningChangedBy: by, listeningChangedAt: at })
          .where(and(eq(teams.id, id), ne(teams.listening, listening))),
      ]),
  };
}
