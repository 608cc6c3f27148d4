import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { HeldRecording, Hold, Page, Recording, RecordingStats, TrashedRecording } from "#contract";
import { authQueries } from "../../server/auth/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { recordingQueries } from "../../server/recordings/queries.ts";
import { retentionQueries } from "../../server/retention/queries.ts";
import { createRooms } from "../../server/rooms.ts";
import { dialects, noting } from "../support/databases.ts";
import { endedRecording } from "../support/ended-recording.ts";
import { callRow, personRow } from "../support/rows.ts";
import { answer, testServer, type Client, type TestServer } from "../support/server.ts";

const DAY = 86_400_000;

describe("holds and the trash", () => {
  let server: TestServer;
  let maria: Client;
  let luis: Client;
  let other: Client;
  let eva: Client;
  let admin: Client;
  before(async () => {
    server = await testServer();
    maria = await server.device({ name: "María López" });
    luis = await server.browser("supervisor", { name: "Luis Prieto" });
    other = await server.browser("supervisor", { team: "Ventas Sur" });
    eva = await server.browser("executive", { name: "Eva Sanz", team: "Oficina" });
    admin = await server.browser("admin", { name: "Ada Gil", team: "Oficina" });
  });
  after(() => server.close());

  const status = async (client: Client, method: string, path: string, body?: unknown) =>
    (await client.request(method, path, body)).status;
  const listed = async (client: Client) =>
    (await answer<Page<Recording>>(client.request("GET", "/api/recordings"))).body.items.map(
      ({ callId }) => callId,
    );
  const trash = async (query = "") =>
    (await answer<Page<TrashedRecording>>(admin.request("GET", `/api/trash${query}`))).body;

  test("a hold is its team's supervisor's, executives' and admins'; others see nothing", async () => {
    const { path } = await endedRecording(server, maria, server.now());
    const why = "Reclamación 4711";
    assert.equal(await status(maria, "POST", `${path}/hold`, { why }), 403);
    assert.equal(await status(other, "POST", `${path}/hold`, { why }), 404);
    assert.equal(await status(luis, "POST", `${path}/hold`, { why: " " }), 422);
    assert.equal(await status(luis, "DELETE", `${path}/hold`), 204, "nothing to release");
    const held = await answer<Hold>(luis.request("POST", `${path}/hold`, { why }));
    assert.deepEqual([held.status, held.body.by, held.body.why], [200, "Luis Prieto", why]);
    const list = await answer<Page<HeldRecording>>(admin.request("GET", "/api/retention/holds"));
    assert.deepEqual(
      list.body.items.map(({ hold, agentName, contact }) => [hold.by, hold.why, agentName, contact.name]),
      [["Luis Prieto", why, "María López", "Juan García"]],
    );
    assert.equal(await status(eva, "GET", "/api/retention/holds"), 403);
    assert.equal(await status(luis, "DELETE", `${path}/hold`), 204);
    await eva.request("POST", `${path}/hold`, { why });
    assert.equal(
      await status(luis, "DELETE", `${path}/hold`),
      403,
      "another's hold is not a supervisor's to release",
    );
    assert.equal(await status(eva, "DELETE", `${path}/hold`), 204);
    assert.deepEqual(server.errors, []);
  });

  test("what is in the trash is nowhere else, and comes back whole", async () => {
    const { id, path, wav } = await endedRecording(server, maria, server.now());
    for (const client of [maria, luis, eva]) assert.equal(await status(client, "DELETE", path), 403);
    assert.equal(await status(admin, "POST", `${path}/restore`), 404);
    const counted = async () =>
      (await answer<RecordingStats>(admin.request("GET", "/api/recordings/stats"))).body.count;
    const before = await counted();
    assert.equal(await status(admin, "DELETE", path), 204);
    assert.equal(await counted(), before - 1);
    assert.equal(await status(admin, "DELETE", path), 404);
    for (const client of [luis, eva, admin]) {
      assert.ok(!(await listed(client)).includes(id));
      for (const what of ["audio", "peaks", "metadata"])
        assert.equal(await status(client, "GET", `${path}/${what}`), 404);
    }
    assert.equal(await status(luis, "POST", `${path}/hold`, { why: "x" }), 404);
    for (const client of [maria, luis, eva]) assert.equal(await status(client, "GET", "/api/trash"), 403);
    const [one] = (await trash()).items;
    assert.deepEqual([one?.callId, one?.by, one?.format], [id, "Ada Gil", "wav"]);
    assert.equal(Date.parse(one?.goesAt ?? "") - Date.parse(one?.trashedAt ?? ""), 7 * DAY);
    assert.equal(await status(luis, "POST", `${path}/restore`), 403);
    assert.equal(await status(admin, "POST", `${path}/restore`), 204);
    assert.ok((await listed(luis)).includes(id));
    assert.equal(await counted(), before);
    const bytes = new Uint8Array(await (await luis.request("GET", `${path}/audio`)).arrayBuffer());
    assert.deepEqual(bytes, wav.bytes);
  });

  test("what is held goes neither to the trash nor away", async () => {
    const { id, path } = await endedRecording(server, maria, server.now());
    const { keeping } = createRooms(server.deps);
    await luis.request("POST", `${path}/hold`, { why: "Juicio" });
    const refused = await answer(admin.request("DELETE", path));
    assert.deepEqual([refused.status, refused.body.code], [409, "recording_held"]);
    await assert.rejects(keeping.erase(null, id), { code: "recording_held" });
    assert.equal(await keeping.trashByRule(id), false);
    assert.equal(await status(luis, "GET", `${path}/audio`), 200);
  });

  test("who holds one while it is erased is told that it is gone", async () => {
    const { id, path } = await endedRecording(server, maria, server.now());
    const { keeping } = createRooms(server.deps);
    const { recordings } = server.deps;
    const { remove } = recordings;
    let held = 0;
    recordings.remove = async (files) => {
      held = await status(luis, "POST", `${path}/hold`, { why: "Juicio" });
      return remove(files);
    };
    await keeping.erase(null, id);
    recordings.remove = remove;
    assert.equal(held, 404);
    assert.deepEqual(server.errors, []);
  });

  test("what is taken out of the trash while that is emptied stays", async () => {
    const since = server.now();
    const [one, two] = [
      await endedRecording(server, maria, since),
      await endedRecording(server, maria, new Date(since.getTime() + 1000)),
    ];
    for (const { path } of [one, two]) {
      server.setNow(new Date(server.now().getTime() + 1000));
      assert.equal(await status(admin, "DELETE", path), 204);
    }
    const { keeping } = createRooms(server.deps);
    const { recordings } = server.deps;
    const { remove } = recordings;
    recordings.remove = async (files) => {
      await retentionQueries(server.deps.store).restore(two.id);
      recordings.remove = remove;
      return remove(files);
    };
    const now = server.now();
    server.setNow(new Date(now.getTime() + 8 * DAY));
    await keeping.emptyTrash(new AbortController().signal);
    server.setNow(now);
    assert.deepEqual(
      [await status(luis, "GET", `${one.path}/peaks`), await status(luis, "GET", `${two.path}/peaks`)],
      [404, 200],
    );
  });

  test("after seven days all of it is gone but a tombstone", async () => {
    const lone = await server.device({ name: "Sola Ramos" });
    const { id, path, wav } = await endedRecording(server, lone, server.now());
    const { store } = server.deps;
    const { recordings, recordingMarks, recordingWords, transcriptLines, auditEntries } = store.tables;
    const [row] = await store.db.select().from(recordings).where(eq(recordings.callId, id));
    const file = join(server.folder, row?.file ?? "");
    await store.together((db) => [
      db.insert(recordingMarks).values({
        id: uuidv7(),
        callId: id,
        kind: "comment",
        atMs: 1,
        text: "Juan García duda",
        by: luis.userId,
        at: server.now(),
      }),
      db.insert(recordingWords).values({ callId: id, words: "juan garcia" }).onConflictDoNothing(),
      db.insert(transcriptLines).values({
        callId: id,
        n: 0,
        side: "customer",
        fromMs: 0,
        toMs: 9,
        text: "Es caro",
        searchText: "es caro",
        masked: "",
      }),
    ]);
    const { keeping } = createRooms(server.deps);
    const never = new AbortController().signal;
    await admin.request("DELETE", path);
    const since = server.now();
    server.setNow(new Date(since.getTime() + 7 * DAY - 1));
    assert.equal(await keeping.emptyTrash(never), 0);
    server.setNow(new Date(since.getTime() + 7 * DAY + 1));
    assert.equal(await keeping.emptyTrash(never), 1);
    assert.equal(await keeping.emptyTrash(never), 0);
    assert.ok(!existsSync(dirname(dirname(file))), "her empty folders are gone, too");
    assert.ok(readdirSync(server.folder).includes("María López"), "and nobody else's");
    for (const table of [recordings, recordingMarks, recordingWords, transcriptLines])
      assert.deepEqual(await store.db.select().from(table).where(eq(table.callId, id)), []);
    const entries = await store.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    assert.deepEqual(
      entries
        .filter(({ action }) => action.startsWith("recording_"))
        .slice(-2)
        .map(({ action, actorId, digest }) => [action, actorId, digest]),
      [
        ["recording_trashed", admin.userId, wav.metadata.sha256],
        ["recording_erased", null, wav.metadata.sha256],
      ],
    );
    admin = await server.session(admin.userId, "browser");
    assert.equal(await status(admin, "POST", `${path}/restore`), 404);
    assert.deepEqual(server.errors, []);
  });

  test("the trash and the holds come in pages", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const { id, path } = await endedRecording(server, maria, new Date(server.now().getTime() + 60_000));
      assert.equal(await status(admin, "DELETE", path), 204);
      ids.unshift(id);
    }
    const first = await trash("?limit=2");
    const second = await trash(`?limit=2&after=${first.next}`);
    const seen = [...first.items, ...second.items].map(({ callId }) => callId);
    assert.deepEqual(seen, ids.slice(0, 4));
  });
});

for (const { name, open } of dialects)
  test(`every query of retention and trash on ${name}`, async () => {
    const store = await open();
    const all = retentionQueries(store);
    const called = new Set<string>();
    const queries = noting("retention", all, called);
    const [maria, callId] = [uuidv7(), uuidv7()];
    const at = new Date("2026-03-02T10:15:30.123Z");
    const later = new Date(at.getTime() + 1_000);
    await authQueries(store, uuidv7).addPerson(personRow(maria, "María", "agent"), at, "Europe/Madrid");
    await callQueries(store).add(callRow(callId, maria, at));
    await recordingQueries(store).complete({
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
      peaks: [[1]],
      glance: [[1]],
      startedAt: at,
      storedAt: at,
    });

    assert.equal(await queries.rules(), undefined);
    const rule = { siteId: null, kind: null, code: null, flacAfter: 1, opusAfter: null, deleteAfter: null };
    await queries.setRules([rule], maria, at);
    await queries.setRules([rule], maria, later);
    assert.deepEqual(await queries.rules(), { is: [rule], changedAt: later });
    assert.deepEqual(
      (await queries.sites()).map((site) => site.name),
      ["Madrid"],
    );
    const [found] = await queries.after(null, 10);
    assert.deepEqual([found?.callId, found?.format, found?.disposition], [callId, "wav", null]);
    assert.deepEqual(await queries.after({ startedAt: at, callId }, 10), []);
    assert.equal((await queries.visible({ by: "agent", id: maria }, callId))?.file, "a/b.wav");
    assert.equal(await queries.visible({ by: "teams", ids: [uuidv7()] }, callId), null);
    assert.equal((await queries.any(callId))?.file, "a/b.wav");
    assert.equal(await queries.any(uuidv7()), null);

    const step = { callId, from: "a/b.wav", to: "a/b.flac" };
    await queries.beginConverting(step, at);
    assert.deepEqual(await queries.converting(), [step]);
    const flac = { file: step.to, format: "flac" as const, bytes: 20, sha256: "f" };
    assert.equal(await queries.converted(callId, step.from, flac, "s", later), true);
    assert.equal(
      await queries.converted(callId, step.from, flac, "s", later),
      false,
      "it is no longer that file",
    );
    await queries.endConverting(callId);
    assert.deepEqual(await queries.converting(), []);

    assert.equal(await queries.hold(callId, maria, "Reclamación", later), true);
    assert.equal(await queries.hold(uuidv7(), maria, "Reclamación", later), false);
    assert.equal(await queries.trash(callId, null, later), false, "held");
    const [held] = await queries.listed("held", null, 10);
    assert.deepEqual(
      [held?.callId, held?.by, held?.heldWhy, held?.at],
      [callId, "María", "Reclamación", later],
    );
    const place = await queries.placeIn("held", callId);
    assert.deepEqual(place, { startedAt: later, callId });
    assert.deepEqual(await queries.listed("held", place, 10), []);
    await queries.release(callId);
    assert.equal(await queries.placeIn("held", callId), null);

    assert.equal(await queries.restore(callId), false);
    assert.equal(await queries.trash(callId, maria, at), true);
    assert.equal(await queries.isTrashed(callId), true);
    assert.equal(await queries.isTrashed(uuidv7()), false);
    assert.deepEqual(await queries.trashedBefore(at, 10), []);
    assert.deepEqual(await queries.trashedBefore(later, 10), [callId]);
    assert.deepEqual(
      (await queries.listed("trashed", null, 10)).map(({ by }) => by),
      ["María"],
    );
    assert.equal(await queries.restore(callId), true);
    await queries.erase(callId);
    assert.equal(await queries.any(callId), null);
    assert.deepEqual(
      Object.keys(all).filter((query) => !called.has(`retention.${query}`)),
      [],
    );
    await store.close();
  });
