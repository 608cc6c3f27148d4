import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { agentQueries } from "../../server/agents/queries.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { copilotQueries } from "../../server/copilot/queries.ts";
import { callQueries, type NewCall } from "../../server/calls/queries.ts";
import { isUniqueViolation } from "../../server/db/violations.ts";
import { recordingQueries } from "../../server/recordings/queries.ts";
import { statsQueries } from "../../server/stats/queries.ts";
import { rebuildQueries } from "../../server/stats/rebuild/queries.ts";
import { timeQueries } from "../../server/time/queries.ts";
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
      stats: statsQueries(store),
      time: timeQueries(store),
      rebuild: rebuildQueries(store),
    };
    const auth = noting("auth", rooms.auth, called);
    const calls = noting("calls", rooms.calls, called);
    const agents = noting("agents", rooms.agents, called);
    const recordings = noting("recordings", rooms.recordings, called);
    const asks = noting("asks", rooms.asks, called);
    const stats = noting("stats", rooms.stats, called);
    const time = noting("time", rooms.time, called);
    const rebuild = noting("rebuild", rooms.rebuild, called);

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
      const end = {
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
      assert.equal(await calls.end(first, end), true);
      assert.equal(await calls.end(first, end), false);
      assert.equal((await time.wrapUps(team, later(61_000))).length, 1);
      assert.equal((await time.overdueWrapUps(later(60_001))).length, 1);
      await calls.edit(first, { disposition: "sale", contacted: true, sold: true, saleAmount: 29.9 });
      const ending = {
        wrapUpEndedAt: later(90_000),
        wrapUpEndedBy: "agent" as const,
        wrapUpSeconds: 30,
        countedAt: later(90_000),
        countedHour: new Date("2026-03-02T10:00:00Z"),
        countedDay: "2026-03-02",
      };
      await time.endWrapUp(first, ending);
      await time.endWrapUp(first, { ...ending, wrapUpSeconds: 40 });
      assert.equal((await time.wrapUps(team, later(61_000))).length, 0);
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
      const counted = {
        calls: 1,
        answered: 1,
        contacts: 1,
        sales: 1,
        saleCents: 2990,
        talkSeconds: 60,
        holdSeconds: 0,
        holdCalls: 0,
        wrapUpSeconds: 30,
        wrapUpCalls: 1,
        aiAsks: 0,
        aiCalls: 0,
        aiContacts: 0,
        aiSales: 0,
        heldOutCalls: 0,
        heldOutContacts: 0,
        heldOutSales: 0,
        readySeconds: 0,
        pausedSeconds: 0,
      };
      const day = { from: "2026-03-02", to: "2026-03-02" };
      const [from, to] = [new Date("2026-03-02T10:00:00Z"), new Date("2026-03-02T11:00:00Z")];
      assert.deepEqual(await stats.days([actor.teamId], day), [{ day: "2026-03-02", ...counted }]);
      assert.deepEqual(await stats.days([actor.teamId], { ...day, campaign: "Fibra" }), []);
      assert.deepEqual(await stats.byAgent(team, day), [{ ownerId: maria, ...counted }]);
      assert.deepEqual(await stats.hours([maria], from, to), [{ hour: from, calls: 1, sales: 1 }]);
      assert.deepEqual(await stats.wholeHours([maria], from, to, ""), counted);
      const owners = { by: "teams" as const, ids: [actor.teamId], timeZone: "UTC" };
      assert.deepEqual(await stats.partOfHour(owners, from, later(90_001)), counted);
      assert.equal((await stats.partOfHour(owners, from, later(90_000), ""))?.calls, 0);
      const period = { ...day, beforeFrom: "2026-03-01" };
      assert.deepEqual(await stats.periods([actor.teamId], period), [
        { ownerId: actor.teamId, campaign: "", current: 1, ...counted },
      ]);
      assert.deepEqual(await stats.weeks([actor.teamId], ["2026-03-02", "2026-02-23"], day), [
        { ownerId: actor.teamId, campaign: "", week: 0, contacts: 1, sales: 1 },
      ]);
      assert.deepEqual(await stats.dayCounts([actor.teamId], day), [
        { day: "2026-03-02", calls: 1, contacts: 1, sales: 1 },
      ]);
      assert.deepEqual(await stats.atWork(actor.teamId, ["2026-03-02"]), [{ day: "2026-03-02", agents: 1 }]);
      const span = { scope: team, ...day, column: "sales" as const };
      const behind = async (more: object, after: { countedAt: Date; id: string } | null = null) =>
        (await calls.counted({ ...span, ...more }, after, 10)).length;
      assert.equal(await behind({}), 1);
      assert.equal(await behind({ ai: "without", campaign: "", until: later(90_001) }), 1);
      assert.equal(await behind({ ai: "with" }), 0);
      assert.equal(await behind({ until: later(90_000) }), 0);
      assert.equal(await behind({ scope: { by: "agent", id: maria } }), 1);
      assert.equal(await behind({}, { countedAt: later(90_000), id: first }), 0);
      const { talk, wrapUp, handle } = await stats.lengths([actor.teamId], day);
      assert.deepEqual(
        [talk, wrapUp, handle].map((steps) => steps.indexOf(1)),
        [14, 10, 16],
        "60, 30 and 90 s",
      );
    });

    test("agents, what they declare and where their time went", async () => {
      const teamId = (await agents.teamByName("Sur"))?.id ?? "";
      const state = (since: Date, reason: string) =>
        ({ id: uuidv7(), agentId: maria, state: "paused", reason, since }) as const;
      await time.declare(state(later(-9000), "baño"), NOW);
      await time.declare(state(NOW, "otro"), NOW);
      await time.declare(state(NOW, "almuerzo"), NOW);
      const [row] = await time.people(all);
      assert.deepEqual(
        [row?.id, row?.state, row?.reason, row?.since.getTime()],
        [maria, "paused", "almuerzo", NOW.getTime()],
      );
      assert.deepEqual(
        (await time.statesFrom(maria, later(-1))).map(({ reason }) => reason),
        ["baño", "almuerzo"],
      );
      const [first] = await time.statesFrom(maria, later(-1));
      const right = { ...(first ?? assert.fail()), reason: "comida" };
      const correction = {
        id: uuidv7(),
        subjectId: right.id,
        agentId: maria,
        before: { reason: "baño" },
        after: { reason: "comida" },
        why: "…",
        by: luis,
        at: NOW,
      };
      await time.correct(right, correction, NOW);
      assert.equal((await time.state(right.id))?.reason, "comida");
      assert.deepEqual(await time.corrections([right.id]), [
        { correction: { ...correction, kind: "state" }, by: "luis" },
      ]);
      const taken = time.correct({ ...right, since: NOW }, { ...correction, id: uuidv7() }, NOW);
      await assert.rejects(taken, (error) => isUniqueViolation(error));
      assert.equal((await time.people({ by: "agent", id: luis })).length, 1);
      assert.deepEqual(
        (await time.behind(NOW)).map(({ id }) => id),
        [maria],
      );
      const hour = { hour: new Date("2026-03-02T10:00:00Z"), day: "2026-03-02" };
      await time.writeHours(maria, teamId, [{ ...hour, readySeconds: 100, pausedSeconds: 50 }], NOW);
      await time.writeHours(maria, teamId, [{ ...hour, readySeconds: 90, pausedSeconds: 60 }], later(1));
      assert.deepEqual(await time.hours(maria, hour.hour), [
        { hour: hour.hour, readySeconds: 90, pausedSeconds: 60 },
      ]);
      const [day] = await stats.days([teamId], { from: hour.day, to: hour.day });
      assert.deepEqual([day?.readySeconds, day?.pausedSeconds, day?.calls], [90, 60, 1]);
      assert.equal((await time.agent(maria))?.timeKnownUntil?.getTime(), later(1).getTime());
      assert.equal((await time.callsFrom(maria, NOW)).length, 1);
      assert.equal((await time.openCalls(all)).length, 1);
      assert.equal((await time.sites()).length, 2);
      assert.equal((await stats.teams()).length, 2);
      const place = await agents.place(maria);
      assert.equal(await agents.siteOfTeam(teamId), place?.siteId);
      const goals = { teamId, timeZone: "Europe/Madrid", goalCalls: null, goalSales: null };
      assert.deepEqual(await agents.teamOf(maria), goals);
      assert.deepEqual(await agents.callbacks(maria, NOW, later(1)), { due: 0, done: 0 });
      assert.equal(await agents.pauseReasons(), null);
      await agents.setPauseReasons([{ name: "Café", productive: false }], luis, NOW);
      assert.deepEqual(await agents.pauseReasons(), [{ name: "Café", productive: false }]);
      assert.equal((await agents.timeZones([place?.siteId ?? ""]))[0]?.timeZone, "Europe/Madrid");
    });

    test("figures written anew, of calls that nobody counted too", async () => {
      const teamId = (await agents.teamByName("Sur"))?.id ?? "";
      const [open] = await time.openCalls(all);
      const { calls: table } = store.tables;
      await store.together((db) => [
        db
          .update(table)
          .set({ endedAt: later(5000) })
          .where(eq(table.id, open?.id ?? "")),
      ]);
      const [row] = await rebuild.uncounted(10);
      assert.equal(row?.id, open?.id);
      const none = { contacted: false, sold: false, wrapUpEndedAt: null, wrapUpSeconds: null };
      const at = { countedAt: later(5000), countedHour: NOW, countedDay: "2026-03-02" };
      await rebuild.count([{ id: row?.id ?? "", ...none, ...at }]);
      assert.deepEqual(await rebuild.uncounted(10), []);
      await rebuild.keepDeclared();
      assert.equal((await rebuild.people()).length, 2);
      assert.equal((await rebuild.teams()).length, 2);
      const hour = { hour: new Date("2026-03-02T10:00:00Z"), readySeconds: 7, pausedSeconds: 8 };
      const day = { day: "2026-03-02", readySeconds: 7, pausedSeconds: 8 };
      await time.rebuild(maria, { hours: [hour], days: [day] });
      await rebuild.rebuildTeam(teamId);
      const [figures] = await stats.days([teamId], { from: day.day, to: day.day });
      assert.deepEqual([figures?.calls, figures?.sales, figures?.pausedSeconds], [2, 1, 8]);
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
