import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { agentQueries } from "../../server/agents/queries.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { copilotQueries } from "../../server/copilot/queries.ts";
import { callQueries, type NewCall } from "../../server/calls/queries.ts";
import { isUniqueViolation } from "../../server/db/violations.ts";
import { recordingQueries } from "../../server/recordings/queries.ts";
import { dialects, noting } from "../support/databases.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");
const later = (ms: number) => new Date(NOW.getTime() + ms);
const all = { by: "all" } as const;

for (const { name, open } of dialects)
  describe(`every query on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const rooms = {
      auth: authQueries(store, () => uuidv7()),
      calls: callQueries(store),
      agents: agentQueries(store),
      recordings: recordingQueries(store),
      asks: copilotQueries(store),
    };
    const auth = noting("auth", rooms.auth, called);
    const calls = noting("calls", rooms.calls, called);
    const agents = noting("agents", rooms.agents, called);
    const recordings = noting("recordings", rooms.recordings, called);
    const asks = noting("asks", rooms.asks, called);

    const maria = uuidv7();
    const luis = uuidv7();
    const person = (id: string, name: string, role: "agent" | "admin") => ({
      id,
      name,
      role,
      email: `${name}@example.com`,
      passwordHash: "scrypt$…",
      language: "es" as const,
      team: "Norte",
      site: "Madrid",
    });
    const call = (id: string, more: Partial<NewCall> = {}): NewCall => ({
      id,
      agentId: maria,
      teamId: "",
      siteId: "",
      startedAt: NOW,
      receivedAt: NOW,
      clockOffsetMs: 0,
      startDigest: "d",
      direction: "inbound",
      source: "softphone",
      contactName: "Juan García",
      contactPhone: null,
      campaign: null,
      externalId: null,
      searchText: "juan garcia",
      ...more,
    });

    test("people, teams and sites", async () => {
      assert.equal(await auth.anyone(), false);
      await auth.addPerson(person(maria, "maria", "agent"), NOW, "Europe/Madrid");
      await auth.addPerson(person(luis, "luis", "admin"), NOW, "Europe/Madrid");
      assert.equal(await auth.anyone(), true);
      const twice = auth.addPerson(person(uuidv7(), "maria", "agent"), NOW, "Europe/Madrid");
      await assert.rejects(twice, (error) => isUniqueViolation(error));
      assert.deepEqual(
        (await auth.people("", 10)).map((p) => p.name),
        ["maria", "luis"],
      );
      assert.equal((await auth.personById(maria))?.team, "Norte");
      assert.equal((await auth.credentials("luis@example.com"))?.id, luis);
      assert.equal(await auth.siteOfTeam("Norte"), "Madrid");
      assert.equal((await auth.siteOf(maria))?.timeZone, "Europe/Madrid");
      assert.equal(await auth.otherAdmins(luis), false);
      assert.equal(await auth.otherAdmins(maria), true);
      await auth.changePerson(maria, { name: "María", team: "Sur" }, "Sevilla", "Europe/Madrid");
      assert.deepEqual((await auth.personById(maria))?.site, "Sevilla");
    });

    test("sessions and passes", async () => {
      const session = {
        tokenHash: "h",
        kind: "device" as const,
        userId: maria,
        device: "PC",
        createdAt: NOW,
        expiresAt: later(1000),
      };
      await auth.addSession(session);
      const actor = await auth.actor("h", NOW);
      assert.equal(actor?.name, "María");
      assert.equal(actor.expiresAt.getTime(), later(1000).getTime());
      await auth.prolong("h", later(5000));
      assert.equal((await auth.actor("h", later(2000)))?.userId, maria);
      assert.equal(await auth.actor("h", later(6000)), null);
      await auth.endSession("h");
      assert.equal(await auth.actor("h", NOW), null);
      await auth.addPass({ hash: "p", kind: "pairing", userId: maria, expiresAt: later(1000) }, NOW);
      assert.equal(await auth.usePass("p", "panel", NOW), null);
      assert.equal(await auth.usePass("p", "pairing", NOW), maria);
      assert.equal(await auth.usePass("p", "pairing", NOW), null);
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
      await calls.add(call(second, { ...actor, startedAt: later(-1000), contactName: null }));
      assert.equal((await calls.digests(first))?.startDigest, "d");
      const team = { by: "teams" as const, ids: [actor.teamId] };
      assert.equal((await calls.open(team)).length, 2);
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
      assert.equal((await agents.timeZones([place?.siteId ?? ""]))[0]?.timeZone, "Europe/Madrid");
      assert.equal(await agents.siteOfTeam(teamId), place?.siteId);
      const goals = { teamId, timeZone: "Europe/Madrid", goalCalls: null, goalSales: null };
      assert.deepEqual(await agents.teamOf(maria), goals);
      assert.deepEqual(await agents.callbacks(maria, NOW, later(1)), { due: 0, done: 0 });
      assert.equal(await agents.pauseReasons(), null);
      await agents.setPauseReasons([{ name: "Café", productive: false }], luis, NOW);
      assert.deepEqual(await agents.pauseReasons(), [{ name: "Café", productive: false }]);
    });

    test("recordings and their parts", async () => {
      const callId = (await calls.page(all, { disposition: "sale" }, null, 1))[0]?.call.id ?? "";
      const part = { n: 0, bytes: 5_000_000_000, sha256: "a" };
      await recordings.putPart(callId, { ...part, sha256: "old" });
      await recordings.putPart(callId, part);
      assert.deepEqual(await recordings.parts(callId), [part]);
      const row = {
        callId,
        agentId: maria,
        file: "a/b.wav",
        bytes: 44,
        sha256: "s",
        sampleRate: 44_100,
        channels: 2,
        bitsPerSample: 16,
        durationSeconds: 61.5,
        gaps: [],
        peaks: [[1, 2]],
        glance: [[1]],
        startedAt: NOW,
        storedAt: NOW,
      };
      await recordings.complete(row);
      await recordings.complete(row);
      assert.deepEqual(await recordings.parts(callId), []);
      assert.equal(await recordings.takenBy("a/b.wav"), callId);
      assert.equal(await recordings.takenBy("a/c.wav"), null);
      assert.equal(await recordings.countSince(maria, NOW), 1);
      assert.deepEqual((await recordings.byCall(all, callId))?.recording, row);
      const span = {
        from: NOW,
        to: later(1),
        agent: maria,
        contact: "Juan García",
        disposition: "sale" as const,
        ai: false,
        minSeconds: 61,
        q: "juan",
      };
      assert.equal((await recordings.page(all, span, null, 10)).length, 1);
      assert.equal((await recordings.page(all, { ai: true }, null, 10)).length, 0);
      assert.equal((await recordings.page(all, {}, { startedAt: NOW, callId }, 10)).length, 0);
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
