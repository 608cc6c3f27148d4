import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Call, Correction, Problem } from "#contract";
import { answer, callStart, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";

describe("corrections", () => {
  let server: TestServer;
  let maria: Client;
  let luis: Client;
  before(async () => {
    server = await testServer();
    maria = await server.device();
    luis = await server.browser("supervisor", { name: "Luis" });
  });
  after(() => server.close());

  const change = (id: string, body: object, by: Client) =>
    answer<Call & Problem>(by.request("PATCH", `/api/calls/${id}`, body));
  const corrections = async (id: string, by: Client) =>
    (await answer<{ items: Correction[] }>(by.request("GET", `/api/calls/${id}/corrections`))).body.items;

  test("a supervisor says why; what was there before stays, and its agent sees both", async () => {
    const sale = { disposition: "sale", saleAmount: 40 };
    const call = await wholeCall(maria, server.now(), { change: { ...sale, notes: "renueva" } });
    assert.equal(call.corrected, false);
    const silent = await change(call.id, { disposition: "other" }, luis);
    assert.deepEqual([silent.status, silent.body.errors?.[0]?.path], [422, "why"]);
    assert.match(silent.body.errors?.[0]?.message ?? "", /por qué/);
    assert.deepEqual(await corrections(call.id, maria), []);

    const why = "El cliente anuló la compra";
    const { status, body } = await change(call.id, { disposition: "other", notes: "renueva", why }, luis);
    assert.deepEqual([status, body.disposition, body.saleAmount, body.corrected], [200, "other", null, true]);
    const [first, ...none] = await corrections(call.id, maria);
    assert.ok(first);
    assert.deepEqual(none, []);
    assert.deepEqual(first, {
      id: first.id,
      kind: "call",
      subjectId: call.id,
      before: sale,
      after: { disposition: "other", saleAmount: null },
      why,
      by: "Luis",
      at: server.now().toISOString(),
    });
    const panel = await server.session(maria.userId, "panel");
    assert.deepEqual(await corrections(call.id, panel), [first]);
    const admin = await server.browser("admin", { name: "Ada", team: "Oficina" });
    await change(call.id, { ...sale, why: "Sí compró" }, admin);
    const all = await corrections(call.id, luis);
    assert.deepEqual(
      all.map(({ by, before }) => [by, before["saleAmount"]]),
      [
        ["Luis", 40],
        ["Ada", null],
      ],
    );
  });

  test("what changes nothing is no correction, nor is what the agent says", async () => {
    const call = await wholeCall(maria, server.now(), { change: { disposition: "other" } });
    await change(call.id, { disposition: "other", why: "nada" }, luis);
    await change(call.id, { notes: "me equivoqué" }, maria);
    assert.deepEqual(await corrections(call.id, luis), []);
    assert.equal((await change(call.id, {}, maria)).body.corrected, false);
    const own = await server.device({ name: "Otra" });
    assert.equal((await change(call.id, { notes: "x", why: "y" }, own)).status, 404);
    assert.equal((await answer(own.request("GET", `/api/calls/${call.id}/corrections`))).status, 404);
  });

  test("a supervisor can put the end of a wrap-up right, but not before the call's", async () => {
    const call = await wholeCall(maria, new Date(server.now().getTime() - 600_000), {
      change: { disposition: "other" },
    });
    const at = (seconds: number) => new Date(Date.parse(call.endedAt ?? "") + seconds * 1000).toISOString();
    const late = await change(call.id, { wrapUpEndedAt: at(30) }, maria);
    assert.equal(late.body.wrapUpEndedAt, call.wrapUpEndedAt, "for its agent it ended once");
    const wrong = await change(call.id, { wrapUpEndedAt: at(-1), why: "reloj" }, luis);
    assert.deepEqual([wrong.status, wrong.body.errors?.[0]?.path], [422, "wrapUpEndedAt"]);
    const { body } = await change(call.id, { wrapUpEndedAt: at(30), why: "se fue a comer" }, luis);
    assert.deepEqual([body.wrapUpEndedAt, body.wrapUpSeconds, body.corrected], [at(30), 30, true]);
  });

  test("corrections at the same time each know what they replaced", async () => {
    const call = await wholeCall(maria, server.now(), { change: { notes: "0" } });
    await Promise.all(
      ["1", "2", "3", "4"].map((notes) => change(call.id, { notes, why: `nota ${notes}` }, luis)),
    );
    const all = await corrections(call.id, luis);
    const chain = all.map(({ before, after }) => [before["notes"], after["notes"]]);
    assert.deepEqual(
      chain.map(([before]) => before),
      ["0", ...chain.slice(0, -1).map(([, after]) => after)],
    );
    assert.equal(chain.length, 4);
    const start = callStart(server.now());
    await maria.request("POST", "/api/calls/start", start);
    const early = await change(start.id, { wrapUpEndedAt: start.startedAt }, maria);
    assert.deepEqual([early.status, early.body.code], [409, "call_in_progress"]);
    assert.deepEqual(server.errors, []);
  });
});
