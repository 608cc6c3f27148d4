import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { AgentRow, Call, Listening, Page, Stats, Team, User } from "#contract";
import { authQueries } from "../../server/auth/queries.ts";
import { teamQueries } from "../../server/teams/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { answer, PASSWORD, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

describe("who may listen", () => {
  let server: TestServer;
  let admin: Client;
  let maria: Client;
  before(async () => {
    server = await testServer();
    admin = await server.browser("admin", { name: "Ada", team: "Oficina" });
    maria = await server.device();
  });
  after(() => server.close());

  const teams = async () => (await answer<Page<Team>>(admin.request("GET", "/api/teams"))).body.items;
  const listening = async (client: Client) =>
    (await answer<Listening>(client.request("GET", "/api/agents/me/listening"))).body;
  const switched = (id: string, to: boolean, by = admin) =>
    answer<Team>(by.request("PATCH", `/api/teams/${id}`, { listening: to }));

  test("off until an admin turns it on for the team, and the team knows who did and when", async () => {
    const [norte] = (await teams()).filter(({ name }) => name === "Ventas Norte");
    assert.ok(norte);
    assert.deepEqual(norte, {
      id: norte.id,
      name: "Ventas Norte",
      site: "Madrid",
      listening: false,
      listeningChangedBy: null,
      listeningChangedAt: null,
      goals: { calls: null, sales: null },
    });
    assert.deepEqual(await listening(maria), { allowed: false, language: "es" });
    server.setNow("2026-03-02T10:00:00Z");
    const [ada, eva] = [await server.browser("admin", { name: "Ada" }), await server.browser("admin")];
    const { status, body } = await switched(norte.id, true, ada);
    const now = {
      listening: true,
      listeningChangedBy: "Ada",
      listeningChangedAt: "2026-03-02T10:00:00.000Z",
    };
    assert.deepEqual([status, body], [200, { ...norte, ...now }]);
    server.setNow("2026-03-02T11:00:00Z");
    assert.deepEqual((await switched(norte.id, true, eva)).body, body, "what is so already is not changed");
    server.setNow(new Date());
    assert.equal((await listening(maria)).allowed, true);
    const sur = await server.device({ team: "Ventas Sur", site: "Sevilla" });
    assert.equal((await listening(sur)).allowed, false, "another team");
    await switched(norte.id, false);
    assert.equal((await listening(maria)).allowed, false);
  });

  test("only an admin changes it, and only for a team that exists", async () => {
    const team = (await teams()).find(({ name }) => name === "Ventas Norte");
    for (const role of ["agent", "supervisor", "executive"] as const) {
      const client = await server.browser(role);
      assert.equal((await switched(team?.id ?? "", true, client)).status, 403);
    }
    assert.equal((await answer(maria.request("GET", "/api/teams"))).status, 403);
    assert.equal((await switched(uuidv7(), true)).status, 404);
    for (const wrong of [{ goals: { calls: 0, sales: null } }, { listening: "yes" }, { listening: null }])
      assert.equal((await answer(admin.request("PATCH", `/api/teams/${team?.id}`, wrong))).status, 422);
    const luis = await server.browser("supervisor");
    assert.equal((await answer(luis.request("GET", "/api/agents/me/listening"))).status, 403);
    assert.deepEqual(server.errors, []);
  });
});

describe("a supervisor of two teams", () => {
  let server: TestServer;
  let admin: Client;
  before(async () => {
    server = await testServer();
    admin = await server.browser("admin", { team: "Oficina" });
  });
  after(() => server.close());

  test("sees both wherever people, calls and recordings are shown, and no third", async () => {
    const places = [
      { name: "María", team: "Norte", site: "Madrid" },
      { name: "Eva", team: "Sur", site: "Sevilla" },
      { name: "Iker", team: "Oeste", site: "Vigo" },
    ];
    const { bytes, metadata } = toneWav(0.1);
    for (const place of places) {
      const device = await server.device(place);
      const call = await wholeCall(device, server.now());
      await device.request("PUT", `/api/recordings/${call.id}/parts/0`, bytes, contentDigest(bytes));
      await device.request("POST", `/api/recordings/${call.id}`, { parts: 1, metadata });
    }
    const input = { email: "luis@example.com", password: PASSWORD, role: "supervisor", site: "Madrid" };
    const added = await answer<User>(
      admin.request("POST", "/api/users", { ...input, name: "Luis", team: "Norte", teams: ["Sur"] }),
    );
    assert.deepEqual([added.status, added.body.teams], [201, ["Sur"]]);
    const luis = await server.session(added.body.id, "browser");
    const names = async (path: string) =>
      (await answer<Page<Call>>(luis.request("GET", path))).body.items.map(({ agentName }) => agentName);
    assert.deepEqual((await names("/api/calls")).toSorted(), ["Eva", "María"]);
    assert.deepEqual((await names("/api/recordings")).toSorted(), ["Eva", "María"]);
    const board = async (scope: string) => {
      const response = await luis.request("GET", `/api/live${scope}`);
      if (response.status !== 200) return response.status;
      const reader = response.body?.getReader();
      const first = new TextDecoder().decode((await reader?.read())?.value);
      await reader?.cancel();
      const data = first.split("\n").find((line) => line.startsWith("data: ")) ?? assert.fail(first);
      const { agents } = JSON.parse(data.slice(6)) as { agents: AgentRow[] };
      return agents.map(({ name }) => name).toSorted();
    };
    assert.deepEqual(await board(""), ["Eva", "María"]);
    assert.deepEqual(await board("?scope=team:Sur"), ["Eva"]);
    assert.equal(await board("?scope=team:Oeste"), 404);
    const stats = await answer<Stats>(luis.request("GET", "/api/stats?scope=team:Sur"));
    assert.equal(stats.body.totals.calls, 1);
    const { body } = await answer<Page<Team>>(luis.request("GET", "/api/teams"));
    assert.deepEqual(
      body.items.map(({ name }) => name),
      ["Norte", "Sur"],
    );

    await admin.request("PATCH", `/api/users/${luis.userId}`, { teams: [] });
    assert.deepEqual(await names("/api/calls"), ["María"]);
    assert.equal(await board("?scope=team:Sur"), 404);
  });

  test("sets the goals of the own teams, and nothing else of them", async () => {
    const luis = await server.browser("supervisor", { team: "Norte" });
    const { items } = (await answer<Page<Team>>(admin.request("GET", "/api/teams"))).body;
    const id = (name: string) => items.find((team) => team.name === name)?.id ?? assert.fail(name);
    const patch = (team: string, body: object) =>
      answer<Team>(luis.request("PATCH", `/api/teams/${id(team)}`, body));
    const goals = { calls: 40, sales: 6 };
    assert.deepEqual((await patch("Norte", { goals })).body.goals, goals);
    assert.equal((await patch("Sur", { goals })).status, 404);
    assert.equal((await patch("Norte", { goals: { calls: 1, sales: null }, listening: true })).status, 403);
    assert.deepEqual((await patch("Norte", {})).body.goals, goals);
    assert.deepEqual(server.errors, []);
  });
});

for (const { name, open } of dialects)
  test(`every query of the teams on ${name}`, async () => {
    const store = await open();
    const queries = teamQueries(store);
    const called = new Set<string>();
    const teams = noting("teams", queries, called);
    const at = new Date("2026-03-02T10:15:30.123Z");
    const ada = uuidv7();
    const person = { name: "Ada", email: "ada@example.com", passwordHash: "x", role: "admin" as const };
    const place = { language: "es" as const, team: "Norte", site: "Madrid" };
    await authQueries(store, uuidv7).addPerson({ ...person, ...place, id: ada }, at, "Europe/Madrid");
    const [norte] = await teams.all();
    assert.ok(norte);
    assert.equal(await teams.listening(norte.id), false);
    assert.equal(await teams.listening("nobody"), false);
    await teams.switchListening(norte.id, true, ada, at);
    await teams.switchListening(norte.id, true, "another", new Date());
    assert.equal(await teams.listening(norte.id), true);
    const changed = { listening: true, listeningChangedBy: "Ada", listeningChangedAt: at };
    assert.deepEqual(await teams.byId(norte.id), { ...norte, ...changed });
    assert.equal(await teams.byId("nobody"), null);
    await teams.setGoals(norte.id, { calls: 40, sales: null });
    assert.deepEqual((await teams.byId(norte.id))?.goalCalls, 40);
    assert.deepEqual(
      Object.keys(queries).filter((query) => !called.has(`teams.${query}`)),
      [],
    );
    await store.close();
  });
