import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { v7 as uuidv7 } from "uuid";
import { rebuilding } from "../../server/db/rebuilding.ts";
import { openSqlite } from "../../server/db/sqlite.ts";
import type { Database, Store } from "../../server/db/store.ts";
import { placeOf, startOfDay } from "../../server/db/time.ts";

/** How big a company is, and on which day it ends. */
export type Office = {
  calls: number;
  agents: number;
  teams: number;
  sites: number;
  days: number;
  today: string;
};

const ZONE = "Europe/Madrid";
const CAMPAIGNS = ["Fibra", "Móvil", "Luz", "Seguros", null];
const WORK_HOURS = 10;

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A database of calls from nine to seven of each day up to now, with their figures.
 * @returns the instant at which it ends: seven minutes before three of the last day
 */
export async function fillOffice(file: string, office: Office): Promise<Date> {
  const store = openSqlite(file);
  const { sites, teams, users } = store.tables;
  const ids = (n: number) => Array.from({ length: n }, () => uuidv7());
  const [siteIds, teamIds, agentIds] = [ids(office.sites), ids(office.teams), ids(office.agents)];
  const siteOf = (team: number) => siteIds[team % office.sites] ?? "";
  const now = new Date(startOfDay(office.today, ZONE).getTime() + (14 * 60 + 53) * 60_000);
  const person = { passwordHash: "", role: "agent", language: "es", active: true, createdAt: now } as const;
  await store.together((db) => [
    db.insert(sites).values(siteIds.map((id, i) => ({ id, name: `Sede ${i}`, timeZone: ZONE }))),
    db.insert(teams).values(teamIds.map((id, i) => ({ id, name: `Equipo ${i}`, siteId: siteOf(i) }))),
    db.insert(users).values(
      agentIds.map((id, i) => ({
        ...person,
        id,
        name: `Agente ${i}`,
        email: `${i}@example.com`,
        teamId: teamIds[i % office.teams] ?? "",
        state: "available" as const,
        stateSince: new Date(now.getTime() - 3_600_000),
        timeKnownUntil: new Date(now.getTime() - 600_000),
      })),
    ),
  ]);
  await store.close();
  const client = new Sqlite(file);
  // nothing here has to survive a power cut
  for (const fast of ["journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000"])
    client.pragma(fast);
  insertCalls(client, office, now, { agentIds, teamIds, siteOf });
  countCalls(client, store, { agentIds, teamIds });
  client.close();
  return now;
}

/** The figures of all calls, by the product's own rebuild without its commits. */
function countCalls(
  client: Sqlite.Database,
  store: Store,
  { agentIds, teamIds }: Omit<Places, "siteOf">,
): void {
  const db = drizzle(client) as unknown as Database;
  const { agent, team } = rebuilding(store);
  const all = [
    ...agentIds.map((id) => agent(db, id, { hours: [], days: [] })),
    ...teamIds.map((id) => team(db, id)),
  ];
  for (const write of all.flat()) (write as unknown as { run(): void }).run();
}

type Places = { agentIds: string[]; teamIds: string[]; siteOf: (team: number) => string };

/** Straight into the table, in the order in which they happened. */
function insertCalls(
  client: Sqlite.Database,
  { calls, days, today, teams }: Office,
  now: Date,
  places: Places,
): void {
  // indexes are quicker made of rows that are there
  const indexes = client
    .prepare(
      "select name, sql from sqlite_master where type = 'index' and tbl_name = 'calls' and sql is not null",
    )
    .all() as { name: string; sql: string }[];
  for (const { name } of indexes) client.exec(`drop index ${name}`);
  const insert = client.prepare(`insert into calls (id, agent_id, team_id, site_id, started_at, received_at,
    clock_offset_ms, start_digest, direction, source, search_text, campaign, answered_at, ended_at, talk_seconds,
    outcome, disposition, contacted, sold, sale_amount, wrap_up_ended_at, wrap_up_ended_by, wrap_up_seconds,
    counted_at, counted_hour, counted_day, ai_asks, held_out)
    values (?, ?, ?, ?, ?, ?, 0, '', 'outbound', 'softphone', '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'agent', ?, ?, ?, ?, ?, ?)`);
  const random = chance(7);
  const perDay = Math.round(calls / days);
  const insertDay = client.transaction((begin: number) => {
    for (let i = 0; i < perDay; i++) {
      const startedAt = begin + Math.floor((i / perDay) * WORK_HOURS * 3_600_000);
      const talk = Math.floor(20 + 400 * random() ** 2);
      const wrapUp = Math.floor(5 + 60 * random());
      const endedAt = startedAt + talk * 1000;
      const counted = endedAt + wrapUp * 1000;
      if (counted > now.getTime()) return;
      const agent = Math.floor(random() * places.agentIds.length);
      const team = agent % teams;
      const answered = random() < 0.8;
      const contacted = answered && random() < 0.7;
      const sold = contacted && random() < 0.2;
      const { hour, day } = placeOf(new Date(counted), ZONE);
      insert.run(
        uuidv7(),
        places.agentIds[agent],
        places.teamIds[team],
        places.siteOf(team),
        startedAt,
        startedAt,
        CAMPAIGNS[Math.floor(random() * CAMPAIGNS.length)],
        answered ? startedAt : null,
        endedAt,
        answered ? talk : 0,
        answered ? "answered" : "missed",
        sold ? "sale" : contacted ? "other" : "no_answer",
        Number(contacted),
        Number(sold),
        sold ? Math.round(random() * 10_000) / 100 : null,
        answered ? counted : null,
        answered ? wrapUp : null,
        counted,
        hour.getTime(),
        day,
        random() < 0.3 ? 2 : 0,
        Number(random() < 0.05),
      );
    }
  });
  for (let back = days - 1; back >= 0; back--) {
    const midnight = startOfDay(today, ZONE).getTime() - back * 86_400_000;
    insertDay(midnight + 9 * 3_600_000);
  }
  for (const index of indexes) client.exec(index.sql);
}
