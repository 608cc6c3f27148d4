import assert from "node:assert/strict";
import { and, eq, inArray, isNotNull, isNull, max, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { openSqlite } from "../../server/db/sqlite.ts";
import type { Tables } from "../../server/db/schema.ts";
import { bind, statement, type Query, type Store } from "../../server/db/store.ts";
import { addDays, dayOf, placeOf, startOfDay } from "../../server/db/time.ts";
import type { Log } from "../../server/http/log.ts";
import { createRebuild } from "../../server/stats/rebuild/rebuild.ts";
import { createTime } from "../../server/time/time.ts";
import { AGENTS, SHOWN_AGENT, TIME_ZONE, type Agent } from "./cast.ts";
import { shiftOn, worked, type Past, type Place } from "./past.ts";

/** Enough for a period of 90 days and the one before it. */
const DAYS = 182;
/** How long today's shift is when the demo starts, unless the day is younger. */
const TODAY_MS = 5 * 3_600_000;
/** In one transaction. */
const ROWS = 2000;

/**
 * Writes what happened since the last run, or in the half year before the first, into the database of a server that
 * does not run: calls and states of every agent up to where their opening begins. What the last run left open ends.
 * @returns how many calls were written, and the last instant that an earlier run knew
 */
export async function writePast(file: string, now: Date): Promise<{ calls: number; until: Date | null }> {
  const store = openSqlite(file);
  try {
    const until = await leftAt(store);
    // a moment later, so that what it ends is counted with what follows
    if (until) await endLeftovers(store, new Date(until.getTime() + 1));
    const places = await placesOf(store);
    const past = AGENTS.map((agent) => pastOf(agent, places, until?.getTime() ?? null, now.getTime()));
    promise(past[AGENTS.findIndex(({ name }) => name === SHOWN_AGENT)]?.calls ?? [], now);
    const calls = past.flatMap((one) => one.calls).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const states = past.flatMap((one) => one.states);
    await insertAll(store, store.tables.agentStates, states);
    await insertAll(store, store.tables.calls, calls);
    await count(store, now);
    return { calls: calls.length, until };
  } finally {
    await store.close();
  }
}

function pastOf(agent: Agent, places: Map<string, Place>, until: number | null, now: number): Past {
  const place = places.get(agent.name);
  if (!place) throw new Error(`${agent.name} is not in the database`);
  const today = dayOf(new Date(now), TIME_ZONE);
  const first =
    until === null ? addDays(today, -Math.min(DAYS, agent.days)) : dayOf(new Date(until), TIME_ZONE);
  const past: Past = { calls: [], states: [] };
  const take = (from: number, to: number) => {
    const begin = Math.max(from, (until ?? 0) + 60_000);
    if (to - begin < 10 * 60_000) return;
    const { calls, states } = worked(agent, place, { from: begin, to }, now);
    past.calls.push(...calls);
    past.states.push(...states);
  };
  for (let day = first; day < today; day = addDays(day, 1)) {
    const shift = shiftOn(agent, day);
    if (shift) take(shift.from, shift.to);
  }
  const begin = Math.max(startOfDay(today, TIME_ZONE).getTime(), now - TODAY_MS);
  take(begin, now - agent.opening.seconds * 1000 - 30_000);
  return past;
}

/**
 * Many rows, each through a prepared statement, because a query built for each would take four times as long. A
 * prepared instant cannot be null: rows with the same columns filled share a statement.
 */
async function insertAll(
  store: Store,
  table: Tables["calls"] | Tables["agentStates"],
  rows: object[],
): Promise<void> {
  const filled = rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  );
  for (const [columns, alike] of Map.groupBy(filled, (row) => Object.keys(row).join(" "))) {
    const values = Object.fromEntries(columns.split(" ").map((name) => [name, sql.placeholder(name)]));
    const insert = statement(
      `past ${columns}`,
      (db) =>
        db
          .insert(table)
          .values(values as never)
          .returning({ id: table.id }) as Query<unknown>,
    );
    for (let i = 0; i < alike.length; i += ROWS)
      await store.together(() => alike.slice(i, i + ROWS).map((row) => bind(insert, row)));
  }
}

/** All figures anew, as `npm run stats -- rebuild` writes them; everybody's time is known up to now. */
async function count(store: Store, now: Date): Promise<void> {
  const { users } = store.tables;
  await store.together((db) => [
    db.update(users).set({ timeKnownUntil: now }).where(eq(users.role, "agent")),
  ]);
  // nothing of the past may go wrong unseen
  const log: Log = { info: () => undefined, error: (message) => assert.fail(message) };
  const deps = { store, log, clock: () => now, newId: () => uuidv7() };
  await createRebuild(deps, createTime(deps)).rebuild();
}

/** The last thing that a run before this one knew; null before the first. */
async function leftAt({ db, tables: { calls } }: Store): Promise<Date | null> {
  const [row] = await db.select({ at: max(calls.startedAt), ended: max(calls.countedAt) }).from(calls);
  return row?.ended && row.at ? new Date(Math.max(row.at.getTime(), row.ended.getTime())) : null;
}

/** Calls and wrap-ups that a run left open, and people who were at work when it ended. */
async function endLeftovers(store: Store, at: Date): Promise<void> {
  const { calls, users } = store.tables;
  const { hour: countedHour, day: countedDay } = placeOf(at, TIME_ZONE);
  const counted = { countedAt: at, countedHour, countedDay };
  await store.together((db) => [
    db
      .update(calls)
      .set({ endedAt: at, outcome: "failed", talkSeconds: 0, endDigest: "", ...counted })
      .where(isNull(calls.endedAt)),
    db
      .update(calls)
      .set({ wrapUpEndedAt: sql`${calls.endedAt}`, wrapUpEndedBy: "state", wrapUpSeconds: 0 })
      .where(and(eq(calls.outcome, "answered"), isNotNull(calls.endedAt), isNull(calls.wrapUpEndedAt))),
  ]);
  const working = await store.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "agent"), inArray(users.state, ["available", "paused"])));
  await store.together((db) =>
    working.map(({ id }) =>
      db
        .insert(store.tables.agentStates)
        .values({ id: uuidv7(), agentId: id, state: "offline", reason: null, since: at })
        .onConflictDoNothing(),
    ),
  );
}

async function placesOf({ db, tables: { users, teams } }: Store): Promise<Map<string, Place>> {
  const rows = await db
    .select({ name: users.name, agentId: users.id, teamId: users.teamId, siteId: teams.siteId })
    .from(users)
    .innerJoin(teams, eq(teams.id, users.teamId));
  return new Map(rows.map(({ name, ...place }) => [name, place]));
}

/** One customer of today waits for a call of the agent whose sign-in is printed; it was due half an hour ago. */
function promise(calls: Past["calls"], now: Date): void {
  const early = calls.filter(
    ({ startedAt, outcome }) => outcome === "answered" && startedAt.getTime() < now.getTime() - 3_600_000,
  );
  const call = early.findLast(({ disposition }) => disposition === "follow_up") ?? early.at(-1);
  if (!call || call.startedAt.getTime() < now.getTime() - 86_400_000) return;
  const callbackAt = new Date(now.getTime() - 27 * 60_000);
  const asked = { contacted: true, sold: false, saleAmount: null, callbackAt, callbackDoneAt: null };
  Object.assign(call, { disposition: "follow_up", ...asked });
}
