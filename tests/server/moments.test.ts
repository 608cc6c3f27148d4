import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { Marks, Moment } from "#contract";
import { momentsOf, type Known } from "../../server/library/marks/moments.ts";
import { endedRecording } from "../support/ended-recording.ts";
import { answer, testServer, type Client, type TestServer } from "../support/server.ts";

const BEGAN = new Date("2026-11-23T15:21:00Z");
const later = (ms: number): Date => new Date(BEGAN.getTime() + ms);

describe("what a recording marks by itself", () => {
  const price = { title: "Es caro" } as NonNullable<Known["answers"][number]["card"]>;
  const of = (known: Partial<Known> = {}): Moment[] =>
    momentsOf({
      recording: { durationSeconds: 336, dispositionKind: null, dispositionName: null },
      call: { startedAt: BEGAN, answeredAt: null, consentAtMs: null },
      answers: [],
      heard: [],
      ...known,
    });
  const asked = (ms: number, card: typeof price | null = price) => ({ askedAt: later(ms), card });

  test("nothing where nothing happened", () => assert.deepEqual(of(), []));

  test("an answer stands where it was asked for, by the clock of the audio", () => {
    assert.deepEqual(of({ answers: [asked(70_000), asked(97_000, null)] }), [
      { kind: "objection", atMs: 70_000, title: "Es caro" },
      { kind: "help", atMs: 97_000, title: null },
    ]);
    // it rang for 10 s: the audio begins when the two sides talk
    const call = { startedAt: BEGAN, answeredAt: later(10_000), consentAtMs: null };
    assert.deepEqual(
      of({ call, answers: [asked(4_000, null), asked(70_000)] }).map(({ atMs }) => atMs),
      [0, 60_000],
    );
  });

  test("an objection stands where the customer began to say it, if that was just before", () => {
    const heard = [
      { fromMs: 5_000, toMs: 9_000 },
      { fromMs: 61_000, toMs: 66_000 },
      { fromMs: 72_000, toMs: 80_000 },
    ];
    const at = (ms: number, card?: null) => of({ heard, answers: [asked(ms, card)] })[0]?.atMs;
    assert.deepEqual([at(70_000), at(75_000), at(2_000)], [61_000, 72_000, 2_000]);
    assert.equal(at(40_000), 40_000, "what was said long ago is not what it was about");
    assert.equal(at(70_000, null), 70_000, "nobody knows what the model's own answer was about");
    const twice = of({ heard, answers: [asked(66_000), asked(70_000), asked(75_000)] });
    assert.deepEqual(
      twice.map(({ atMs }) => atMs),
      [61_000, 72_000],
      "asked twice about the same words",
    );
  });

  test("what was asked after the audio's end, and consent beyond it, is nowhere in it", () => {
    const call = { startedAt: BEGAN, answeredAt: null, consentAtMs: 400_000 };
    assert.deepEqual(of({ call, answers: [asked(336_001)] }), []);
    assert.equal(of({ answers: [asked(336_000)] }).length, 1);
  });

  test("a sale stands at the end, under the outcome's own name; all of it in the order of the audio", () => {
    const recording = { durationSeconds: 335.98, dispositionKind: "sale" as const, dispositionName: "Oro" };
    const call = { startedAt: BEGAN, answeredAt: null, consentAtMs: 8_000 };
    assert.deepEqual(of({ recording, call, answers: [asked(3_000)] }), [
      { kind: "objection", atMs: 3_000, title: "Es caro" },
      { kind: "consent", atMs: 8_000, title: null },
      { kind: "sale", atMs: 335_980, title: "Oro" },
    ]);
    const contact = { ...recording, dispositionKind: "contact" as const };
    assert.deepEqual(of({ recording: contact }), []);
  });
});

describe("moments over the wire", () => {
  let server: TestServer;
  let maria: Client;
  let eva: Client;
  let luis: Client;
  before(async () => {
    server = await testServer({ playbooks: true });
    maria = await server.device({ name: "María López" });
    eva = await server.device({ name: "Eva Sur", team: "Ventas Sur" });
    luis = await server.browser("supervisor", { name: "Luis Jefe" });
  });
  after(() => server.close());

  async function asked(callId: string, ms: number, more: object) {
    const { asks } = server.deps.store.tables;
    const ask = { id: uuidv7(), callId, agentId: maria.userId, model: "llama3", askedAt: later(ms) };
    await server.deps.store.together((db) => [
      db.insert(asks).values({ ...ask, outcome: "ollama_unreachable", ...more }),
    ]);
  }

  test("they come with the marks, to whoever may see the recording and to nobody else", async () => {
    const { id, path } = await endedRecording(server, maria, BEGAN, { seconds: 20 });
    await asked(id, 7_000, { cardId: "fibre-es-price", cardVersion: 1 });
    await asked(id, 12_000, { outcome: "done" });
    await asked(id, 13_000, {});
    await asked(uuidv7(), 14_000, { outcome: "done" });
    const line = { callId: id, searchText: "", masked: "" };
    await server.deps.store.together((db) => [
      db.insert(server.deps.store.tables.transcriptLines).values([
        { ...line, n: 0, side: "customer", fromMs: 4_500, toMs: 6_000, text: "Es muy caro, soy Rosa" },
        { ...line, n: 1, side: "agent", fromMs: 6_200, toMs: 6_900, text: "La entiendo" },
      ]),
    ]);
    const consent = { state: "given", atMs: 2_000 };
    assert.equal((await maria.request("PUT", `/api/consent/calls/${id}`, consent)).status, 200);

    const moments = [
      { kind: "consent", atMs: 2_000, title: null },
      { kind: "objection", atMs: 4_500, title: "Es caro" },
      { kind: "help", atMs: 12_000, title: null },
      { kind: "sale", atMs: 20_000, title: null },
    ];
    for (const by of [maria, luis]) {
      const { status, body } = await answer<Marks>(by.request("GET", `${path}/marks`));
      assert.deepEqual([status, body.items, body.moments], [200, [], moments]);
    }
    assert.equal((await eva.request("GET", `${path}/marks`)).status, 404);

    // what makes itself counts for no mark, is found by none and is nobody's news
    const list = await answer<{ items: { callId: string }[] }>(
      luis.request("GET", "/api/recordings?marked=true"),
    );
    assert.deepEqual(list.body.items, []);
    const unseen = await answer<{ count: number }>(maria.request("GET", "/api/recordings/marks/unseen"));
    assert.equal(unseen.body.count, 0);

    // it follows what is known of the call
    await maria.request("PATCH", `/api/calls/${id}`, { disposition: "not_interested" });
    const now = await answer<Marks>(luis.request("GET", `${path}/marks`));
    assert.deepEqual(now.body.moments, moments.slice(0, 3));
  });
});
