import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { AgentRow, Call, LiveEvent, Snapshot, Stats } from "#contract";
import {
  answer,
  callEnd,
  callStart,
  testServer,
  wholeCall,
  type Client,
  type TestServer,
} from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

/** The frames of a live board, one after the other. */
async function board(client: Client, path = "/api/live") {
  const response = await client.request("GET", path);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const reader = (response.body ?? assert.fail()).getReader();
  const decoder = new TextDecoder();
  let text = "";
  const next = async (): Promise<LiveEvent> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end < 0) {
        const { value, done } = await reader.read();
        assert.ok(!done, "the board stays open");
        text += decoder.decode(value, { stream: true });
        continue;
      }
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (event !== undefined) return { event, data: JSON.parse(data ?? "") } as LiveEvent;
    }
  };
  /** The next frame that is of this kind and fits. */
  const until = async <Kind extends LiveEvent["event"]>(
    kind: Kind,
    fits: (data: Extract<LiveEvent, { event: Kind }>["data"]) => boolean = () => true,
  ): Promise<Extract<LiveEvent, { event: Kind }>["data"]> => {
    for (;;) {
      const frame = await next();
      if (frame.event === kind && fits(frame.data as never)) return frame.data as never;
    }
  };
  return { next, until, close: () => reader.cancel() };
}

describe("the live board", () => {
  let server: TestServer;
  let maria: Client;
  let luis: Client;
  before(async () => {
    server = await testServer();
    server.setNow("2026-03-02T10:00:00Z");
    maria = await server.device({ name: "María López" });
    luis = await server.browser("supervisor");
  });
  after(() => server.close());

  test("a snapshot first, then the call, its end, the sale and the recording, without asking again", async () => {
    const live = await board(luis);
    const first = await live.next();
    assert.equal(first.event, "snapshot");
    const { agents, calls, stats } = first.data;
    assert.deepEqual(
      [agents.map(({ name, state }) => [name, state]), calls, stats.totals.calls],
      [[["María López", "offline"]], [], 0],
    );

    await maria.request("POST", "/api/agents/me/state", { state: "available" });
    await live.until("agent", ({ state }: AgentRow) => state === "available");
    const start = callStart(server.now());
    await maria.request("POST", "/api/calls/start", start);
    const row = await live.until("agent", ({ state }: AgentRow) => state === "on_call");
    assert.deepEqual([row.contact, row.callId, row.since], ["Juan García", start.id, start.startedAt]);

    const { bytes, metadata } = toneWav(0.2);
    await maria.request("PUT", `/api/recordings/${start.id}/parts/0`, bytes, contentDigest(bytes));
    await maria.request("POST", `/api/recordings/${start.id}`, { parts: 1, metadata });
    assert.equal((await live.until("recording")).callId, start.id);

    server.setNow("2026-03-02T10:01:00Z");
    await maria.request("POST", "/api/calls/end", callEnd(start, 60));
    await live.until("call", ({ endedAt }: Call) => endedAt !== null);
    const ended = await live.until("stats", ({ totals }: Stats) => totals.calls === 1);
    assert.deepEqual(ended.totals.successRate, { value: 0, numerator: 0, denominator: 1 });
    assert.equal(ended.totals.talkSeconds, 60);
    assert.equal(ended.hours[11]?.calls, 1, "10 h UTC is 11 h in Madrid");

    const panel = await server.session(maria.userId, "panel");
    const sale = { disposition: "sale", saleAmount: 29.9, wrapUpEndedAt: "2026-03-02T10:01:00Z" };
    assert.equal((await panel.request("PATCH", `/api/calls/${start.id}`, sale)).status, 200);
    const sold = await live.until("stats", ({ totals }: Stats) => totals.sales === 1);
    assert.deepEqual(sold.totals.successRate, { value: 1, numerator: 1, denominator: 1 });
    assert.equal(sold.totals.saleAmount, 29.9);
    await live.close();
  });

  test("an ended call puts the agent into wrap-up until it is closed", async () => {
    const call = await wholeCall(maria, server.now());
    const live = await board(luis);
    const { agents } = (await live.next()).data as Snapshot;
    assert.equal(agents[0]?.state, "wrap_up");
    await maria.request("PATCH", `/api/calls/${call.id}`, { wrapUpEndedAt: server.now().toISOString() });
    await live.until("agent", ({ state }: AgentRow) => state === "available");
    await live.close();
  });

  test("each sees the own: another team's call makes no frame here, and an agent's board has one row", async () => {
    const eva = await server.device({ team: "Ventas Sur", site: "Sevilla", name: "Eva Ruiz" });
    const own = await board(await server.session(maria.userId, "panel"));
    const { agents } = (await own.next()).data as Snapshot;
    assert.deepEqual(
      agents.map(({ name }) => name),
      ["María López"],
    );
    const live = await board(luis);
    await live.next();
    await wholeCall(eva, server.now());
    await wholeCall(maria, server.now(), { start: { contact: { name: "Última" } } });
    const seen = await live.until("call");
    assert.equal(seen.agentName, "María López");
    await live.close();
    await own.close();
  });

  test("many changes at once are one frame, not many", async () => {
    const live = await board(luis);
    await live.next();
    const began = performance.now();
    await Promise.all(Array.from({ length: 30 }, () => wholeCall(maria, server.now())));
    const before = (await answer<Stats>(luis.request("GET", "/api/stats"))).body.totals.calls;
    let stats = 0;
    await live.until("stats", ({ totals }: Stats) => (stats++, totals.calls === before));
    // four a second at the most, however long it took
    const most = Math.max(10, 2 + ((performance.now() - began) / 1000) * 4);
    assert.ok(stats <= most, `${stats} frames for 60 changes`);
    await live.close();
  });

  test("a change that comes while the snapshot is read is not lost", async () => {
    const opening = board(luis);
    const call = await wholeCall(maria, server.now(), { start: { contact: { name: "Carrera" } } });
    const live = await opening;
    const first = (await live.next()).data as Snapshot;
    if (!first.calls.some(({ id, endedAt }) => id === call.id && endedAt !== null))
      await live.until("call", ({ id, endedAt }: Call) => id === call.id && endedAt !== null);
    await live.close();
  });
});
