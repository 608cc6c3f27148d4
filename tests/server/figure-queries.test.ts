import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { agentQueries } from "../../server/agents/queries.ts";
import { authQueries } from "../../server/auth/queries.ts";
import type { NewCall } from "../../server/calls/beginning/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { isUniqueViolation } from "../../server/db/violations.ts";
import { statsQueries } from "../../server/stats/queries.ts";
import { rebuildQueries } from "../../server/stats/rebuild/queries.ts";
import { trendQueries } from "../../server/stats/trends/queries.ts";
import { accountingQueries } from "../../server/time/accounting/queries.ts";
import { presenceQueries } from "../../server/time/presence/queries.ts";
import { timeQueries } from "../../server/time/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { callRow, personRow } from "../support/rows.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");
const later = (ms: number) => new Date(NOW.getTime() + ms);
const all = { by: "all" } as const;

for (const { name, open } of dialects)
  describe(`every query of time and figures on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const rooms = {
      stats: statsQueries(store),
      trends: trendQueries(store),
      time: timeQueries(store),
      presence: presenceQueries(store),
      accounting: accountingQueries(store),
      rebuild: rebuildQueries(store),
    };
    const stats = noting("stats", rooms.stats, called);
    const trends = noting("trends", rooms.trends, called);
    const time = noting("time", rooms.time, called);
    const presence = noting("presence", rooms.presence, called);
    const accounting = noting("accounting", rooms.accounting, called);
    const rebuild = noting("rebuild", rooms.rebuild, called);
    const calls = callQueries(store);
    const agents = agentQueries(store);

    const maria = uuidv7();
    const luis = uuidv7();
    const call = (id: string, more: Partial<NewCall> = {}) => callRow(id, maria, NOW, more);

    test("somebody to count for", async () => {
      const auth = authQueries(store, () => uuidv7());
      await auth.addPerson(
        personRow(maria, "maria", "agent", { team: "Sur", site: "Sevilla" }),
        NOW,
        "Europe/Madrid",
      );
      await auth.addPerson(
        personRow(luis, "luis", "admin", { team: "Sur", site: "Sevilla" }),
        NOW,
        "Europe/Madrid",
      );
    });

    test("what a call counts for, in hours, days and lengths", async () => {
      const actor = {
        teamId: (await agents.teamByName("Sur"))?.id ?? "",
        siteId: (await agents.siteByName("Sevilla"))?.id ?? "",
      };
      const [first, second] = [uuidv7(), uuidv7()];
      assert.equal(await calls.add(call(first, actor)), true);
      await calls.add(call(second, { ...actor, startedAt: later(-1000), contactName: null }));
      const team = { by: "teams" as const, ids: [actor.teamId] };
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
      const wrapUps = async () => (await presence.people(team)).map(({ wrapUpSince }) => wrapUpSince);
      assert.deepEqual(await wrapUps(), [later(60_000)]);
      assert.deepEqual(await presence.overdueWrapUps(later(60_001)), [
        { agentId: maria, endedAt: later(60_000) },
      ]);
      assert.deepEqual(await presence.overdueWrapUps(later(60_000)), []);
      const reaching = async (from: Date) =>
        (await time.callsFrom(maria, later(-2000), from)).map(({ id }) => id);
      assert.deepEqual(await reaching(later(3_600_000)), [second, first], "both go on");
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
      assert.deepEqual(await reaching(later(90_000)), [second, first]);
      assert.deepEqual(await reaching(later(90_001)), [second]);
      assert.deepEqual(await wrapUps(), [null]);
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
      assert.deepEqual(await stats.wholeDays([actor.teamId], day), counted);
      assert.equal((await stats.wholeDays([actor.teamId], { ...day, campaign: "Fibra" }))?.calls, 0);
      assert.deepEqual(await stats.byAgent(team, day), [
        {
          ownerId: maria,
          calls: 1,
          contacts: 1,
          sales: 1,
          talkSeconds: 60,
          holdSeconds: 0,
          wrapUpSeconds: 30,
          readySeconds: 0,
          aiAsks: 0,
        },
      ]);
      assert.deepEqual(await stats.hours([maria], from, to), [{ hour: from, calls: 1, sales: 1 }]);
      assert.deepEqual(await stats.wholeHours([maria], from, to, ""), counted);
      const owners = { by: "teams" as const, ids: [actor.teamId], timeZone: "UTC" };
      assert.deepEqual(await stats.partOfHour(owners, from, later(90_001)), counted);
      assert.equal((await stats.partOfHour(owners, from, later(90_000), ""))?.calls, 0);
      const ofTeam = { ids: [actor.teamId], ...day };
      const did = { day: "2026-03-02", calls: 1, contacts: 1, sales: 1 };
      for (const asked of [ofTeam, { ...ofTeam, campaign: "" }]) {
        assert.deepEqual(await trends.byOwner(asked), [{ group: actor.teamId, ...did }]);
        assert.deepEqual(await trends.byCampaign(asked), [{ group: "", ...did }]);
        assert.deepEqual(await trends.now(asked), counted);
        const { answered, talkSeconds, holdSeconds, wrapUpSeconds } = counted;
        assert.deepEqual(await trends.before(asked), { answered, talkSeconds, holdSeconds, wrapUpSeconds });
      }
      assert.deepEqual(await trends.byOwner({ ...ofTeam, campaign: "Fibra" }), []);
      assert.deepEqual(await trends.byOwner({ ...ofTeam, ids: [] }), []);
      assert.equal((await trends.handle(ofTeam)).indexOf(1), 16, "90 s");
      assert.deepEqual(await stats.dayCounts([actor.teamId], day), [
        { day: "2026-03-02", calls: 1, contacts: 1, sales: 1 },
      ]);
      assert.deepEqual(await stats.atWork(actor.teamId, ["2026-03-02"]), [{ day: "2026-03-02", agents: 1 }]);
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
      const [row] = await presence.people(all);
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
      assert.deepEqual(await time.corrections(maria, NOW), [
        { correction: { ...correction, kind: "state" }, by: "luis" },
      ]);
      const taken = time.correct({ ...right, since: NOW }, { ...correction, id: uuidv7() }, NOW);
      await assert.rejects(taken, (error) => isUniqueViolation(error));
      assert.equal((await presence.people({ by: "agent", id: luis })).length, 1);
      assert.deepEqual(
        (await accounting.behind(NOW)).map(({ id }) => id),
        [maria],
      );
      const hour = { hour: new Date("2026-03-02T10:00:00Z"), day: "2026-03-02" };
      await accounting.writeHours(maria, teamId, [{ ...hour, readySeconds: 100, pausedSeconds: 50 }], NOW);
      await accounting.writeHours(
        maria,
        teamId,
        [{ ...hour, readySeconds: 90, pausedSeconds: 60 }],
        later(1),
      );
      assert.deepEqual(await accounting.hours(maria, hour.hour), [
        { hour: hour.hour, readySeconds: 90, pausedSeconds: 60 },
      ]);
      const day = await stats.wholeDays([teamId], { from: hour.day, to: hour.day });
      assert.deepEqual([day?.readySeconds, day?.pausedSeconds, day?.calls], [90, 60, 1]);
      assert.equal((await accounting.agent(maria))?.timeKnownUntil?.getTime(), later(1).getTime());
      assert.equal((await time.callsFrom(maria, NOW, NOW)).length, 1);
      assert.equal((await presence.openCalls(all)).length, 1);
      const [nobody, many] = [
        new Set<string>(),
        new Set<string>([maria, ...Array.from({ length: 20 }, () => uuidv7())]),
      ];
      for (const [only, found] of [
        [new Set([maria]), 1],
        [new Set([luis]), 0],
        [nobody, 0],
        [many, 1],
      ] as const) {
        assert.equal((await presence.people(all, only)).length, found);
        assert.equal((await presence.openCalls(all, only)).length, found);
        assert.equal((await stats.byAgent(all, { from: hour.day, to: hour.day }, only)).length, found);
      }
      assert.equal((await presence.people({ by: "teams", ids: [] }, new Set([maria]))).length, 0);
      assert.equal((await time.sites()).length, 1);
      assert.equal((await stats.teams()).length, 1);
    });

    test("figures written anew, of calls that nobody counted too", async () => {
      const teamId = (await agents.teamByName("Sur"))?.id ?? "";
      const [open] = await presence.openCalls(all);
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
      assert.equal((await rebuild.teams()).length, 1);
      const hour = { hour: new Date("2026-03-02T10:00:00Z"), readySeconds: 7, pausedSeconds: 8 };
      const day = { day: "2026-03-02", readySeconds: 7, pausedSeconds: 8 };
      await accounting.rebuild(maria, { hours: [hour], days: [day] });
      await rebuild.rebuildTeam(teamId);
      const figures = await stats.wholeDays([teamId], { from: day.day, to: day.day });
      assert.deepEqual([figures?.calls, figures?.sales, figures?.pausedSeconds], [2, 1, 8]);
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
  });
