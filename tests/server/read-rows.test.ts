import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { count, eq, gt, sql } from "drizzle-orm";
import { openSqlite } from "../../server/db/sqlite.ts";
import { bind, statement, type Query, type Store } from "../../server/db/store.ts";

describe("rows of prepared queries are what Drizzle makes of them", () => {
  const store: Store = openSqlite(":memory:");
  const { sites, teams, users, jobs } = store.tables;
  const at = new Date("2026-03-30T08:00:00.123Z");

  before(async () => {
    const person = { passwordHash: "", role: "agent", teamId: "t", language: "es", createdAt: at } as const;
    const state = { state: "available", stateSince: at } as const;
    const job = { id: "j", kind: "export", state: "queued", userId: "a", createdAt: at } as const;
    await store.together((db) => [
      db.insert(sites).values({ id: "s", name: "Sede", timeZone: "Europe/Madrid" }),
      db.insert(teams).values({ id: "t", name: "Norte", siteId: "s", goalSales: 3 }),
      db.insert(users).values([
        { ...person, ...state, id: "a", name: "Ana", email: "a@example.com", active: true },
        {
          ...person,
          ...state,
          id: "b",
          name: "Bea",
          email: "b@example.com",
          active: false,
          passwordSetAt: at,
        },
      ]),
      db.insert(jobs).values({ ...job, input: { days: [1, { deep: null }] } }),
    ]);
  });
  after(() => store.close());

  async function alike<Row>(
    name: string,
    build: (db: Store["db"]) => Query<Row>,
    values: Record<string, unknown> = {},
  ): Promise<Row[]> {
    const drizzles = build(store.db).prepare() as { all(values: object): unknown[] };
    const rows = await store.rows(bind(statement(name, build), values));
    assert.deepEqual(rows, drizzles.all(values));
    assert.ok(rows.length > 0);
    return rows;
  }

  test("instants, flags, JSON, nothing, and places for values", async () => {
    const [first] = await alike("users", (db) => db.select().from(users));
    assert.deepEqual([first?.createdAt, first?.active, first?.passwordSetAt], [at, true, null]);
    const [job] = await alike("jobs", (db) => db.select({ input: jobs.input }).from(jobs));
    assert.deepEqual(job?.input, { days: [1, { deep: null }] });
    await alike(
      "places",
      (db) =>
        db
          .select({ id: users.id })
          .from(users)
          .where(gt(users.createdAt, sql`${sql.param(sql.placeholder("from"), users.createdAt)}`))
          .limit(sql.placeholder("limit")),
      { from: new Date(0), limit: 1 },
    );
  });

  test("expressions, with a name or without, and with what reads them", async () => {
    const [found] = await alike("expressions", (db) =>
      db
        .select({
          plain: sql<number>`${users.active}`,
          named: sql<number>`${users.active} + 1`.as("named"),
          mapped: sql<boolean>`${users.active}`.mapWith(Boolean),
          since: sql<Date>`max(${users.createdAt})`.mapWith(users.createdAt),
          all: count(),
        })
        .from(users)
        .groupBy(users.id),
    );
    assert.deepEqual(found, { plain: 1, named: 2, mapped: true, since: at, all: 1 });
    const asked = (db: Store["db"]) =>
      db.select({ id: users.id, at: users.createdAt }).from(users).as("asked");
    await alike("subquery", (db) => {
      const people = asked(db);
      return db.select({ at: people.at, n: count() }).from(people).groupBy(people.at);
    });
  });

  test("rows within rows, of which a join may have none", async () => {
    const rows = await alike("joined", (db) =>
      db
        .select({ team: teams, job: { id: jobs.id } })
        .from(teams)
        .leftJoin(jobs, eq(jobs.userId, teams.id)),
    );
    assert.equal(rows[0]?.job, null);
  });

  test("a place without its value is an error", async () => {
    const build = (db: Store["db"]) =>
      db.select({ id: users.id }).from(users).limit(sql.placeholder("limit"));
    await assert.rejects(store.rows(bind(statement("missing", build), {})), /limit/);
  });
});
