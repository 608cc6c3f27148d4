import { and, asc, eq, lte } from "drizzle-orm";
import { rowsOf, type Store } from "../db/store.ts";
import type { Tables } from "../db/schema.ts";
import { withinScope, type Scope } from "../db/within-scope.ts";

export type ScheduleRow = Tables["schedules"]["$inferSelect"];

/** What the schedules ask of the database. */
export function scheduleQueries(store: Store) {
  const { db } = store;
  const { schedules, teams, users } = store.tables;
  return {
    add: (row: ScheduleRow) => store.together((on) => [on.insert(schedules).values(row)]),
    byId: async (id: string): Promise<ScheduleRow | null> =>
      (await db.select().from(schedules).where(eq(schedules.id, id)))[0] ?? null,
    /** Somebody's, in the order in which they were made. */
    of: (userId: string): Promise<ScheduleRow[]> =>
      db.select().from(schedules).where(eq(schedules.userId, userId)).orderBy(asc(schedules.id)),
    /** Those whose time has come. */
    due: (now: Date): Promise<ScheduleRow[]> =>
      db
        .select()
        .from(schedules)
        .where(and(eq(schedules.active, true), lte(schedules.nextAt, now)))
        .orderBy(asc(schedules.nextAt)),
    change: (id: string, change: Partial<ScheduleRow>) =>
      store.together((on) => [on.update(schedules).set(change).where(eq(schedules.id, id))]),
    /** Moves its time on; whether this did it: another node may have been faster. */
    claim: async (id: string, nextAt: Date, after: Date): Promise<boolean> => {
      const [rows] = await store.together((on) => [
        on
          .update(schedules)
          .set({ nextAt: after })
          .where(and(eq(schedules.id, id), eq(schedules.nextAt, nextAt)))
          .returning({ id: schedules.id }),
      ]);
      return rowsOf(rows).length > 0;
    },
    /** The teams of a scope that have agents, by name. */
    teamsIn: (scope: Scope): Promise<{ id: string; name: string }[]> =>
      db
        .selectDistinct({ id: teams.id, name: teams.name })
        .from(teams)
        .innerJoin(users, eq(users.teamId, teams.id))
        .where(
          and(
            eq(users.role, "agent"),
            withinScope(scope, { agent: users.id, team: teams.id, site: teams.siteId }),
          ),
        )
        .orderBy(asc(teams.name)),
    remove: (id: string) => store.together((on) => [on.delete(schedules).where(eq(schedules.id, id))]),
  };
}
