import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { AgentDay, Call, Explanation, Page, PauseReason, Stats, Trends } from "#contract";
import { createRebuild } from "../../server/stats/rebuild/rebuild.ts";
import { createTime } from "../../server/time/time.ts";
import {
  answer,
  callEnd,
  callStart,
  testServer,
  wholeCall,
  type Client,
  type TestServer,
} from "../support/server.ts";
import { eventually } from "../support/eventually.ts";

describe("an agent's day", () => {
  let server: TestServer;
  let maria: Client;
  let luis: Client;
  const at = (time: string) => server.setNow(`2026-03-02T${time}:00Z`);
  const declare = async (state: string, more: object = {}) =>
    assert.equal((await maria.request("POST", "/api/agents/me/state", { state, ...more })).status, 204);
  const day = async (client = luis, query = "") =>
    (await answer<AgentDay>(client.request("GET", `/api/agents/${maria.userId}/day${query}`))).body;
  const short = ({ stretches }: AgentDay) =>
    stretches.map(({ state, from, to }) => [state, from.slice(11, 16), to?.slice(11, 16) ?? null]);
  const call = async (start: string, end: string) => {
    at(start);
    const body = callStart(server.now());
    await maria.request("POST", "/api/calls/start", body);
    at(end);
    const seconds = (server.now().getTime() - Date.parse(body.startedAt)) / 1000;
    return (await answer<Call>(maria.request("POST", "/api/calls/end", callEnd(body, seconds)))).body;
  };
  const get = async (id: string) => (await answer<Call>(maria.request("GET", `/api/calls/${id}`))).body;

  before(async () => {
    server = await testServer();
    at("08:00");
    maria = await server.device({ name: "María López" });
    luis = await server.browser("supervisor", { name: "Luis" });
  });
  after(() => server.close());

  test("wrap-ups end with a disposition, a state, the next call or after half an hour", async () => {
    await declare("available");
    const first = await call("08:10", "08:20");
    at("08:21");
    await maria.request("PATCH", `/api/calls/${first.id}`, { disposition: "other" });
    const second = await call("08:30", "08:40");
    at("08:43");
    await declare("paused", { reason: "Comida" });
    const third = await call("08:50", "08:55");
    const fourth = await call("08:57", "09:00");
    at("09:29");
    const time = createTime(server.deps);
    await time.sweep();
    assert.equal((await get(fourth.id)).wrapUpSeconds, null);
    at("09:31");
    await time.sweep();
    const ends = await Promise.all([first, second, third, fourth].map(({ id }) => get(id)));
    assert.deepEqual(
      ends.map(({ wrapUpEndedBy, wrapUpSeconds }) => [wrapUpEndedBy, wrapUpSeconds]),
      [
        ["agent", 60],
        ["state", 180],
        ["next_call", 120],
        ["timeout", 1800],
      ],
    );
    assert.deepEqual(short(await day()), [
      ["available", "08:00", "08:10"],
      ["on_call", "08:10", "08:20"],
      ["wrap_up", "08:20", "08:21"],
      ["available", "08:21", "08:30"],
      ["on_call", "08:30", "08:40"],
      ["wrap_up", "08:40", "08:43"],
      ["paused", "08:43", "08:50"],
      ["on_call", "08:50", "08:55"],
      ["wrap_up", "08:55", "08:57"],
      ["on_call", "08:57", "09:00"],
      ["wrap_up", "09:00", "09:30"],
      ["paused", "09:30", null],
    ]);
    assert.deepEqual((await day()).pauses, [{ reason: "Comida", seconds: 480 }]);
    const { totals } = (await answer<Stats>(luis.request("GET", "/api/stats"))).body;
    assert.deepEqual([totals.readySeconds, totals.pausedSeconds], [19 * 60, 8 * 60]);
    assert.equal(totals.wrapUpSeconds, 60 + 180 + 120 + 1800);
  });

  test("a call counts in the hour in which its wrap-up ends", async () => {
    const { hours } = (await answer<Stats>(luis.request("GET", "/api/stats"))).body;
    // 08:21, 08:43 and 08:57 are 9 h in Madrid, 09:30 is 10 h
    assert.deepEqual([hours[9]?.calls, hours[10]?.calls], [3, 1]);
  });

  test("a supervisor corrects what was declared; agent and supervisor see the same, and what was there before", async () => {
    const paused = (await day()).stretches.find(({ state }) => state === "paused");
    const path = `/api/agents/${maria.userId}/states`;
    const change = { since: "2026-03-02T08:25:00.000Z", reason: "Formación", why: "estaba en formación" };
    const changed = await answer<AgentDay>(luis.request("PATCH", `${path}/${paused?.stateId}`, change));
    assert.equal(changed.status, 200);
    assert.deepEqual(short(changed.body).slice(3, 5), [
      ["available", "08:21", "08:25"],
      ["paused", "08:25", "08:30"],
    ]);
    const [correction] = changed.body.corrections;
    assert.deepEqual([correction?.by, correction?.why], ["Luis", "estaba en formación"]);
    assert.deepEqual(correction?.before, {
      state: "paused",
      reason: "Comida",
      since: "2026-03-02T08:43:00.000Z",
    });
    assert.deepEqual(await day(maria), await day(luis));
    assert.ok((await day(maria)).stretches.some(({ corrected }) => corrected));
    const { totals } = (await answer<Stats>(luis.request("GET", "/api/stats"))).body;
    assert.deepEqual([totals.readySeconds, totals.pausedSeconds], [14 * 60, 13 * 60]);
  });

  test("a forgotten state is added once; one that cannot be is refused", async () => {
    const path = `/api/agents/${maria.userId}/states`;
    const forgotten = { id: uuidv7(), state: "available", since: "2026-03-02T07:50:00.000Z", why: "olvido" };
    for (let i = 0; i < 2; i++)
      assert.equal((await answer<AgentDay>(luis.request("POST", path, forgotten))).status, 201);
    assert.equal((await day()).corrections.length, 2);
    const refused = async (body: object, status: number, code: string, client = luis) => {
      const got = await answer(client.request("POST", path, { ...forgotten, id: uuidv7(), ...body }));
      assert.deepEqual([got.status, got.body.code], [status, code]);
    };
    await refused({ since: "2026-03-02T08:25:00.000Z" }, 409, "state_there");
    await refused({ id: forgotten.id, state: "offline" }, 409, "id_taken");
    await refused({ since: "2026-03-02T23:00:00.000Z" }, 422, "invalid");
    await refused({ state: "paused" }, 422, "invalid");
    await refused({}, 404, "not_found", await server.browser("supervisor", { team: "Otra" }));
    await refused({}, 403, "forbidden", maria);
    const stranger = await server.device({ team: "Otra" });
    const strange = await answer(stranger.request("GET", `/api/agents/${maria.userId}/day`));
    assert.equal(strange.status, 404);
  });

  test("what a PC sends late counts from when it happened, never from the future", async () => {
    at("10:00");
    await declare("offline", { at: "2026-03-02T09:50:00.000Z" });
    await declare("available", { at: "2026-03-02T09:40:00.000Z" });
    assert.deepEqual(short(await day()).slice(-3), [
      ["paused", "09:30", "09:40"],
      ["available", "09:40", "09:50"],
      ["offline", "09:50", null],
    ]);
    await declare("available", { at: "2026-03-02T11:00:00.000Z" });
    at("10:05");
    assert.deepEqual(short(await day()).at(-1), ["available", "10:00", null]);
  });

  test("what goes on counts before anything ends it", async () => {
    const ready = async () =>
      (await answer<Stats>(luis.request("GET", "/api/stats"))).body.totals.readySeconds;
    const before = await ready();
    at("10:15");
    assert.equal((await ready()) - before, 600);
    const { value } = (await answer<Explanation>(luis.request("GET", "/api/stats/explain?metric=occupancy")))
      .body;
    const { occupancy } = (await answer<Stats>(luis.request("GET", "/api/stats"))).body.totals;
    assert.equal(value, occupancy.value);
  });

  test("reasons for a pause: built in by language until an admin writes others", async () => {
    const path = "/api/agents/pause-reasons";
    type Reasons = { items: PauseReason[] };
    const list = async (language: string) =>
      (await answer<Reasons>(maria.request("GET", path, undefined, { "accept-language": language }))).body
        .items;
    assert.equal((await list("es"))[0]?.name, "Descanso");
    assert.equal((await list("en"))[0]?.name, "Break");
    const admin = await server.browser("admin");
    const items = [{ name: "Café", productive: false }];
    assert.equal((await admin.request("PUT", path, { items })).status, 200);
    assert.deepEqual(await list("en"), items);
  });

  test("every number opens: its calls are as many as it says", async () => {
    const boss = await server.browser("executive");
    for (const part of ["numerator", "denominator"] as const)
      for (const metric of ["successRate", "successRateByCalls", "contactRate", "aiShare"]) {
        const query = `metric=${metric}&scope=team:Ventas Norte`;
        const number = (await answer<Explanation>(boss.request("GET", `/api/stats/explain?${query}`))).body;
        const ids = new Set<string>();
        for (let next: string | null = ""; next !== null;) {
          const path: string = `/api/stats/behind?${query}&part=${part}&limit=1${next && `&after=${next}`}`;
          const { body } = await answer<Page<Call>>(boss.request("GET", path));
          for (const { id } of body.items) ids.add(id);
          ({ next } = body);
        }
        assert.equal(ids.size, number[part], `${part} of ${metric}`);
      }
    const hidden = await server.browser("supervisor", { team: "Otra" });
    for (const path of ["explain", "behind"])
      assert.equal(
        (await hidden.request("GET", `/api/stats/${path}?metric=sales&agent=${maria.userId}`)).status,
        404,
      );
  });

  test("numbers that there are not", async () => {
    const nobody = uuidv7();
    for (const [path, status] of [
      ["stats/explain", 422],
      ["stats/explain?metric=x", 422],
      ["stats/explain?metric=talk&ai=with", 422],
      ["stats/behind?metric=sales&limit=0", 422],
      ["stats/trends?days=367", 422],
      [`stats/explain?metric=sales&agent=${nobody}`, 404],
      [`agents/${nobody}/day`, 404],
      [`agents/${maria.userId}/day?day=ayer`, 422],
    ] as const)
      assert.equal((await luis.request("GET", `/api/${path}`)).status, status, path);
  });

  test("trends hold whole days only, against as many before", async () => {
    server.setNow("2026-03-04T10:00:00Z");
    const boss = await server.browser("executive");
    const trends = async (query: string) =>
      (await answer<Trends>(boss.request("GET", `/api/stats/trends?scope=all&${query}`))).body;
    const two = await trends("days=2");
    assert.deepEqual(
      [two.from, two.to, two.beforeFrom, two.beforeTo],
      ["2026-03-02", "2026-03-03", "2026-02-28", "2026-03-01"],
    );
    assert.deepEqual([two.totals.calls, two.before.calls], [4, 0]);
    assert.deepEqual(
      two.days.map(({ calls }) => calls),
      [4, 0],
    );
    assert.deepEqual(
      two.teams.map(({ name, site, totals }) => [name, site, totals.calls]),
      [["Ventas Norte", "Madrid", 4]],
    );
    assert.deepEqual([two.ai.without.rate.denominator, two.ai.heldOut, two.ai.difference], [4, null, null]);
    const one = await trends("days=1");
    assert.deepEqual([one.totals.calls, one.before.calls], [0, 4]);
  });

  test("the team's usual day: per agent at work, by this time of the day", async () => {
    for (const week of ["2026-03-09", "2026-03-16", "2026-03-23"]) {
      for (const time of ["09:00", "09:30", "15:00"]) {
        server.setNow(`${week}T${time}:00Z`);
        await wholeCall(maria, server.now(), { change: { disposition: "sale" } });
      }
    }
    server.setNow("2026-03-30T09:00:00Z");
    const { usual, goals } = await day(maria);
    // one Monday had four calls by eleven, three had two; the clocks have changed since
    assert.deepEqual(usual, { calls: (4 + 6) / 4, sales: 6 / 4 });
    assert.deepEqual(goals, { calls: null, sales: null });
  });

  test("a database from before there were figures is counted once, at the start", async () => {
    const { store } = server.deps;
    const stats = async () =>
      (await answer<Stats>(maria.request("GET", "/api/stats?from=2026-03-01&to=2026-03-31"))).body.totals;
    const before = await stats();
    const { hourFigures, dayFigures, dayLengths, calls } = store.tables;
    await store.together((db) => [
      db.delete(hourFigures),
      db.delete(dayFigures),
      db.delete(dayLengths),
      db.update(calls).set({ countedAt: null, countedHour: null, countedDay: null }),
    ]);
    assert.equal((await stats()).calls, 0);
    await createRebuild(server.deps, createTime(server.deps)).ifNeeded();
    assert.deepEqual(await stats(), before);
  });
});

describe("the figures of a call that begins", () => {
  const begin = "2026-03-02T08:00:00Z";
  /** Somebody who is available for an hour, then begins a call. */
  async function beginning() {
    const server = await testServer();
    server.setNow(begin);
    const maria = await server.device();
    await maria.request("POST", "/api/agents/me/state", { state: "available" });
    server.setNow("2026-03-02T09:00:00Z");
    const body = callStart(server.now());
    const { status } = await maria.request("POST", "/api/calls/start", body);
    assert.equal(status, 201);
    const { hourFigures } = server.deps.store.tables;
    const known = async () =>
      (await server.deps.store.db.select().from(hourFigures)).filter(
        ({ ownerId, readySeconds }) => ownerId === maria.userId && readySeconds === 3600,
      ).length;
    return { server, maria, known };
  }

  test("are there when they are read, although its PC did not wait for them", async () => {
    const { server, maria, known } = await beginning();
    assert.equal(await known(), 0);
    assert.equal((await maria.request("GET", "/api/stats?scope=me")).status, 200);
    assert.equal(await known(), 1);
    await server.close();
  });

  test("come soon where nobody reads them", async () => {
    const { server, known } = await beginning();
    await eventually("the hour before the call", known);
    await server.close();
  });

  test("are written before the server ends", async () => {
    const { server, known } = await beginning();
    await server.stop();
    assert.equal(await known(), 1);
    await server.close();
  });
});
