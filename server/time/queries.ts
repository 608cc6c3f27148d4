import { and, asc, eq, gte, inArray, isNull, lt, ne, or, sql, type SQL } from "drizzle-orm";
import type { CorrectedValues, DeclaredState, WrapUpEnd } from "#contract";
import { counting, figuresAlone } from "../db/counting.ts";
import { rebuilding, type AgentTime } from "../db/rebuilding.ts";
import {
  bind,
  preparing,
  statement,
  type Database,
  type Statement,
  type Store,
  type Write,
} from "../db/store.ts";
import { placed, withinFew, withinScope, type Scope } from "../db/within-scope.ts";
import { WRAP_UP_MS } from "./stretches.ts";

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
/** Seconds without a call in one hour of the site's clock. */
export type HourTime = { hour: Date; day: string; readySeconds: number; pausedSeconds: number };
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

/** What the time room asks of the database. */
export function timeQueries(store: Store) {
  const { db } = store;
  const { users, teams, sites, calls, agentStates, corrections, hourFigures, dayFigures } = store.tables;
  const counted = counting(store);
  const run = preparing(store);

  const agent = statement("time_agent", (db) =>
    db
      .select({
        teamId: users.teamId,
        timeZone: sites.timeZone,
        timeKnownUntil: users.timeKnownUntil,
      })
      .from(users)
      .innerJoin(teams, eq(teams.id, users.teamId))
      .innerJoin(sites, eq(sites.id, teams.siteId))
      .where(eq(users.id, sql.placeholder("id"))),
  );
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
          gte(calls.startedAt, sql.param(sql.placeholder("from"), calls.startedAt)),
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

  const hoursFrom = statement("time_hours", (db) =>
    db
      .select({
        hour: hourFigures.hour,
        readySeconds: hourFigures.readySeconds,
        pausedSeconds: hourFigures.pausedSeconds,
      })
      .from(hourFigures)
      .where(
        and(
          eq(hourFigures.ownerId, sql.placeholder("id")),
          gte(hourFigures.hour, sql.param(sql.placeholder("from"), hourFigures.hour)),
          eq(hourFigures.campaign, ""),
        ),
      ),
  );
  const know = statement("time_known", (db) =>
    db
      .update(users)
      .set({ timeKnownUntil: sql`${sql.param(sql.placeholder("knownUntil"), users.timeKnownUntil)}` })
      .where(eq(users.id, sql.placeholder("agentId")))
      .returning({ id: users.id }),
  );
  /** Each sum moves by what the hour's new seconds differ from the stored ones; the agent's hour comes last. */
  const writeHour = hourWrites();

  return {
    sites: () => db.select({ id: sites.id, timeZone: sites.timeZone }).from(sites),
    agent: async (id: string) => (await store.rows(bind(agent, { id })))[0] ?? null,
    callsFrom: (id: string, from: Date) => store.rows(bind(callsFrom, { id, from })),
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
    corrections: (subjectIds: string[]) =>
      db
        .select({ correction: corrections, by: users.name })
        .from(corrections)
        .innerJoin(users, eq(users.id, corrections.by))
        .where(inArray(corrections.subjectId, subjectIds))
        .orderBy(asc(corrections.at), asc(corrections.id)),

    endWrapUp: (id: string, ending: WrapUpEnding) =>
      counted.change(id, (db) =>
        db
          .update(calls)
          .set(ending)
          .where(and(eq(calls.id, id), isNull(calls.wrapUpEndedAt))),
      ),
    /** Agents whose latest calls have a wrap-up that began before this and goes on. */
    overdueWrapUps: (before: Date) => wrapUps({ by: "all" }, "before", before),
    /** Agents whose wrap-up goes on, with its call. */
    wrapUps: (scope: Scope, now: Date) => wrapUps(scope, "since", new Date(now.getTime() - WRAP_UP_MS)),

    /** People whose time is not known up to this instant and goes on. */
    behind: (until: Date) =>
      db
        .select({ id: users.id, since: users.stateSince, knownUntil: users.timeKnownUntil })
        .from(users)
        .where(
          and(ne(users.state, "offline"), or(isNull(users.timeKnownUntil), lt(users.timeKnownUntil, until))),
        ),
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

    /** What the figures know of an agent's time from `from` on. */
    hours: (agentId: string, from: Date) => store.rows(bind(hoursFrom, { id: agentId, from })),
    /** An agent's figures once more: those of calls from the calls, those of time as they come. */
    rebuild: (agentId: string, time: AgentTime) =>
      store.together((db) => rebuilding(store).agent(db, agentId, time)),
    /** Puts an agent's hours right, and with them the day's and the team's sums by what changes. */
    writeHours: (agentId: string, teamId: string, hours: HourTime[], knownUntil: Date) =>
      store.together((db) => [
        ...figuresAlone(store, db),
        ...hours.flatMap((hour) => writeHour.map((write) => bind(write, { agentId, teamId, ...hour }))),
        bind(know, { agentId, knownUntil }),
      ]),
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

  function hourWrites(): Statement<unknown>[] {
    const { hour, readySeconds } = hourFigures;
    const at = sql.param(sql.placeholder("hour"), hour);
    const seconds = (name: "readySeconds" | "pausedSeconds") =>
      sql`${sql.param(sql.placeholder(name), readySeconds)}`;
    const stored = (column: "ready_seconds" | "paused_seconds") =>
      sql`coalesce((select h.${sql.raw(column)} from hour_figures h where h.owner_id = ${sql.placeholder("agentId")} and h.campaign = '' and h.hour = ${at}), 0)`;
    const more = {
      readySeconds: sql`${seconds("readySeconds")} - ${stored("ready_seconds")}`,
      pausedSeconds: sql`${seconds("pausedSeconds")} - ${stored("paused_seconds")}`,
    };
    const own = { readySeconds: seconds("readySeconds"), pausedSeconds: seconds("pausedSeconds") };
    const hourOf = (owner: "agentId" | "teamId", values: typeof own, set: Record<string, SQL>) =>
      statement(`time_hour_${owner}`, (db) =>
        db
          .insert(hourFigures)
          .values({ ownerId: sql.placeholder(owner), hour: sql`${at}`, campaign: "", ...values })
          .onConflictDoUpdate({
            target: [hourFigures.ownerId, hourFigures.hour, hourFigures.campaign],
            set,
          })
          .returning({ ownerId: hourFigures.ownerId }),
      );
    const dayOf = (owner: "agentId" | "teamId") =>
      statement(`time_day_${owner}`, (db) =>
        db
          .insert(dayFigures)
          .values({ ownerId: sql.placeholder(owner), day: sql.placeholder("day"), campaign: "", ...more })
          .onConflictDoUpdate({
            target: [dayFigures.ownerId, dayFigures.day, dayFigures.campaign],
            set: {
              readySeconds: sql`${dayFigures.readySeconds} + excluded.ready_seconds`,
              pausedSeconds: sql`${dayFigures.pausedSeconds} + excluded.paused_seconds`,
            },
          })
          .returning({ ownerId: dayFigures.ownerId }),
      );
    return [
      hourOf("teamId", more, {
        readySeconds: sql`${hourFigures.readySeconds} + excluded.ready_seconds`,
        pausedSeconds: sql`${hourFigures.pausedSeconds} + excluded.paused_seconds`,
      }),
      dayOf("agentId"),
      dayOf("teamId"),
      hourOf("agentId", own, {
        readySeconds: sql`excluded.ready_seconds`,
        pausedSeconds: sql`excluded.paused_seconds`,
      }),
    ];
  }
}
