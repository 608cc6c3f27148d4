import { and, eq, sql, type SQL } from "drizzle-orm";
import { contributions, figureRows, figuresAlone } from "./counting.ts";
import type { Database, Store, Write } from "./store.ts";

/** Seconds without a call in an hour or on a day. */
type TimeRow = { readySeconds: number; pausedSeconds: number };
export type AgentTime = { hours: (TimeRow & { hour: Date })[]; days: (TimeRow & { day: string })[] };

/** Rows that one statement inserts: SQLite takes so many values, and more would gain nothing. */
const ROWS = 500;

/** An agent's or a team's figures once more from the calls, as the writes of one `together`. */
export function rebuilding(store: Store) {
  const { hourFigures, dayFigures, dayLengths, calls, users } = store.tables;
  const rows = figureRows(store.tables);
  const take = { number: (number: SQL) => sql`sum(${number})`, grouped: true };

  const noCalls = sql.join(
    Object.keys(contributions(store.tables)).map(() => sql.raw("0")),
    sql`, `,
  );

  const fromCalls = (db: Database, by: "agentId" | "teamId", id: string): Write[] => {
    const owners = [calls[by]];
    const where = eq(calls[by], id);
    return [
      ...figuresAlone(store, db),
      db.delete(hourFigures).where(eq(hourFigures.ownerId, id)),
      db.delete(dayFigures).where(eq(dayFigures.ownerId, id)),
      db.delete(dayLengths).where(eq(dayLengths.ownerId, id)),
      db.insert(hourFigures).select(rows.hours(owners, where, take)),
      db.insert(dayFigures).select(rows.days(owners, where, take)),
      db.insert(dayLengths).select(rows.lengths(owners, where, take)),
    ];
  };
  const time = (table: typeof hourFigures | typeof dayFigures) => ({
    readySeconds: sql`${table.readySeconds} + excluded.ready_seconds`,
    pausedSeconds: sql`${table.pausedSeconds} + excluded.paused_seconds`,
  });
  const hourKey = [hourFigures.ownerId, hourFigures.hour, hourFigures.campaign];
  const dayKey = [dayFigures.ownerId, dayFigures.day, dayFigures.campaign];

  return {
    agent: (db: Database, id: string, { hours, days }: AgentTime): Write[] => [
      ...fromCalls(db, "agentId", id),
      ...chunks(hours).map((some) =>
        db
          .insert(hourFigures)
          .values(some.map((row) => ({ ownerId: id, campaign: "", ...row })))
          .onConflictDoUpdate({ target: hourKey, set: time(hourFigures) }),
      ),
      ...chunks(days).map((some) =>
        db
          .insert(dayFigures)
          .values(some.map((row) => ({ ownerId: id, campaign: "", ...row })))
          .onConflictDoUpdate({ target: dayKey, set: time(dayFigures) }),
      ),
    ],

    /** A team's time is that of its agents, whose figures stand already. */
    team: (db: Database, id: string): Write[] => {
      const sums = (table: typeof hourFigures | typeof dayFigures) => {
        const of = "hour" in table ? table.hour : table.day;
        const ofTeam = and(eq(users.teamId, id), eq(table.campaign, ""));
        return sql`select ${users.teamId}, '', ${of}, ${noCalls}, sum(${table.readySeconds}), sum(${table.pausedSeconds})
          from ${table} join ${users} on ${users.id} = ${table.ownerId} where ${ofTeam} group by ${users.teamId}, ${of}`;
      };
      return [
        ...fromCalls(db, "teamId", id),
        db
          .insert(hourFigures)
          .select(sums(hourFigures))
          .onConflictDoUpdate({ target: hourKey, set: time(hourFigures) }),
        db
          .insert(dayFigures)
          .select(sums(dayFigures))
          .onConflictDoUpdate({ target: dayKey, set: time(dayFigures) }),
      ];
    },
  };
}

const chunks = <Row>(all: Row[]): Row[][] =>
  Array.from({ length: Math.ceil(all.length / ROWS) }, (_, i) => all.slice(i * ROWS, (i + 1) * ROWS));
