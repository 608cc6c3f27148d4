import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { agentQueries } from "../../server/agents/queries.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { copilotQueries } from "../../server/copilot/queries.ts";
import type { NewCall } from "../../server/calls/beginning/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { callRow, personRow } from "../support/rows.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");
const later = (ms: number) => new Date(NOW.getTime() + ms);
const all = { by: "all" } as const;

for (const { name, open } of dialects)
  describe(`every query on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const auth = authQueries(store, () => uuidv7());
    const rooms = {
      calls: callQueries(store),
      agents: agentQueries(store),
      asks: copilotQueries(store),
    };
    const calls = noting("calls", rooms.calls, called);
    const agents = noting("agents", rooms.agents, called);
    const asks = noting("asks", rooms.asks, called);

    const maria = uuidv7();
    const luis = uuidv7();
    const call = (id: string, more: Partial<NewCall> = {}) => callRow(id, maria, NOW, more);

    before(async () => {
      await auth.addPerson(personRow(maria, "María", "agent"), NOW, "Europe/Madrid");
      await auth.addPerson(personRow(luis, "luis", "admin"), NOW, "Europe/Madrid");
      await auth.changePerson(maria, { team: "Sur" }, "Sevilla", "Europe/Madrid");
    });

    test("calls, their figures and their lists", async () => {
      const actor = {
        teamId: (await agents.teamByName("Sur"))?.id ?? "",
        siteId: (await agents.siteByName("Sevilla"))?.id ?? "",
      };
      assert.deepEqual(await agents.place(maria), actor);
      const [first, second] = [uuidv7(), uuidv7()];
      assert.equal(await calls.add(call(first, actor)), true);
      assert.equal(await calls.add(call(first, actor)), false);
      const nobody = { id: uuidv7(), name: "Rosa", doNotRecord: false };
      assert.equal(await calls.addOfKnown(call(uuidv7(), { ...actor, knownBy: "+9" }), nobody), false);
      await calls.add(call(second, { ...actor, startedAt: later(-1000), contactName: null }));
      assert.equal((await calls.digests(first))?.startDigest, "d");
      const team = { by: "teams" as const, ids: [actor.teamId] };
      assert.equal((await calls.open(team)).length, 2);
      assert.deepEqual(
        (await calls.recent(team, later(-1000), 5)).map(({ call }) => call.id),
        [first, second],
      );
      assert.deepEqual(
        (await calls.recent(all, NOW, 1)).map(({ call }) => call.id),
        [first],
      );
      const ending = {
        endDigest: "e",
        answeredAt: NOW,
        endedAt: later(60_000),
        countedAt: later(60_000),
        countedHour: new Date("2026-03-02T10:00:00Z"),
        countedDay: "2026-03-02",
        talkSeconds: 60,
        holdSeconds: null,
        outcome: "answered" as const,
      };
      assert.equal(await calls.end(first, ending), true);
      assert.equal(await calls.end(first, ending), false);
      await calls.edit(first, { disposition: "sale", contacted: true, sold: true, saleAmount: 29.9 });
      await calls.capture(first, "ok", "missing", NOW);
      await calls.capture(first, "ok", "missing", later(1000));
      assert.equal((await calls.byId(all, first))?.call.captureSince?.getTime(), NOW.getTime());
      const row = await calls.byId(all, first);
      assert.equal(row?.call.saleAmount, 29.9);
      assert.equal(row.call.endedAt?.getTime(), later(60_000).getTime());
      assert.equal(await calls.byId({ by: "agent", id: luis }, first), null);
      const note = { id: uuidv7(), agentId: maria, why: "anuló", by: luis, at: later(1) };
      const values = { before: { notes: null }, after: { notes: "x" } };
      await calls.edit(first, { notes: "x", callbackAt: later(5000) }, { ...note, ...values });
      assert.equal((await calls.byId(all, first))?.corrected, true);
      assert.equal((await calls.byId(all, second))?.corrected, false);
      assert.deepEqual(
        (await calls.corrections(first)).map(({ correction, byName }) => [correction.after, byName]),
        [[{ notes: "x" }, "luis"]],
      );
      const due = async () => (await calls.callbacks(team, NOW, 10)).map(({ call }) => call.id);
      assert.deepEqual(await due(), [first]);
      const third = uuidv7();
      await calls.add(
        call(third, { ...actor, startedAt: later(10), direction: "outbound", contactPhone: "1" }),
      );
      await calls.end(third, {
        ...ending,
        endedAt: later(70_000),
        countedHour: new Date("2025-03-01T10:00:00Z"),
        countedDay: "2025-03-01",
      });
      assert.deepEqual(await due(), [first], "somebody else was called");
      await calls.edit(first, { callbackDoneAt: NOW });
      assert.deepEqual(await due(), []);
      await store.together((db) => [db.delete(store.tables.calls).where(eq(store.tables.calls.id, third))]);
      const ids = async (...query: Parameters<typeof calls.page>) =>
        (await calls.page(...query)).map(({ call }) => call.id);
      assert.deepEqual(await ids(all, {}, null, 10), [first, second]);
      assert.deepEqual(await ids(all, {}, { startedAt: NOW, id: first }, 10), [second]);
      assert.deepEqual(
        await ids(all, { q: "garcia", agent: maria, disposition: "sale", from: NOW, to: later(1) }, null, 10),
        [first],
      );
      const span = { scope: team, from: "2026-03-02", to: "2026-03-02", column: "sales" as const };
      const behind = async (more: object, after: { countedAt: Date; id: string } | null = null) =>
        (await calls.counted({ ...span, ...more }, after, 10)).length;
      assert.equal(await behind({}), 1);
      assert.equal(await behind({ ai: "without", campaign: "", until: later(60_001) }), 1);
      assert.equal(await behind({ ai: "with" }), 0);
      assert.equal(await behind({ until: later(60_000) }), 0);
      assert.equal(await behind({ scope: { by: "agent", id: maria } }), 1);
      assert.equal(await behind({}, { countedAt: later(60_000), id: first }), 0);
    });

    test("agents, their places and what is set for them", async () => {
      const teamId = (await agents.teamByName("Sur"))?.id ?? "";
      const place = await agents.place(maria);
      assert.equal(await agents.timeZone(place?.siteId ?? ""), "Europe/Madrid");
      assert.equal(await agents.siteOfTeam(teamId), place?.siteId);
      const goals = { teamId, timeZone: "Europe/Madrid", goalCalls: null, goalSales: null };
      assert.deepEqual(await agents.teamOf(maria), goals);
      assert.deepEqual(await agents.callbacks(maria, NOW, later(1)), { due: 0, done: 0 });
      assert.equal(await agents.pauseReasons(), null);
      await agents.setPauseReasons([{ name: "Café", productive: false }], luis, NOW);
      assert.deepEqual(await agents.pauseReasons(), [{ name: "Café", productive: false }]);
    });

    test("asks are kept once and counted on their call", async () => {
      const callId = (await calls.page(all, { disposition: "sale" }, null, 1))[0]?.call.id ?? "";
      const ask = {
        id: uuidv7(),
        agentId: maria,
        callId,
        cardId: "price",
        model: "llama3",
        outcome: "ollama_unreachable",
        askedAt: NOW,
      };
      await asks.add([ask, { ...ask, id: uuidv7(), cardId: null }, { ...ask, id: uuidv7(), callId: null }]);
      await asks.add([{ ...ask, outcome: "done" }]);
      assert.equal(await asks.tell(ask.id, maria, { copied: "ai", thumbs: "up", shownMs: 4 }), true);
      assert.equal(await asks.tell(ask.id, luis, { dismissed: true }), false);
      assert.equal((await calls.byId(all, callId))?.call.aiAsks, 1);
    });

    test("settings replace each other", async () => {
      await asks.set("holdOut", true, maria, NOW);
      await asks.set("holdOut", false, maria, later(1));
      await asks.set("model", "mistral", maria, NOW);
      const { holdOut, model } = await asks.settings();
      assert.deepEqual({ holdOut, model }, { holdOut: false, model: "mistral" });
    });

    test("no query is left that this suite has not run", () => {
      const known = Object.entries(rooms).flatMap(([room, queries]) =>
        Object.keys(queries).map((query) => `${room}.${query}`),
      );
      assert.deepEqual(
        known.filter((query) => !called.has(query)),
        [],
      );
    });

    test("a bad row never sinks its neighbours", async () => {
      const [good, bad] = [uuidv7(), uuidv7()];
      const place = (await agents.place(maria)) ?? assert.fail();
      const results = await Promise.allSettled([
        calls.add(call(good, place)),
        calls.add(call(bad, { ...place, agentId: "nobody" })),
      ]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ["fulfilled", "rejected"],
      );
      assert.equal((await calls.digests(good))?.agentId, maria);
    });

    test("writes that belong together all happen or none", async () => {
      const { sites } = store.tables;
      const site = { id: uuidv7(), name: "Bilbao", timeZone: "Europe/Madrid" };
      await assert.rejects(
        store.together((db) => [db.insert(sites).values(site), db.insert(sites).values(site)]),
      );
      assert.equal(await agents.siteByName("Bilbao"), null);
      await store.check();
    });
  });
