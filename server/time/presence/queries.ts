import { and, asc, eq, gte, isNull, lt, sql } from "drizzle-orm";
import { preparing, type Database, type Store } from "../../db/store.ts";
import { placed, withinFew, withinScope, type Scope } from "../../db/within-scope.ts";
import { WRAP_UP_MS } from "../stretches.ts";

/** Who is there now: people, their calls in progress, and their wrap-ups. */
export function presenceQueries(store: Store) {
  const { users, teams, calls } = store.tables;
  const run = preparing(store);

  return {
    /** Active agents, and also the person themself whatever their role when the scope is that one person. */
    people: (scope: Scope) => {
      const { form, places, values } = placed(scope);
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
          })
          .from(users)
          .innerJoin(teams, eq(teams.id, users.teamId))
          .where(
            and(
              withinScope(places, { agent: users.id, team: users.teamId, site: teams.siteId }),
              eq(users.active, true),
              scope.by === "agent" ? undefined : eq(users.role, "agent"),
            ),
          )
          .orderBy(asc(users.name));
      return run(`people_${form}`, people, values);
    },
    /** Calls in progress, oldest first. */
    openCalls: (scope: Scope) => {
      const { form, places, values } = placed(scope);
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
              isNull(calls.countedAt),
            ),
          )
          .orderBy(asc(calls.startedAt));
      return run(`open_calls_${form}`, open, values);
    },

    /** Agents whose latest calls have a wrap-up that began before this and goes on. */
    overdueWrapUps: (before: Date) => wrapUps({ by: "all" }, "before", before),
    /** Agents whose wrap-up goes on, with its call. */
    wrapUps: (scope: Scope, now: Date) => wrapUps(scope, "since", new Date(now.getTime() - WRAP_UP_MS)),
  };

  function wrapUps(scope: Scope, ended: "before" | "since", at: Date) {
    const { form, places, values } = placed(scope);
    // an agent's open wrap-up belongs to one of the last calls: the next call ends it
    const latest = sql`(select c.id from calls c where c.agent_id = ${users.id} order by c.started_at desc limit 2)`;
    const instant = sql.param(sql.placeholder("at"), calls.endedAt);
    const goingOn = (db: Database) =>
      db
        .select({ agentId: calls.agentId, callId: calls.id, endedAt: calls.endedAt })
        .from(users)
        .innerJoin(teams, eq(teams.id, users.teamId))
        .innerJoin(calls, sql`${calls.id} in ${latest}`)
        .where(
          and(
            withinScope(places, { agent: users.id, team: users.teamId, site: teams.siteId }),
            // one expression, lest SQLite index all answered calls for it
            sql`case when ${calls.outcome} = 'answered' and ${calls.endedAt} is not null and ${calls.wrapUpEndedAt} is null then 1 else 0 end = 1`,
            ended === "before" ? lt(calls.endedAt, instant) : gte(calls.endedAt, instant),
          ),
        )
        .orderBy(asc(calls.endedAt));
    return run(`wrap_ups_${ended}_${form}`, goingOn, { ...values, at });
  }
}
