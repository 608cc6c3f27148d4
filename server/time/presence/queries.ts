import { and, asc, eq, isNull, lt, sql, type SQL } from "drizzle-orm";
import { preparing, type Database, type Store } from "../../db/store.ts";
import { among, placed, withinFew, withinScope, type Scope } from "../../db/within-scope.ts";

/** Who is there now: people with their wrap-ups, and calls in progress. */
export function presenceQueries(store: Store) {
  const { users, teams, calls } = store.tables;
  const run = preparing(store);
  /** When the call ended whose wrap-up goes on. It is one of the last calls: the next one ends a wrap-up. */
  const wrapUpSince = (which: "min" | "max") =>
    sql`(select ${sql.raw(which)}(l.ended_at) from (select c.outcome, c.ended_at, c.wrap_up_ended_at from calls c where c.agent_id = users.id order by c.started_at desc limit 2) as l where l.outcome = 'answered' and l.wrap_up_ended_at is null)`.mapWith(
      calls.endedAt,
    ) as SQL<Date | null>;

  return {
    /**
     * Active agents, and also the person themself whatever their role when the scope is that one person. `only`: of
     * these, where they are few.
     */
    people: (scope: Scope, only?: ReadonlySet<string>) => {
      const { form, places, values } = placed(scope);
      const few = among(only);
      const people = (db: Database) =>
        db
          .select({
            id: users.id,
            name: users.name,
            team: teams.name,
            teamId: users.teamId,
            state: users.state,
            reason: users.stateReason,
            since: users.stateSince,
            knownUntil: users.timeKnownUntil,
            wrapUpSince: wrapUpSince("max"),
          })
          .from(users)
          .innerJoin(teams, eq(teams.id, users.teamId))
          .where(
            and(
              withinScope(places, { agent: users.id, team: users.teamId, site: teams.siteId }),
              few.one(users.id),
              eq(users.active, true),
              scope.by === "agent" ? undefined : eq(users.role, "agent"),
            ),
          )
          .orderBy(asc(users.name));
      return run(`people_${form}${few.form}`, people, { ...values, ...few.values });
    },
    /** Calls in progress, oldest first. */
    openCalls: (scope: Scope, only?: ReadonlySet<string>) => {
      const { form, places, values } = placed(scope);
      const few = among(only);
      const open = (db: Database) =>
        db
          .select({
            id: calls.id,
            agentId: calls.agentId,
            startedAt: calls.startedAt,
            contactName: calls.contactName,
            contactPhone: calls.contactPhone,
            captureAgent: calls.captureAgent,
            captureCustomer: calls.captureCustomer,
            captureSince: calls.captureSince,
          })
          .from(calls)
          .where(
            and(
              withinFew(places, { agent: calls.agentId, team: calls.teamId, site: calls.siteId }),
              few.one(sql`${calls.agentId} || ''`),
              isNull(calls.countedAt),
            ),
          )
          .orderBy(asc(calls.startedAt));
      return run(`open_calls_${form}${few.form}`, open, { ...values, ...few.values });
    },

    /** Agents whose latest calls have a wrap-up that began before this and goes on. */
    overdueWrapUps: (before: Date) => {
      const since = wrapUpSince("min");
      const overdue = (db: Database) =>
        db
          .select({ agentId: users.id, endedAt: since })
          .from(users)
          .where(lt(since, sql.param(sql.placeholder("before"), calls.endedAt)));
      return run("overdue_wrap_ups", overdue, { before });
    },
  };
}
