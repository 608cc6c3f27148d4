import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Call, CallStart, Problem } from "#contract";
import {
  answer,
  callEnd,
  callStart,
  testServer,
  wholeCall,
  type Client,
  type TestServer,
} from "../support/server.ts";

describe("customers to call back", () => {
  let server: TestServer;
  let maria: Client;
  before(async () => {
    server = await testServer();
    maria = await server.device();
  });
  after(() => server.close());

  const later = (minutes: number) => new Date(server.now().getTime() + minutes * 60_000);
  const callbacks = async (by: Client = maria) =>
    (await answer<{ items: Call[] }>(by.request("GET", "/api/calls/callbacks"))).body.items.map(
      ({ id }) => id,
    );
  const change = (id: string, body: object) =>
    answer<Call & Problem>(maria.request("PATCH", `/api/calls/${id}`, body));
  const agreed = async (phone: string, minutes: number) =>
    wholeCall(maria, server.now(), {
      start: { contact: { phone } },
      change: { disposition: "follow_up", callbackAt: later(minutes).toISOString() },
    });
  const calls = async (more: Partial<CallStart>, outcome: "answered" | "missed" = "answered", by = maria) => {
    server.setNow(later(5));
    const start = callStart(server.now(), more);
    await by.request("POST", "/api/calls/start", start);
    await by.request("POST", "/api/calls/end", callEnd(start, 30, { outcome }));
  };

  test("the most overdue first, for those who see the call, until it is done", async () => {
    const second = await agreed("600 111 001", 60);
    const first = await agreed("600 111 002", 30);
    server.setNow(later(600));
    assert.deepEqual(await callbacks(), [first.id, second.id]);
    assert.deepEqual(await callbacks(await server.browser("supervisor")), [first.id, second.id]);
    assert.deepEqual(await callbacks(await server.browser("executive")), [first.id, second.id]);
    assert.deepEqual(
      await callbacks(await server.browser("supervisor", { team: "Sur", site: "Sevilla" })),
      [],
    );
    assert.deepEqual(await callbacks(await server.device({ name: "Otra" })), []);

    const done = await change(first.id, { callbackDone: true });
    assert.equal(done.body.callbackDoneAt, server.now().toISOString());
    server.setNow(later(1));
    assert.equal(
      (await change(first.id, { callbackDone: true })).body.callbackDoneAt,
      done.body.callbackDoneAt,
    );
    assert.deepEqual(await callbacks(), [second.id]);
    await change(first.id, { callbackDone: false });
    assert.deepEqual(await callbacks(), [first.id, second.id]);
    await change(first.id, { callbackAt: null });
    await change(second.id, { callbackDone: true });
    assert.deepEqual(await callbacks(), []);
    const moved = await change(second.id, { callbackAt: later(20).toISOString() });
    assert.equal(moved.body.callbackDoneAt, null, "another date is due again");
    await change(second.id, { callbackDone: true });
    server.setNow(later(24 * 60 * 100));
    await change(first.id, { callbackDone: false });
    assert.deepEqual(await callbacks(), []);
  });

  test("calling the same person back does it, if somebody answers", async () => {
    const phone = "600 111 003";
    const call = await agreed(phone, 60);
    await calls({ contact: { phone: "600 999 999" } });
    await calls({ contact: { phone }, direction: "inbound" });
    await calls({ contact: { phone } }, "missed");
    await calls({ contact: { phone } }, "answered", await server.device({ name: "Otra" }));
    await calls({ contact: {} });
    assert.deepEqual(await callbacks(), [call.id]);
    await calls({ contact: { phone } });
    assert.deepEqual(await callbacks(), []);
    const { body } = await answer<Call>(maria.request("GET", `/api/calls/${call.id}`));
    assert.equal(body.callbackDoneAt, new Date(server.now().getTime() + 30_000).toISOString());
  });

  test("a callback lies ahead, and only one that was agreed can be done", async () => {
    const call = await wholeCall(maria, server.now());
    for (const [body, path] of [
      [{ callbackAt: later(-10).toISOString() }, "callbackAt"],
      [{ callbackAt: later(60 * 24 * 800).toISOString() }, "callbackAt"],
      [{ callbackDone: true }, "callbackDone"],
    ] as const) {
      const refused = await change(call.id, body);
      assert.deepEqual([refused.status, refused.body.errors?.[0]?.path], [422, path]);
    }
    assert.equal((await change(call.id, { callbackAt: later(-1).toISOString() })).status, 200);
    assert.equal((await change(call.id, { callbackDone: false })).status, 200);
    assert.deepEqual(server.errors, []);
  });
});
