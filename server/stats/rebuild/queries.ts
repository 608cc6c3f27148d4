import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { rebuilding } from "../../db/rebuilding.ts";
import type { Tables } from "../../db/schema.ts";
import type { Store } from "../../db/store.ts";

/** What an ended call that nobody counted gets. */
export type Counted = Pick<
  Tables["calls"]["$inferSelect"],
  "id" | "contacted" | "sold" | "wrapUpEndedAt" | "wrapUpSeconds" | "countedAt" | "countedHour" | "countedDay"
>;

/** What writing the figures anew asks of the database. */
export function rebuildQueries(store: Store) {
  const { db } = store;
  const { calls, users, teams, agentStates } = store.tables;
  const heldOut = sql<boolean>`exists (select 1 from asks where asks.call_id = ${calls.id} and asks.held_out)`;
  return {
    teams: () => db.select({ id: teams.id }).from(teams).orderBy(asc(teams.id)),
    people: () => db.select({ id: users.id }).from(users).orderBy(asc(users.id)),
    /** A team's figures once more, after those of its agents. */
    rebuildTeam: (id: string) => store.together((db) => rebuilding(store).team(db, id)),
    /** Ended calls that were never counted, some at a time: their database is older than the figures. */
    uncounted: (limit: number) =>
      db
        .select({
          id: calls.id,
          siteId: calls.siteId,
          endedAt: calls.endedAt,
          outcome: calls.outcome,
          disposition: calls.disposition,
          wrapUpEndedAt: calls.wrapUpEndedAt,
        })
        .from(calls)
        .where(and(isNull(calls.countedAt), isNotNull(calls.endedAt)))
        .limit(limit),
    count: (rows: Counted[]) =>
      store.together((db) =>
        rows.map(({ id, ...row }) =>
          db
            .update(calls)
            .set({ ...row, heldOut })
            .where(eq(calls.id, id)),
        ),
      ),
    /** What people had declared when only their last word was kept. */
    keepDeclared: () =>
      store.together((db) => [
        db
          .insert(agentStates)
          .select(
            sql`select ${users.id}, ${users.id}, ${users.state}, ${users.stateReason}, ${users.stateSince} from ${users} where ${users.state} <> 'offline' and not exists (select 1 from agent_states s where s.agent_id = ${users.id})`,
          ),
      ]),
  };
}
