import { and, asc, eq, gte, isNull, or, sql, type AnyColumn } from "drizzle-orm";
import type { CorrectedValues, DeclaredState, WrapUpEnd } from "#contract";
import { counting } from "../db/counting.ts";
import { bind, statement, type Database, type Store, type Write } from "../db/store.ts";

export type StateRow = {
  id: string;
  agentId: string;
  state: DeclaredState;
  reason: string | null;
  since: Date;
};
/** How a wrap-up ended, and when the figures count the call because of it. */
export type WrapUpEnding = {
  wrapUpEndedAt: Date;
  wrapUpEndedBy: WrapUpEnd | null;
  wrapUpSeconds: number | null;
  countedAt: Date;
  countedHour: Date;
  countedDay: string;
};
export type CorrectionRow = {
  id: string;
  subjectId: string;
  agentId: string;
  before: CorrectedValues;
  after: CorrectedValues;
  why: string;
  by: string;
  at: Date;
};

export type TimeQueries = ReturnType<typeof timeQueries>;

/** What happened to an agent's time, what was declared of it, and how wrap-ups ended. */
export function timeQueries(store: Store) {
  const { db } = store;
  const { users, sites, calls, agentStates, corrections } = store.tables;
  const counted = counting(store);

  const instantOf = (name: string, column: AnyColumn) => sql.param(sql.placeholder(name), column);
  /** What was counted before `from` is over then, unless its wrap-up goes on. */
  const callsFrom = statement("time_calls", (db) =>
    db
      .select({
        id: calls.id,
        siteId: calls.siteId,
        startedAt: calls.startedAt,
        endedAt: calls.endedAt,
        outcome: calls.outcome,
        wrapUpEndedAt: calls.wrapUpEndedAt,
      })
      .from(calls)
      .where(
        and(
          eq(calls.agentId, sql.placeholder("id")),
          gte(calls.startedAt, instantOf("reach", calls.startedAt)),
          or(
            gte(calls.startedAt, instantOf("from", calls.startedAt)),
            isNull(calls.countedAt),
            gte(calls.countedAt, instantOf("from", calls.countedAt)),
            and(eq(calls.outcome, "answered"), isNull(calls.wrapUpEndedAt)),
          ),
        ),
      )
      .orderBy(asc(calls.startedAt)),
  );
  const statesFrom = statement("time_states", (db) =>
    db
      .select()
      .from(agentStates)
      .where(
        and(
          eq(agentStates.agentId, sql.placeholder("id")),
          gte(
            agentStates.since,
            sql`coalesce((select max(s.since) from agent_states s where s.agent_id = ${sql.placeholder("id")} and s.since <= ${sql.param(sql.placeholder("from"), agentStates.since)}), ${sql.param(sql.placeholder("from"), agentStates.since)})`,
          ),
        ),
      )
      .orderBy(asc(agentStates.since)),
  );
  const correctionsFrom = statement("time_corrections", (db) =>
    db
      .select({ correction: corrections, by: users.name })
      .from(corrections)
      .innerJoin(users, eq(users.id, corrections.by))
      .where(
        and(
          eq(corrections.agentId, sql.placeholder("agentId")),
          gte(corrections.at, instantOf("from", corrections.at)),
        ),
      )
      .orderBy(asc(corrections.at), asc(corrections.id)),
  );
  /** What the person's row says of them is what they declared last. */
  const mirror = (db: Database, agentId: string, now: Date): Write => {
    const last = (column: "state" | "reason" | "since") =>
      sql`(select s.${sql.raw(column)} from agent_states s where s.agent_id = ${agentId} and s.since <= ${sql.param(now, agentStates.since)} order by s.since desc limit 1)`;
    return db
      .update(users)
      .set({
        state: sql`coalesce(${last("state")}, 'offline')`,
        stateReason: last("reason"),
        stateSince: sql`coalesce(${last("since")}, ${users.createdAt})`,
      })
      .where(eq(users.id, agentId));
  };

  return {
    sites: () => db.select({ id: sites.id, timeZone: sites.timeZone }).from(sites),
    /** Those that began from `reach` on and take part in the time from `from` on, oldest first. */
    callsFrom: (id: string, reach: Date, from: Date) => store.rows(bind(callsFrom, { id, reach, from })),
    /** From the one on that held at `from`, oldest first. */
    statesFrom: (id: string, from: Date): Promise<StateRow[]> => store.rows(bind(statesFrom, { id, from })),
    state: async (id: string): Promise<StateRow | null> =>
      (await db.select().from(agentStates).where(eq(agentStates.id, id)))[0] ?? null,

    /** Keeps what was declared; another word for the same instant takes its place. */
    declare: (row: StateRow, now: Date) =>
      store.together((db) => [
        db
          .insert(agentStates)
          .values(row)
          .onConflictDoUpdate({
            target: [agentStates.agentId, agentStates.since],
            set: { state: row.state, reason: row.reason },
          }),
        mirror(db, row.agentId, now),
      ]),
    /** A supervisor's word: the state as it shall be, and what was there before. @throws a unique violation */
    correct: (row: StateRow, correction: CorrectionRow, now: Date) =>
      store.together((db) => [
        db
          .insert(agentStates)
          .values(row)
          .onConflictDoUpdate({
            target: agentStates.id,
            set: { state: row.state, reason: row.reason, since: row.since },
          }),
        db.insert(corrections).values({ ...correction, kind: "state" }),
        mirror(db, row.agentId, now),
      ]),
    /** What was corrected of an agent's calls and states from an instant on, in order. */
    corrections: (agentId: string, from: Date) => store.rows(bind(correctionsFrom, { agentId, from })),

    endWrapUp: (id: string, ending: WrapUpEnding) =>
      counted.change(id, (db) =>
        db
          .update(calls)
          .set(ending)
          .where(and(eq(calls.id, id), isNull(calls.wrapUpEndedAt))),
      ),
  };
}
