import { and, eq, gte, isNull, lt, ne, or, sql, type SQL } from "drizzle-orm";
import { figuresAlone } from "../../db/counting.ts";
import { rebuilding, type AgentTime } from "../../db/rebuilding.ts";
import { bind, statement, type Statement, type Store } from "../../db/store.ts";

/** Seconds without a call in one hour of the site's clock. */
export type HourTime = { hour: Date; day: string; readySeconds: number; pausedSeconds: number };

/** The figures of agents' time, and up to when they are known. */
export function accountingQueries(store: Store) {
  const { db } = store;
  const { users, teams, sites, hourFigures, dayFigures } = store.tables;

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
  const writeHour = hourWrites();

  return {
    agent: async (id: string) => (await store.rows(bind(agent, { id })))[0] ?? null,
    /** People whose time is not known up to this instant and goes on. */
    behind: (until: Date) =>
      db
        .select({ id: users.id, since: users.stateSince, knownUntil: users.timeKnownUntil })
        .from(users)
        .where(
          and(ne(users.state, "offline"), or(isNull(users.timeKnownUntil), lt(users.timeKnownUntil, until))),
        ),
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

  /** Each sum moves by what the hour's new seconds differ from the stored ones; the agent's hour comes last. */
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
