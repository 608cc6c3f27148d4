import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { libraryFilter, type Role } from "#contract";
import { authQueries } from "../../server/auth/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { readConfig } from "../../server/config.ts";
import type { Actor } from "../../server/http/context.ts";
import { clipQueries } from "../../server/library/clips/queries.ts";
import { filterQueries } from "../../server/library/filters/queries.ts";
import { createLibrary } from "../../server/library/library.ts";
import { markQueries } from "../../server/library/marks/queries.ts";
import { idAt, libraryQueries } from "../../server/library/queries.ts";
import type { Patience } from "../../server/library/walking.ts";
import { memoryBus } from "../../server/live/bus.ts";
import { recordingQueries } from "../../server/recordings/queries.ts";
import { transcriptQueries } from "../../server/transcripts/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { AGENTS, fits, query, recordingsOf, type Known } from "../support/library.ts";
import { callRow, personRow } from "../support/rows.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");
const ZONE = "UTC";
const all = { by: "all" } as const;

for (const { name, open } of dialects)
  describe(`the library on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const rooms = {
      library: libraryQueries(store),
      marks: markQueries(store),
      clips: clipQueries(store),
      filters: filterQueries(store),
    };
    const queries = noting("library", rooms.library, called);
    const marks = noting("marks", rooms.marks, called);
    const clips = noting("clips", rooms.clips, called);
    const filters = noting("filters", rooms.filters, called);
    const calls = callQueries(store);
    const recordings = recordingQueries(store);
    const config = readConfig({ TIME_ZONE: ZONE });
    const log = {
      info: () => undefined,
      error: (_: string, __: object, cause: unknown) => assert.fail(String(cause)),
    };
    const dispositions = { named: async () => () => null };
    const libraryOf = (patience?: Patience) =>
      createLibrary({ store, config, log, bus: memoryBus() }, { dispositions }, patience);
    const library = libraryOf();
    const agents = AGENTS.map(() => uuidv7());
    const places: { teamId: string; siteId: string }[] = [];

    before(async () => {
      const auth = authQueries(store, () => uuidv7());
      for (const [i, id] of agents.entries()) {
        const place = { team: i === 2 ? "Sur" : "Norte", site: "Madrid" };
        await auth.addPerson(personRow(id, AGENTS[i] ?? "", "agent", place), NOW, ZONE);
        const [user] = await store.db.select().from(store.tables.users).where(eq(store.tables.users.id, id));
        const [team] = await store.db
          .select()
          .from(store.tables.teams)
          .where(eq(store.tables.teams.id, user?.teamId ?? ""));
        places.push({ teamId: team?.id ?? "", siteId: team?.siteId ?? "" });
      }
    });

    async function record(known: Known): Promise<void> {
      const { callId, startedAt, seconds } = known;
      const agentId = agents[known.agent] ?? "";
      const { name: contactName, phone: contactPhone, campaign } = known;
      const place = places[known.agent] ?? { teamId: "", siteId: "" };
      await calls.add(callRow(callId, agentId, startedAt, { ...place, contactName, contactPhone, campaign }));
      await store.together((db) => [
        db
          .update(store.tables.calls)
          .set({ disposition: known.disposition, notes: known.notes, aiAsks: known.aiAsks })
          .where(eq(store.tables.calls.id, callId)),
      ]);
      if (known.said.length > 0)
        await transcriptQueries(store).keep(
          callId,
          { engine: "e", model: "m" },
          known.said.map((text, n) => ({
            callId,
            n,
            side: "customer",
            fromMs: n,
            toMs: n,
            text,
            searchText: text,
            masked: "",
          })),
        );
      await recordings.complete(recordingRow(callId, agentId, startedAt, seconds));
      if (known.marked)
        await marks.add({
          id: uuidv7(),
          callId,
          kind: "flag",
          atMs: 0,
          text: "",
          by: agentId,
          at: NOW,
          seenAt: null,
        });
      await library.reword(callId);
      if (known.trashed) await trash(callId, NOW);
    }
    const trash = (callId: string, trashedAt: Date | null) =>
      store.together((db) => [
        db
          .update(store.tables.recordings)
          .set({ trashedAt })
          .where(eq(store.tables.recordings.callId, callId)),
      ]);
    const recordingRow = (callId: string, agentId: string, startedAt: Date, durationSeconds: number) => ({
      callId,
      agentId,
      file: `carpeta/${callId}/llamada_001.wav`,
      bytes: 5_000_000_000,
      sha256: "s",
      sampleRate: 44_100,
      channels: 2,
      bitsPerSample: 16,
      durationSeconds,
      gaps: [],
      peaks: [[1]],
      glance: [[1]],
      startedAt,
      storedAt: startedAt,
    });
    const clear = () =>
      store.together((db) => [
        db.delete(store.tables.recordingMarks),
        db.delete(store.tables.transcriptLines),
        db.delete(store.tables.transcripts),
        db.delete(store.tables.recordings),
      ]);
    const actor = (role: Role, userId = uuidv7(), teamIds: string[] = []): Actor => ({
      kind: "browser",
      userId,
      name: "",
      role,
      teamId: "",
      teamIds,
      siteId: "",
      language: "es",
      address: null,
    });

    test("what a search finds is what a plain filter finds, page by page, for whoever asks", async () => {
      const runs = store.dialect === "sqlite" ? 3 : 1;
      const impatient = libraryOf({ ms: 0, few: -1, first: 1 });
      for (const rows of fc.sample(recordingsOf, { numRuns: runs, seed: 7 })) {
        await clear();
        const known = rows.map(({ minutes, ...row }): Known => {
          const startedAt = new Date(Date.UTC(2026, 2, 1) + (minutes % 500) * 720_000);
          return { ...row, startedAt, callId: uuidv7() };
        });
        for (const one of known) await record(one);
        await fc.assert(
          fc.asyncProperty(
            query,
            fc.constantFrom("all", "team", "agent", "nobody"),
            fc.constantFrom(1, 3, 200),
            fc.boolean(),
            async ({ agent, ...rest }, who, limit, patient) => {
              const filter = libraryFilter.parse(
                JSON.parse(
                  JSON.stringify({
                    ...rest,
                    agent: agent === undefined ? undefined : (agents[agent] ?? uuidv7()),
                  }),
                ),
              );
              const asker = {
                all: actor("executive"),
                team: actor("supervisor", uuidv7(), [places[0]?.teamId ?? ""]),
                agent: actor("agent", agents[1]),
                nobody: actor("supervisor"),
              }[who];
              const sees = (one: Known) =>
                who === "all" || (who === "team" ? one.agent < 2 : who === "agent" && one.agent === 1);
              const expected = known.filter((one) => !one.trashed && sees(one) && fits(one, filter, agents));
              const got: string[] = [];
              let last = "9";
              for (let after: string | undefined, n = 0; ; n++) {
                const page = await (patient ? library : impatient).list(
                  asker,
                  { ...filter, after, limit },
                  ZONE,
                );
                for (const { callId, startedAt } of page.items) {
                  assert.ok(startedAt <= last, "newest first");
                  got.push(callId);
                  last = startedAt;
                }
                if (page.next === null) break;
                after = page.next;
                assert.ok(n < 300, "it ends");
              }
              assert.equal(new Set(got).size, got.length, "none twice");
              assert.deepEqual(got.toSorted(), expected.map(({ callId }) => callId).toSorted());
            },
          ),
          { numRuns: store.dialect === "sqlite" ? 100 : 60 },
        );
        const counted = await library.stats(actor("executive"), {});
        const shown = known.filter(({ trashed }) => !trashed);
        assert.equal(counted.count, shown.length);
        assert.equal(counted.bytes, shown.length * 5_000_000_000);
        assert.equal(
          counted.seconds,
          shown.reduce((sum, { seconds }) => sum + Math.round(seconds), 0),
        );
      }
    });

    test("the trash takes a recording out, and bringing it back, another format and removal are counted", async () => {
      await clear();
      const callId = uuidv7();
      const known = {
        agent: 0,
        name: "Ana Pérez",
        phone: null,
        campaign: null,
        disposition: "sale",
        notes: null,
      };
      const more = { aiAsks: 0, marked: false, trashed: false, seconds: 61, said: [] };
      await record({ callId, startedAt: new Date("2026-03-31T23:30:00Z"), ...known, ...more });
      const boss = actor("executive");
      const count = async () => (await library.stats(boss, {})).count;
      const { months, agents: byAgent } = await library.stats(boss, { from: "2026-03", to: "2026-03" });
      assert.deepEqual(months, [{ month: "2026-03", count: 1, seconds: 61, bytes: 5_000_000_000 }]);
      assert.equal(byAgent[0]?.agentName, "María López");
      assert.equal((await library.stats(boss, { to: "2026-02" })).count, 0);
      await trash(callId, NOW);
      assert.equal(await count(), 0);
      assert.equal(await queries.isFindable(callId), false);
      await trash(callId, null);
      await library.reword(callId);
      assert.equal(await count(), 1);
      await store.together((db) => [
        db
          .update(store.tables.recordings)
          .set({ bytes: 7 })
          .where(eq(store.tables.recordings.callId, callId)),
      ]);
      assert.equal((await library.stats(boss, {})).bytes, 7);
      await queries.takeOut(callId);
      assert.deepEqual([await queries.stored(), await queries.findableCount()], [1, 0]);
      assert.equal((await queries.unfindable(null, 10)).length, 1);
      assert.equal((await queries.unfindable(new Date(0), 10)).length, 0);
      const again = libraryOf();
      again.start();
      await again.filled();
      assert.equal(await count(), 1, "found again after a start");
      await again.stop();
    });

    test("the rest of the library's queries", async () => {
      await clear();
      assert.equal(await queries.ends(), null);
      const callId = uuidv7();
      await calls.add(callRow(callId, agents[0] ?? "", NOW, places[0] ?? {}));
      await recordings.complete(recordingRow(callId, agents[0] ?? "", NOW, 61));
      await library.reword(callId);
      assert.deepEqual(await queries.ends(), { newest: idAt(NOW), oldest: idAt(NOW) });
      assert.equal((await queries.people()).length, 3);
      assert.equal((await queries.findable([callId]))[0]?.timeZone, ZONE);
      assert.equal((await queries.find({ all: [] }, 0, idAt(NOW), 5)).length, 1);
      assert.equal((await queries.rows({ by: "site", id: "x" }, [callId])).length, 0);
      assert.equal((await queries.rows(all, [callId]))[0]?.agentName, "María López");
      assert.equal(
        (await queries.stats({ by: "site", id: places[0]?.siteId ?? "" }, undefined, undefined)).agents
          .length,
        1,
      );
      const mark = {
        id: uuidv7(),
        callId,
        kind: "comment" as const,
        atMs: 5,
        text: "bien",
        by: agents[2] ?? "",
        at: NOW,
      };
      await marks.add({ ...mark, seenAt: null });
      await marks.change(mark.id, { atMs: 6, text: "muy bien" });
      assert.equal((await marks.of(callId))[0]?.mark.text, "muy bien");
      assert.equal((await marks.byId(mark.id))?.byName, "luis");
      assert.equal((await marks.unseen(agents[0] ?? "", 5)).count, 1);
      assert.equal((await marks.unseen(agents[2] ?? "", 5)).count, 0);
      await marks.seen(callId, agents[0] ?? "", NOW);
      assert.equal((await marks.unseen(agents[0] ?? "", 5)).rows.length, 0);
      await marks.remove(mark.id);
      const { asks, transcriptLines } = store.tables;
      const ask = { callId, agentId: agents[0] ?? "", model: "llama3", outcome: "busy", askedAt: NOW };
      const line = { callId, text: "caro", searchText: "caro", masked: "" };
      await store.together((db) => [
        db.insert(asks).values([
          { ...ask, id: uuidv7(), cardId: "taken out long ago" },
          { ...ask, id: uuidv7(), outcome: "done" },
          { ...ask, id: uuidv7() },
        ]),
        db.insert(transcriptLines).values([
          { ...line, n: 0, side: "customer", fromMs: 900, toMs: 1200 },
          { ...line, n: 1, side: "agent", fromMs: 500, toMs: 700 },
          { ...line, n: 2, side: "customer", fromMs: 100, toMs: 300 },
        ]),
      ]);
      assert.deepEqual(await marks.answers(callId, 9), [
        { askedAt: NOW, card: null },
        { askedAt: NOW, card: null },
      ]);
      assert.deepEqual(await marks.heard(callId), [
        { fromMs: 100, toMs: 300 },
        { fromMs: 900, toMs: 1200 },
      ]);
      assert.deepEqual(await marks.call(callId), { startedAt: NOW, answeredAt: null, consentAtMs: null });
      assert.equal((await clips.wav(callId))?.format, "wav");
      const clip = {
        id: uuidv7(),
        callId,
        title: "Buena",
        fromMs: 0,
        toMs: 5000,
        file: "a.wav",
        bytes: 1,
        sha256: "s",
      };
      await clips.add({ ...clip, by: agents[2] ?? "", at: NOW });
      assert.equal(await clips.isTaken(clip.id), true);
      assert.deepEqual(
        (await clips.page(all, null, 5)).map(({ byName }) => byName),
        ["luis"],
      );
      assert.equal((await clips.page(all, { at: NOW, id: clip.id }, 5)).length, 0);
      assert.equal(await clips.byId({ by: "agent", id: agents[1] ?? "" }, clip.id), null);
      assert.deepEqual(await queries.forget([callId]), ["a.wav"]);
      assert.equal((await queries.stats(all, undefined, undefined)).agents.length, 0);
      await clips.add({ ...clip, by: agents[2] ?? "", at: NOW });
      await clips.remove(clip.id);
      assert.equal(await clips.isTaken(clip.id), false);
      const filter = {
        id: uuidv7(),
        userId: agents[0] ?? "",
        name: "Ventas",
        filter: { ai: true },
        createdAt: NOW,
      };
      await filters.put(filter);
      await filters.put({ ...filter, name: "Ventas largas" });
      await assert.rejects(filters.put({ ...filter, id: uuidv7(), name: "Ventas largas" }));
      assert.equal((await filters.byId(filter.id))?.name, "Ventas largas");
      await filters.remove(agents[1] ?? "", filter.id);
      assert.equal((await filters.of(agents[0] ?? "")).length, 1, "another's stays");
      await filters.remove(agents[0] ?? "", filter.id);
      await queries.put([]);
    });

    test("no query is left that this suite has not run", () => {
      const names = Object.entries(rooms).flatMap(([room, of]) =>
        Object.keys(of).map((query) => `${room}.${query}`),
      );
      assert.deepEqual(
        names.filter((query) => !called.has(query)),
        [],
      );
    });
  });
