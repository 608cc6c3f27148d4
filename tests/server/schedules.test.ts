import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { v7 as uuidv7 } from "uuid";
import type { Job, Page, Schedule } from "#contract";
import { daysOf, firstDay, nextTime } from "../../server/schedules/periods.ts";
import { AppError } from "../../server/errors.ts";
import { scheduleQueries } from "../../server/schedules/queries.ts";
import { createSchedules } from "../../server/schedules/schedules.ts";
import { dialects, noting } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { answer, testServer } from "../support/server.ts";

const MADRID = "Europe/Madrid";

test("reports are made at six on the site's clock, also when the clock is set", () => {
  const next = (period: Schedule["period"], after: string) =>
    nextTime(period, new Date(after), MADRID).toISOString();
  assert.equal(next("daily", "2026-03-28T06:00:00Z"), "2026-03-29T04:00:00.000Z", "summer has begun");
  assert.equal(next("daily", "2026-03-28T04:59:59Z"), "2026-03-28T05:00:00.000Z");
  assert.equal(next("daily", "2026-03-28T05:00:00Z"), "2026-03-29T04:00:00.000Z", "after it, not at it");
  assert.equal(next("weekly", "2026-03-30T04:00:00Z"), "2026-04-06T04:00:00.000Z");
  assert.equal(next("monthly", "2026-01-31T12:00:00Z"), "2026-02-01T05:00:00.000Z");
  assert.deepEqual(
    [firstDay("daily", "2026-03-01"), firstDay("weekly", "2026-03-30"), firstDay("monthly", "2026-03-01")],
    ["2026-02-28", "2026-03-23", "2026-02-01"],
  );
});

test("what was missed is made up by one report of all of it", () => {
  const days = (period: Schedule["period"], due: string, now: string) =>
    daysOf(period, new Date(due), new Date(now), MADRID);
  const due = "2026-03-30T04:00:00Z";
  assert.deepEqual(days("daily", due, "2026-03-30T04:00:30Z"), { from: "2026-03-29", to: "2026-03-29" });
  assert.deepEqual(days("daily", due, "2026-04-02T10:00:00Z"), { from: "2026-03-29", to: "2026-04-01" });
  assert.deepEqual(days("weekly", due, "2026-04-14T10:00:00Z"), { from: "2026-03-23", to: "2026-04-12" });
  assert.deepEqual(days("monthly", "2026-04-01T04:00:00Z", "2026-04-01T04:00:00Z"), {
    from: "2026-03-01",
    to: "2026-03-31",
  });
});

for (const { name, open } of dialects)
  test(`the queries of schedules on ${name}`, async () => {
    const store = await open();
    const called = new Set<string>();
    const all = scheduleQueries(store);
    const queries = noting("schedules", all, called);
    const at = new Date("2026-03-30T04:00:00Z");
    const later = new Date(at.getTime() + 1000);
    const [id, userId] = [uuidv7(), uuidv7()];
    const row = { id, userId, name: "ñ", period: "daily", input: { a: 1 }, lastJobId: null } as const;
    await queries.add({ ...row, active: true, createdAt: at, nextAt: at });
    assert.deepEqual((await queries.byId(id))?.input, { a: 1 });
    assert.equal((await queries.of(userId)).length, 1);
    assert.deepEqual(await queries.due(new Date(at.getTime() - 1)), []);
    assert.equal((await queries.due(at)).length, 1);
    assert.equal(await queries.claim(id, at, later), true);
    assert.equal(await queries.claim(id, at, later), false, "only one makes it");
    await queries.change(id, { active: false });
    assert.deepEqual(await queries.due(later), []);
    assert.deepEqual(await queries.teamsIn({ by: "site", id }), []);
    await queries.remove(id);
    assert.equal(await queries.byId(id), null);
    assert.deepEqual(
      Object.keys(all).filter((query) => !called.has(`schedules.${query}`)),
      [],
    );
    await store.close();
  });

test("a schedule makes its report, in the app and in the folder, until its owner may not export", async () => {
  const server = await testServer();
  server.setNow("2026-03-28T12:00:00Z");
  const luis = await server.browser("supervisor", { team: "Norte" });
  const eva = await server.browser("admin", { team: "Norte" });
  const maria = await server.browser("agent", { team: "Norte" });
  const input = { name: "../Ventas: diario", period: "daily", kind: "calls" };
  assert.equal((await maria.request("POST", "/api/schedules", input)).status, 403);
  const theirs = { ...input, filters: { scope: "team:Nadie" } };
  assert.equal((await luis.request("POST", "/api/schedules", theirs)).status, 404);
  const made = await answer<Schedule>(luis.request("POST", "/api/schedules", input));
  assert.deepEqual(
    [made.status, made.body.nextAt, made.body.active],
    [201, "2026-03-29T04:00:00.000Z", true],
  );
  const path = `/api/schedules/${made.body.id}`;
  assert.equal((await eva.request("PATCH", path, { active: false })).status, 404);
  assert.equal((await eva.request("DELETE", path)).status, 404);

  const list = async () =>
    (await answer<Page<Schedule>>(luis.request("GET", "/api/schedules"))).body.items[0];
  server.setNow("2026-03-29T04:00:01Z");
  await server.rooms.schedules.sweep();
  await server.rooms.schedules.sweep();
  const { lastJobId, nextAt } = (await list()) ?? assert.fail();
  assert.equal(nextAt, "2026-03-30T04:00:00.000Z");
  const job = await eventually("its report", async () => {
    const { body } = await answer<Job>(luis.request("GET", `/api/jobs/${lastJobId}`));
    return body.state === "done" ? body : null;
  });
  assert.deepEqual([job.scheduleId, job.fileName], [made.body.id, "llamadas_2026-03-28.xlsx"]);
  const jobs = (await answer<Page<Job>>(luis.request("GET", "/api/jobs?kind=export"))).body.items;
  assert.equal(jobs.length, 1, "made once");
  assert.deepEqual(await readdir(join(server.data, "reports")), [
    ".._Ventas_ diario_2026-03-28_2026-03-28.xlsx",
  ]);

  await luis.request("PATCH", path, { active: false });
  server.setNow("2026-04-02T10:00:00Z");
  await server.rooms.schedules.sweep();
  const later = await server.session(luis.userId, "browser");
  const again = await answer<Schedule>(
    later.request("PATCH", path, { active: true, period: "weekly", name: "Semana" }),
  );
  assert.deepEqual(
    [again.body.nextAt, again.body.name, again.body.period],
    ["2026-04-06T04:00:00.000Z", "Semana", "weekly"],
  );
  await server.queries.changePerson(luis.userId, { role: "agent" }, "Madrid", MADRID);
  server.setNow("2026-04-06T05:00:00Z");
  await server.rooms.schedules.sweep();
  const row = await scheduleQueries(server.deps.store).byId(made.body.id);
  assert.equal(row?.active, false);
  assert.match(JSON.stringify(row.input), /"stopped":"forbidden"/);
  assert.ok(await server.rooms.auth.standing(luis.userId));

  assert.equal((await server.rooms.jobs.discard()).length, 1);
  await assert.rejects(readdir(join(server.data, "reports")));
  assert.deepEqual(server.errors, []);
  await server.close();
});

test("a report by team is a file for each team that its filters hold and that has agents, however many they are", async () => {
  const server = await testServer();
  server.setNow("2026-03-28T12:00:00Z");
  const clara = await server.browser("executive", { team: "Dirección" });
  const teams = ["Norte", "Sur / A", "Este", "Oeste", "Centro", "Islas", "Costa"];
  for (const team of teams) await server.browser("agent", { team });
  const input = {
    name: "Semana",
    period: "weekly",
    kind: "calls",
    byTeam: true,
    filters: { campaign: "Fibra" },
  };
  const made = await answer<Schedule>(clara.request("POST", "/api/schedules", input));
  assert.deepEqual([made.status, made.body.byTeam, made.body.filters], [201, true, { campaign: "Fibra" }]);
  const one = { name: "Uno", period: "daily", kind: "calls", byTeam: true, filters: { scope: "team:Norte" } };
  assert.equal((await clara.request("POST", "/api/schedules", one)).status, 201);

  server.setNow("2026-03-30T04:00:01Z");
  const jobs = async () =>
    (await answer<Page<Job>>((await server.session(clara.userId, "browser")).request("GET", "/api/jobs")))
      .body.items;
  // five at once are the most of one person: a sweep asks for what is left
  await eventually("all reports", async () => {
    await server.rooms.schedules.sweep();
    const all = await jobs();
    return all.length === teams.length + 1 && all.every(({ state }) => state === "done");
  });
  await server.rooms.schedules.sweep();
  const weekly = (await jobs()).filter(({ scheduleId }) => scheduleId === made.body.id);
  assert.deepEqual(
    weekly.map(({ fileName }) => fileName).toSorted((a, b) => (a ?? "").localeCompare(b ?? "")),
    ["Centro", "Costa", "Este", "Islas", "Norte", "Oeste", "Sur _ A"].map(
      (team) => `llamadas_${team}_2026-03-23_2026-03-29.xlsx`,
    ),
  );
  assert.deepEqual(
    (await readdir(join(server.data, "reports"))).toSorted((a, b) => a.localeCompare(b)),
    [
      "Semana_Centro_2026-03-23_2026-03-29.xlsx",
      "Semana_Costa_2026-03-23_2026-03-29.xlsx",
      "Semana_Este_2026-03-23_2026-03-29.xlsx",
      "Semana_Islas_2026-03-23_2026-03-29.xlsx",
      "Semana_Norte_2026-03-23_2026-03-29.xlsx",
      "Semana_Oeste_2026-03-23_2026-03-29.xlsx",
      "Semana_Sur _ A_2026-03-23_2026-03-29.xlsx",
      "Uno_Norte_2026-03-28_2026-03-29.xlsx",
    ],
  );
  const row = await scheduleQueries(server.deps.store).byId(made.body.id);
  assert.deepEqual([row?.nextAt.toISOString(), row?.active], ["2026-04-06T04:00:00.000Z", true]);
  assert.doesNotMatch(JSON.stringify(row?.input), /"left"/);
  assert.deepEqual(server.errors, []);
  await server.close();
});

test("who supervises a team finds its report, takes it, which is noted, and nobody else does", async () => {
  const server = await testServer();
  server.setNow("2026-03-28T12:00:00Z");
  const clara = await server.browser("executive", { team: "Dirección", name: "Clara Vidal" });
  const luis = await server.person("supervisor", { team: "Norte" });
  const eva = await server.person("supervisor", { team: "Sur" });
  const maria = await server.person("agent", { team: "Norte" });
  const admin = await server.person("admin", { team: "Dirección" });
  await server.person("agent", { team: "Sur" });
  const input = { name: "Día", period: "daily", kind: "agents", format: "csv" };
  await clara.request("POST", "/api/schedules", { ...input, byTeam: true });
  await clara.request("POST", "/api/schedules", { ...input, filters: { scope: "team:Norte" } });
  server.setNow("2026-03-29T04:00:01Z");
  await server.rooms.schedules.sweep();
  const as = (userId: string) => server.session(userId, "browser");
  const jobs = async (userId: string) =>
    (await answer<Page<Job>>((await as(userId)).request("GET", "/api/jobs?kind=export"))).body.items;
  await eventually("all reports", async () => {
    const all = await jobs(clara.userId);
    return all.length === 3 && all.every(({ state, by }) => state === "done" && by === null);
  });
  const names = async (userId: string) => (await jobs(userId)).map(({ fileName, by }) => [fileName, by]);
  assert.deepEqual(await names(luis), [["agentes_Norte_2026-03-28.csv", "Clara Vidal"]]);
  assert.deepEqual(await names(eva), [["agentes_Sur_2026-03-28.csv", "Clara Vidal"]]);
  for (const userId of [maria, admin]) assert.deepEqual(await names(userId), []);

  const [report] = await jobs(luis);
  const path = `/api/jobs/${report?.id}`;
  assert.equal((await (await as(luis)).request("GET", `${path}/file`)).status, 200);
  const noted = { action: "export_downloaded", actorId: luis, subjectId: report?.id };
  const { store } = server.deps;
  const entries = await store.db.select().from(store.tables.auditEntries);
  assert.equal(entries.filter((entry) => isDeepStrictEqual({ ...entry, ...noted }, entry)).length, 1);
  assert.equal((await (await as(luis)).request("DELETE", path)).status, 403);
  for (const userId of [eva, maria, admin])
    for (const what of [path, `${path}/file`])
      assert.equal((await (await as(userId)).request("GET", what)).status, 404);

  // it is the team's, whoever supervises that
  await server.queries.changePerson(eva, { teams: ["Norte"] }, "Madrid", MADRID);
  assert.equal((await names(eva)).length, 2);
  await server.queries.changePerson(luis, { team: "Sur" }, "Madrid", MADRID);
  assert.equal((await (await as(luis)).request("GET", `${path}/file`)).status, 404);
  assert.deepEqual(server.errors, []);
  await server.close();
});

test("all of a schedule can be changed, within what its owner sees; what stopped goes on", async () => {
  const server = await testServer();
  server.setNow("2026-03-28T12:00:00Z");
  const luis = await server.browser("supervisor", { team: "Norte" });
  await server.browser("agent", { team: "Sur" });
  const input = { name: "Ventas", period: "daily", kind: "calls", filters: { campaign: "Fibra" } };
  const made = await answer<Schedule>(luis.request("POST", "/api/schedules", input));
  const path = `/api/schedules/${made.body.id}`;
  const all = {
    name: "Semana",
    period: "weekly",
    kind: "time",
    format: "csv",
    filters: { scope: "team:Norte" },
    byTeam: true,
  };
  const changed = await answer<Schedule>(luis.request("PATCH", path, all));
  assert.deepEqual(changed, {
    status: 200,
    body: { ...made.body, ...all, nextAt: "2026-03-30T04:00:00.000Z" },
  });
  const theirs = { kind: "calls", filters: { scope: "team:Sur" } };
  assert.equal((await luis.request("PATCH", path, theirs)).status, 404);
  const { body: listed } = await answer<Page<Schedule>>(luis.request("GET", "/api/schedules"));
  assert.deepEqual(listed.items, [changed.body], "what is refused changes nothing");

  const queries = scheduleQueries(server.deps.store);
  const row = (await queries.byId(made.body.id)) ?? assert.fail();
  const stopped = { ...(row.input as object), stopped: "not_found", left: ["Sur"] };
  await queries.change(row.id, { active: false, input: stopped });
  const renamed = await answer<Schedule>(luis.request("PATCH", path, { name: "Otra" }));
  assert.deepEqual([renamed.body.stopped, renamed.body.active], ["not_found", false]);
  const again = await answer<Schedule>(
    luis.request("PATCH", path, { filters: { campaign: "Luz" }, active: true }),
  );
  assert.deepEqual(again.body.filters, { campaign: "Luz" });
  assert.deepEqual([again.body.stopped, again.body.active], [null, true]);
  const left = JSON.stringify((await queries.byId(row.id))?.input);
  assert.doesNotMatch(left, /"left"/, "the next one is of all teams");
  assert.deepEqual(server.errors, []);
  await server.close();
});

test("what is changed while a report is asked for stays changed, whether that succeeds or not", async () => {
  const server = await testServer();
  server.setNow("2026-03-28T12:00:00Z");
  const clara = await server.browser("executive");
  await server.browser("agent", { team: "Norte" });
  const input = { name: "Ventas", period: "daily", kind: "calls", byTeam: true };
  const { body } = await answer<Schedule>(clara.request("POST", "/api/schedules", input));
  const queries = scheduleQueries(server.deps.store);
  const actor = (await server.rooms.auth.standing(clara.userId)) ?? assert.fail();
  const { exports, schedules } = server.rooms;
  const asking: (typeof exports)["ask"][] = [
    async (...asked) => {
      await schedules.change(actor, body.id, { kind: "time" });
      return exports.ask(...asked);
    },
    async () => {
      await schedules.change(actor, body.id, { format: "csv" });
      throw new AppError("too_many_jobs", { retryAfter: 60 });
    },
  ];
  for (const [day, ask] of asking.entries()) {
    server.setNow(new Date(Date.UTC(2026, 2, 29 + day, 5)));
    const busy = createSchedules(server.deps, { ...server.rooms, exports: { ...exports, ask } });
    await busy.sweep();
  }
  const row = (await queries.byId(body.id)) ?? assert.fail();
  assert.deepEqual(row.input, {
    kind: "time",
    format: "csv",
    filters: {},
    byTeam: true,
    language: "es",
    stopped: null,
    left: ["Norte"],
  });
  assert.notEqual(row.lastJobId, null);
  assert.deepEqual(server.errors, []);
  await server.close();
});
