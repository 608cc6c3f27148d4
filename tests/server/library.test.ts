import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import wavefile from "wavefile";
import type {
  Clip,
  Job,
  LibraryFilter,
  Listener,
  Mark,
  Marks,
  Page,
  Recording,
  RecordingStats,
  SavedFilter,
  UnseenMarks,
} from "#contract";
import { createAudit } from "../../server/audit/audit.ts";
import { createDispositions } from "../../server/dispositions/dispositions.ts";
import { createClips } from "../../server/library/clips/clips.ts";
import { createLibrary } from "../../server/library/library.ts";
import { eventually } from "../support/eventually.ts";
import { answer, callEnd, callStart, testServer, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

describe("the library", () => {
  let server: TestServer;
  let maria: Client;
  let eva: Client;
  let luis: Client;
  let boss: Client;
  let admin: Client;
  before(async () => {
    server = await testServer();
    maria = await server.device({ name: "María López" });
    eva = await server.device({ name: "Eva Sur", team: "Ventas Sur", site: "Sevilla" });
    luis = await server.browser("supervisor", { name: "Luis Jefe" });
    boss = await server.browser("executive", { team: "Oficina" });
    admin = await server.browser("admin", { team: "Oficina" });
  });
  after(() => server.close());

  async function record(by: Client, more: Parameters<typeof callStart>[1] = {}, seconds = 2) {
    const start = callStart(server.now(), more);
    await by.request("POST", "/api/calls/start", start);
    const wav = toneWav(seconds);
    const digest = contentDigest(wav.bytes);
    await by.request("PUT", `/api/recordings/${start.id}/parts/0`, wav.bytes, digest);
    await by.request("POST", "/api/calls/end", callEnd(start));
    const body = { parts: 1, metadata: wav.metadata };
    assert.equal((await by.request("POST", `/api/recordings/${start.id}`, body)).status, 200);
    return { callId: start.id, wav };
  }
  const found = async (query: string, by = luis) =>
    (await answer<Page<Recording>>(by.request("GET", `/api/recordings?${query}`))).body.items.map(
      ({ callId }) => callId,
    );
  const actions = async (action: string) => {
    const { auditEntries } = server.deps.store.tables;
    const rows = await server.deps.store.db.select().from(auditEntries);
    return rows.filter((row) => row.action === action).map(({ subjectId }) => subjectId);
  };

  test("what changes of a call is found as it is now", async () => {
    const { callId } = await record(maria, {
      campaign: "Fibra",
      contact: { name: "Rosa Cubillo", phone: "655 123 207" },
    });
    for (const query of [
      "q=cubillo",
      "q=655%20123",
      "phone=123207",
      "campaign=Fibra",
      "contact=rosa%20cubillo",
      "q=fibra",
    ])
      assert.deepEqual(await found(query), [callId], query);
    assert.deepEqual(await found("disposition=sale"), []);
    const change = { disposition: "sale", saleAmount: 10, notes: "Quiere portabilidad" };
    assert.equal((await maria.request("PATCH", `/api/calls/${callId}`, change)).status, 200);
    assert.deepEqual(await found("disposition=sale"), [callId]);
    assert.deepEqual(await found("q=portab"), [callId]);
    await maria.request("PATCH", `/api/calls/${callId}`, { notes: "Nada" });
    assert.deepEqual(await found("q=portab"), []);
    assert.deepEqual(await found("q=maria%20cubillo"), [callId], "the agent's name and the contact's");
    assert.deepEqual(await found("q=cubillo", eva), [], "another team's");
    const one = await answer<Recording>(luis.request("GET", `/api/recordings/${callId}`));
    assert.deepEqual(
      [one.body.campaign, one.body.marks, one.body.held, one.body.format, one.body.consent],
      ["Fibra", 0, false, "wav", "unknown"],
    );
    assert.equal((await eva.request("GET", `/api/recordings/${callId}`)).status, 404);
  });

  test("how many there are, of whom one may see", async () => {
    await record(eva, {}, 1);
    const of = async (by: Client) =>
      (await answer<RecordingStats>(by.request("GET", "/api/recordings/stats"))).body;
    const [all, team, own] = [await of(boss), await of(luis), await of(eva)];
    assert.deepEqual(
      all.agents.map(({ agentName }) => agentName),
      ["Eva Sur", "María López"],
    );
    assert.equal(all.count, team.count + own.count);
    assert.equal(own.seconds, 1);
    assert.equal(all.bytes, team.bytes + own.bytes);
    const none = await answer<RecordingStats>(boss.request("GET", "/api/recordings/stats?to=2001-01"));
    assert.deepEqual(none.body, { count: 0, seconds: 0, bytes: 0, agents: [], months: [] });
    assert.equal((await boss.request("GET", "/api/recordings/stats?from=2026-13")).status, 422);
  });

  test("marks: made once, changed by their maker, seen by the agent", async () => {
    const { callId } = await record(maria);
    const path = `/api/recordings/${callId}/marks`;
    const input = { id: uuidv7(), kind: "comment", atMs: 1500, text: " Muy bien\r\ndicho " };
    const made = await answer<Mark>(luis.request("POST", path, input));
    assert.deepEqual(
      [made.status, made.body.text, made.body.by.name, made.body.seenAt],
      [201, "Muy bien\ndicho", "Luis Jefe", null],
    );
    assert.equal((await luis.request("POST", path, input)).status, 201);
    assert.equal((await luis.request("POST", path, { ...input, atMs: 1 })).status, 409);
    assert.equal((await boss.request("POST", path, input)).status, 409);
    const flag = { id: uuidv7(), kind: "flag", atMs: 0 };
    await maria.request("POST", path, flag);
    const list = await answer<Marks>(maria.request("GET", path));
    assert.deepEqual(
      list.body.items.map(({ kind }) => kind),
      ["flag", "comment"],
    );
    assert.equal((await answer<Recording>(luis.request("GET", `/api/recordings/${callId}`))).body.marks, 2);
    assert.ok((await found("marked=true")).includes(callId));
    assert.ok(!(await found("marked=false")).includes(callId));

    const unseen = async (by: Client) =>
      (await answer<UnseenMarks>(by.request("GET", "/api/recordings/marks/unseen"))).body;
    assert.deepEqual([(await unseen(maria)).count, (await unseen(luis)).count], [1, 0]);
    assert.equal((await unseen(maria)).items[0]?.contact.name, "Juan García");
    assert.equal((await luis.request("POST", `${path}/seen`)).status, 403);
    assert.equal((await eva.request("POST", `${path}/seen`)).status, 404);
    assert.equal((await maria.request("POST", `${path}/seen`)).status, 204);
    assert.equal((await unseen(maria)).count, 0);

    const one = `${path}/${input.id}`;
    assert.equal((await boss.request("PATCH", one, { text: "x" })).status, 403);
    assert.equal((await eva.request("PATCH", one, { text: "x" })).status, 404);
    assert.equal((await luis.request("PATCH", one, { text: "" })).status, 422);
    assert.equal((await luis.request("PATCH", one, { atMs: 90_000 })).status, 422, "after the end");
    const changed = await answer<Mark>(luis.request("PATCH", one, { text: "Mejor" }));
    assert.deepEqual([changed.body.text, changed.body.atMs], ["Mejor", 1500]);
    assert.equal((await boss.request("DELETE", one)).status, 403);
    assert.equal((await luis.request("DELETE", one)).status, 204);
    assert.equal((await luis.request("DELETE", one)).status, 404);
    assert.equal((await luis.request("POST", path, { ...flag, id: uuidv7(), kind: "comment" })).status, 422);
    assert.equal((await actions("recording_marked")).filter((id) => id === callId).length, 4);
  });

  test("a clip is those very samples, and stays when the recording goes", async () => {
    const { callId, wav } = await record(maria);
    const input = { id: uuidv7(), title: "Buena apertura", fromMs: 500, toMs: 1500 };
    const path = `/api/recordings/${callId}/clips`;
    assert.equal((await maria.request("POST", path, input)).status, 403);
    const made = await answer<Clip>(luis.request("POST", path, input));
    assert.deepEqual(
      [made.status, made.body.agent.name, made.body.by.name],
      [201, "María López", "Luis Jefe"],
    );
    assert.equal((await luis.request("POST", path, input)).status, 201, "again");
    assert.equal((await luis.request("POST", path, { ...input, title: "Otra" })).status, 409);
    for (const wrong of [{ toMs: 1000 }, { toMs: 61_000 }, { fromMs: 60_000, toMs: 62_000 }, { title: " " }])
      assert.equal((await luis.request("POST", path, { ...input, id: uuidv7(), ...wrong })).status, 422);

    const audio = `/api/clips/${input.id}/audio`;
    const heard = await luis.request("GET", audio);
    const bytes = new Uint8Array(await heard.arrayBuffer());
    assert.deepEqual([heard.headers.get("content-type"), bytes.length], ["audio/wav", made.body.bytes]);
    const cut = new wavefile.WaveFile(bytes) as unknown as {
      fmt: { sampleRate: number; blockAlign: number };
    };
    const { sampleRate, blockAlign } = cut.fmt;
    const from = 44 + (sampleRate / 2) * blockAlign;
    assert.deepEqual(bytes.subarray(44), wav.bytes.subarray(from, from + sampleRate * blockAlign));
    const part = await luis.request("GET", `${audio}?download=true`, undefined, { range: "bytes=0-43" });
    assert.deepEqual([part.status, (await part.arrayBuffer()).byteLength], [206, 44]);
    assert.match(part.headers.get("content-disposition") ?? "", /Buena%20apertura\.wav/);
    assert.equal((await eva.request("GET", audio)).status, 404);
    const by = await answer<{ items: Listener[] }>(
      luis.request("GET", `/api/recordings/${callId}/listeners`),
    );
    assert.deepEqual(
      by.body.items.map(({ name, kind }) => [name, kind]),
      [
        ["Luis Jefe", "downloaded"],
        ["Luis Jefe", "listened"],
      ],
      "who hears a piece has heard the recording",
    );
    assert.deepEqual(
      (await answer<Page<Clip>>(maria.request("GET", "/api/clips"))).body.items[0]?.id,
      input.id,
    );
    assert.deepEqual((await answer<Page<Clip>>(eva.request("GET", "/api/clips"))).body.items, []);

    const { recordings } = server.deps.store.tables;
    await server.deps.store.together((db) => [db.delete(recordings)]);
    assert.equal((await luis.request("GET", audio)).status, 200, "the recording is gone");
    assert.equal((await boss.request("DELETE", `/api/clips/${input.id}`)).status, 403);
    assert.equal((await admin.request("DELETE", `/api/clips/${input.id}`)).status, 204);
    assert.equal((await luis.request("GET", audio)).status, 404);
    assert.deepEqual(await readdir(join(server.data, "clips")), []);
    assert.deepEqual([await actions("clip_made"), await actions("clip_removed")], [[input.id], [input.id]]);
  });

  test("what is compressed cannot be cut, and erasing takes clips and marks along", async () => {
    const { callId } = await record(maria);
    const input = { id: uuidv7(), title: "x", fromMs: 0, toMs: 1000 };
    await luis.request("POST", `/api/recordings/${callId}/clips`, input);
    await luis.request("POST", `/api/recordings/${callId}/marks`, { id: uuidv7(), kind: "flag", atMs: 0 });
    const { recordings } = server.deps.store.tables;
    await server.deps.store.together((db) => [db.update(recordings).set({ format: "opus" })]);
    const refused = await answer(
      luis.request("POST", `/api/recordings/${callId}/clips`, { ...input, id: uuidv7() }),
    );
    assert.deepEqual([refused.status, refused.body.code], [409, "not_cuttable"]);
    await server.deps.store.together((db) => [db.update(recordings).set({ format: "wav" })]);
    assert.ok(existsSync(join(server.data, "clips", `${input.id}.wav`)));
    const audit = createAudit(server.deps);
    const library = createLibrary(server.deps, { dispositions: createDispositions(server.deps, { audit }) });
    await createClips(server.deps, { library, audit }).forget([callId]);
    await library.stop();
    assert.ok(!existsSync(join(server.data, "clips", `${input.id}.wav`)));
    assert.deepEqual(
      (await answer<Marks>(luis.request("GET", `/api/recordings/${callId}/marks`))).body.items,
      [],
    );
    assert.deepEqual(await found("q=juan"), []);
  });

  test("saved filters are one's own, each name once, fifty at the most", async () => {
    const filter: LibraryFilter = { ai: true, minSeconds: 60, q: "permanencia" };
    const id = uuidv7();
    const put = (by: Client, of: string, body: object) =>
      answer<SavedFilter>(by.request("PUT", `/api/filters/${of}`, body));
    assert.deepEqual((await put(luis, id, { name: "Largas", filter })).body, { id, name: "Largas", filter });
    assert.equal((await put(luis, id, { name: "Muy largas", filter })).status, 200);
    assert.equal((await put(luis, uuidv7(), { name: "Muy largas", filter })).status, 409);
    assert.equal((await put(boss, uuidv7(), { name: "Muy largas", filter })).status, 200, "another person's");
    assert.equal((await put(boss, id, { name: "x", filter })).status, 404);
    assert.equal((await put(luis, uuidv7(), { name: "x", filter: { ai: "sí" } })).status, 422);
    const list = async (by: Client) =>
      (await answer<{ items: SavedFilter[] }>(by.request("GET", "/api/filters"))).body.items;
    assert.deepEqual(
      (await list(luis)).map(({ name }) => name),
      ["Muy largas"],
    );
    assert.equal((await boss.request("DELETE", `/api/filters/${id}`)).status, 404);
    assert.equal((await luis.request("DELETE", `/api/filters/${id}`)).status, 204);
    for (let n = 0; n < 50; n++) await put(luis, uuidv7(), { name: `F${n}`, filter: {} });
    assert.equal((await put(luis, uuidv7(), { name: "una más", filter: {} })).status, 409);
    assert.equal((await list(luis)).length, 50);
  });

  test("many recordings come as one ZIP, with sidecars and contents, and only those one may see", async () => {
    const mine = await record(maria, { contact: { name: "=1+1", phone: "+34600111222" } }, 0.5);
    const others = await record(eva, {}, 0.5);
    assert.equal((await maria.request("POST", "/api/recordings/zip", { filter: {} })).status, 403);
    for (const wrong of [{}, { filter: {}, callIds: [mine.callId] }, { callIds: [] }])
      assert.equal((await luis.request("POST", "/api/recordings/zip", wrong)).status, 422);
    const asked = await answer<Job>(
      luis.request("POST", "/api/recordings/zip", { callIds: [mine.callId, others.callId] }),
    );
    assert.deepEqual([asked.status, asked.body.kind], [201, "recordings_zip"]);
    const job = async () => (await answer<Job>(luis.request("GET", `/api/jobs/${asked.body.id}`))).body;
    await eventually("the ZIP", async () => (await job()).state === "done");
    assert.equal((await job()).total, mine.wav.bytes.length);
    const file = await luis.request("GET", `/api/jobs/${asked.body.id}/file`);
    const zip = Buffer.from(await file.arrayBuffer());
    assert.ok(zip.includes(mine.wav.bytes.subarray(44, 4044)), "the sound as it is, not packed");
    assert.equal(zip.readUInt16LE(zip.length - 12), 3, "sound, sidecar, contents");
    assert.ok(!(await actions("recording_downloaded")).includes(others.callId));
    assert.ok((await actions("recording_downloaded")).includes(mine.callId));
    assert.deepEqual(await actions("exported"), [asked.body.id]);
  });
});
