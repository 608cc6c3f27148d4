import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { sql } from "drizzle-orm";
import type { CallStart } from "#contract";
import { copilotQueries } from "../../server/copilot/queries.ts";
import { placeOf } from "../../server/db/time.ts";
import type { Store } from "../../server/db/store.ts";
import { createRebuild } from "../../server/stats/rebuild/rebuild.ts";
import { createTime } from "../../server/time/time.ts";
import { dialects } from "../support/databases.ts";
import { callEnd, callStart, testServer, type Client } from "../support/server.ts";

type Row = Record<string, unknown>;
const isZero = (row: Row): boolean =>
  Object.values(row).every((value) => typeof value !== "number" || value === 0);

/** All figures, without the rows that say nothing, in an order of their own. */
async function figuresIn({ db, tables }: Store) {
  const [hours, days, lengths] = await Promise.all([
    db.select().from(tables.hourFigures),
    db.select().from(tables.dayFigures),
    db.select().from(tables.dayLengths),
  ]);
  const said = (rows: Row[]) =>
    rows
      .filter((row) => !isZero(row))
      .map((row) => JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))))
      .toSorted();
  return { hours: said(hours), days: said(days), lengths: said(lengths) };
}

/** What the calls alone say, counted the plain way. */
async function plainCount({ db, tables: { calls } }: Store) {
  const rows = await db.select().from(calls);
  const sums = new Map<string, Record<string, number>>();
  for (const call of rows) {
    if (!call.endedAt) continue;
    const counted = call.wrapUpEndedAt ?? call.endedAt;
    const { day, hour } = placeOf(counted, "Europe/Madrid");
    for (const owner of [call.agentId, call.teamId]) {
      const key = `${owner} ${day} ${hour.toISOString()} ${call.campaign ?? ""}`;
      const sum = sums.get(key) ?? {
        calls: 0,
        answered: 0,
        contacts: 0,
        sales: 0,
        saleCents: 0,
        talk: 0,
        asks: 0,
      };
      const answered = call.outcome === "answered";
      const contact = answered && (call.disposition === null || call.disposition !== "no_answer");
      const sale = answered && call.disposition === "sale";
      sum.calls = (sum.calls ?? 0) + 1;
      sum.answered = (sum.answered ?? 0) + Number(answered);
      sum.contacts = (sum.contacts ?? 0) + Number(contact);
      sum.sales = (sum.sales ?? 0) + Number(sale);
      sum.saleCents = (sum.saleCents ?? 0) + (sale ? Math.round((call.saleAmount ?? 0) * 100) : 0);
      sum.talk = (sum.talk ?? 0) + (answered ? (call.talkSeconds ?? 0) : 0);
      sum.asks = (sum.asks ?? 0) + call.aiAsks;
      sums.set(key, sum);
    }
  }
  return sums;
}

async function hourSums({ db, tables: { hourFigures } }: Store) {
  const rows = await db.select().from(hourFigures);
  return new Map(
    rows
      .filter(({ calls }) => calls > 0)
      .map((row) => {
        const { day } = placeOf(row.hour, "Europe/Madrid");
        const { calls, answered, contacts, sales, saleCents, talkSeconds: talk, aiAsks: asks } = row;
        return [
          `${row.ownerId} ${day} ${row.hour.toISOString()} ${row.campaign}`,
          { calls, answered, contacts, sales, saleCents, talk, asks },
        ];
      }),
  );
}

/** Something that one of two agents does, so many minutes after what came before. */
const event = fc.record({
  minutes: fc.integer({ min: 0, max: 95 }),
  agent: fc.nat(1),
  what: fc.constantFrom(
    "start",
    "end",
    "late end",
    "missed",
    "change",
    "state",
    "late state",
    "wrap up",
    "ask",
    "sweep",
    "end again",
  ),
  seconds: fc.integer({ min: 0, max: 5000 }),
  hold: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
  disposition: fc.constantFrom("sale", "no_answer", "other", null),
  amount: fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: null }),
  state: fc.constantFrom("available", "paused", "offline"),
  campaign: fc.constantFrom(undefined, "Fibra", "Móvil"),
  pick: fc.nat(50),
});
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** What happens is told to the real server, call by call and state by state. */
async function live(store: Store, begin: string, events: Event[]): Promise<void> {
  const server = await testServer({ store });
  server.setNow(begin);
  const place = { team: `T${uuidv7()}` };
  const agents: Client[] = [await server.device(place), await server.device(place)];
  const started: CallStart[][] = [[], []];
  const asks = copilotQueries(store);
  const time = createTime(server.deps);
  const ok = async (response: Promise<Response>): Promise<void> => {
    const { status } = await response;
    assert.ok(status < 300 || status === 409, String(status));
  };
  for (const { minutes, agent, what, pick, ...more } of events) {
    server.setNow(new Date(server.now().getTime() + minutes * 60_000 + (more.seconds % 60) * 1000));
    const device = agents[agent] ?? assert.fail();
    const mine = started[agent] ?? assert.fail();
    const call = mine[pick % Math.max(1, mine.length)];
    const now = server.now();
    if (what === "sweep") await time.sweep();
    else if (what === "state" || what === "late state") {
      const at = new Date(now.getTime() - (what === "state" ? 0 : more.seconds * 1000));
      const reason = more.state === "paused" ? { reason: "Comida" } : {};
      await ok(
        device.request("POST", "/api/agents/me/state", {
          state: more.state,
          at: at.toISOString(),
          ...reason,
        }),
      );
    } else if (what === "start") {
      const start = callStart(now, { ...(more.campaign !== undefined && { campaign: more.campaign }) });
      mine.push(start);
      await ok(device.request("POST", "/api/calls/start", start));
    } else if (!call) continue;
    else if (what === "ask")
      await asks.add([
        {
          id: uuidv7(),
          agentId: device.userId,
          callId: call.id,
          cardId: "c",
          model: "m",
          outcome: "done",
          heldOut: pick % 3 === 0,
          askedAt: now,
        },
      ]);
    else if (what === "change" || what === "wrap up") {
      const change = {
        disposition: more.disposition,
        // only a sale has an amount
        saleAmount: more.disposition !== "sale" || more.amount === null ? null : more.amount / 100,
      };
      const body = what === "change" ? change : { wrapUpEndedAt: now.toISOString() };
      await ok(device.request("PATCH", `/api/calls/${call.id}`, body));
    } else {
      const since = Date.parse(call.startedAt);
      const seconds =
        what === "late end"
          ? Math.min(more.seconds, (now.getTime() - since) / 1000)
          : (now.getTime() - since) / 1000;
      const end = callEnd(call, Math.floor(seconds), {
        ...(more.hold !== undefined && { holdSeconds: more.hold }),
        ...(what === "missed" && { outcome: "missed" as const, talkSeconds: 0 }),
      });
      await ok(device.request("POST", "/api/calls/end", end));
    }
  }
  // calls that began are in the figures a second later, or when somebody reads some
  await ok((agents[0] ?? assert.fail()).request("GET", "/api/stats?scope=me"));
  assert.deepEqual(server.errors, []);
  const before = await figuresIn(store);
  const counted = await plainCount(store);
  assert.deepEqual(await hourSums(store), counted, "the hours say what the calls say");
  await createRebuild(server.deps, time).rebuild();
  assert.deepEqual(
    await figuresIn(store),
    before,
    "what was written with each event is what a rebuild writes",
  );
}

/** Empties a database between runs, so that each counts its own calls alone. */
async function emptied(store: Store): Promise<Store> {
  const { calls, asks, hourFigures, dayFigures, dayLengths, agentStates, users, sessions } = store.tables;
  await store.together((db) => [
    ...[asks, calls, hourFigures, dayFigures, dayLengths, agentStates, sessions, users].map((table) =>
      db.delete(table),
    ),
    db.select({ one: sql`1` }).from(sql`(select 1) as one`),
  ]);
  return { ...store, close: async () => undefined };
}

/** An ordinary day, and the days on which Madrid's clocks change. */
const BEGINS = ["2026-03-02T07:50:00Z", "2026-03-28T21:40:00Z", "2026-10-24T21:40:00Z"];

for (const { name, open } of dialects)
  describe(`figures written with the calls on ${name}`, async () => {
    // PGlite plans each of these statements anew, which takes it long
    const few = name !== "SQLite";
    for (const begin of few ? BEGINS.slice(-1) : BEGINS)
      test(`equal a rebuild and a plain count, whatever happens from ${begin.slice(0, 10)} on`, async () => {
        const store = await open();
        const length = few ? { minLength: 15, maxLength: 20 } : { minLength: 10, maxLength: 60 };
        await fc.assert(
          fc.asyncProperty(fc.array(event, length), async (events) => {
            await live(await emptied(store), begin, events);
          }),
          { numRuns: few ? 1 : 25, endOnFailure: true },
        );
        await store.close();
      });
  });
