import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { Listening, Page, Team } from "#contract";
import { authQueries } from "../../server/auth/queries.ts";
import { teamQueries } from "../../server/teams/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { answer, testServer, type Client, type TestServer } from "../support/server.ts";

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

  test("only an admin sees and changes it, and only for a team that exists", async () => {
    const [team] = await teams();
    for (const role of ["agent", "supervisor", "executive"] as const) {
      const client = await server.browser(role);
      assert.equal((await answer(client.request("GET", "/api/teams"))).status, 403);
      assert.equal((await switched(team?.id ?? "", true, client)).status, 403);
    }
    assert.equal((await switched(uuidv7(), true)).status, 404);
    for (const wrong of [{}, { listening: "yes" }, { listening: null }])
      assert.equal((await answer(admin.request("PATCH", `/api/teams/${team?.id}`, wrong))).status, 422);
    const luis = await server.browser("supervisor");
    assert.equal((await answer(luis.request("GET", "/api/agents/me/listening"))).status, 403);
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
    assert.deepEqual(
      Object.keys(queries).filter((query) => !called.has(`teams.${query}`)),
      [],
    );
    await store.close();
  });
