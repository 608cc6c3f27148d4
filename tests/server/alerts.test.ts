import assert from "node:assert/strict";
import { test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { Alerts, Problem } from "#contract";
import { alertQueries } from "../../server/alerts/queries.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { answer, testServer } from "../support/server.ts";

test("the company's limits are an admin's, the silence is each person's own", async () => {
  const server = await testServer();
  const [luis, eva] = [await server.browser("supervisor"), await server.browser("supervisor")];
  const admin = await server.browser("admin", { team: "Oficina" });
  const of = async (client: typeof luis) => (await answer<Alerts>(client.request("GET", "/api/alerts"))).body;
  const put = (what: string, body: unknown, client = luis) =>
    answer<Alerts & Problem>(client.request("PUT", `/api/alerts/${what}`, body));

  const limits = {
    on_call: { warn: 10, bad: null },
    available: { warn: 5, bad: null },
    wrap_up: { warn: 2, bad: 4 },
    paused: { warn: 25, bad: 30 },
  };
  assert.deepEqual(await of(luis), { muted: [], limits });
  const muted = ["long_pause", "goal_reached"];
  assert.deepEqual((await put("muted", { muted: [...muted, "long_pause"] })).body.muted, muted);
  assert.deepEqual((await of(luis)).muted, muted);
  assert.deepEqual((await of(eva)).muted, []);
  assert.equal((await put("muted", { muted: ["everything"] })).status, 422);
  assert.deepEqual((await put("muted", { muted: [] })).body.muted, []);

  const changed = { ...limits, on_call: { warn: 15, bad: 30 }, available: { warn: null, bad: null } };
  assert.equal((await put("limits", changed)).status, 403);
  assert.deepEqual((await put("limits", changed, admin)).body.limits, changed);
  assert.deepEqual((await of(eva)).limits, changed);
  const upside = await put("limits", { ...limits, paused: { warn: 30, bad: 25 } }, admin);
  assert.deepEqual([upside.status, upside.body.errors?.[0]?.path], [422, "paused.bad"]);
  assert.equal((await put("limits", { ...limits, paused: { warn: 0, bad: 25 } }, admin)).status, 422);
  assert.deepEqual(server.errors, []);
  await server.close();
});

for (const { name, open } of dialects)
  test(`every query of the alerts on ${name}`, async () => {
    const store = await open();
    const queries = alertQueries(store);
    const called = new Set<string>();
    const alerts = noting("alerts", queries, called);
    const ada = uuidv7();
    const person = { name: "Ada", email: "ada@example.com", passwordHash: "x", role: "admin" as const };
    const place = { language: "es" as const, team: "Norte", site: "Madrid" };
    await authQueries(store, uuidv7).addPerson({ ...person, ...place, id: ada }, new Date(), "Europe/Madrid");
    assert.equal(await alerts.limits(), undefined);
    await alerts.setLimits({ a: 1 }, ada, new Date());
    await alerts.setLimits({ a: 2 }, ada, new Date());
    assert.deepEqual(await alerts.limits(), { a: 2 });
    assert.equal(await alerts.muted(ada), "");
    await alerts.mute(ada, "long_call no_capture");
    assert.equal(await alerts.muted(ada), "long_call no_capture");
    assert.equal(await alerts.muted("nobody"), "");
    assert.deepEqual(
      Object.keys(queries).filter((query) => !called.has(`alerts.${query}`)),
      [],
    );
    await store.close();
  });
