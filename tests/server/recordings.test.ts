import assert from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { PART_BYTES, recordingPath, safeName, type Page, type Peaks, type Recording } from "#contract";
import { AudioReader } from "../../server/recordings/audio.ts";
import { folderStore } from "../../server/recordings/folder.ts";
import { SKETCH_BYTES } from "../../server/recordings/sketch.ts";
import { answer, callEnd, callStart, testServer, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

describe("recordings", () => {
  let server: TestServer;
  let maria: Client;
  let luis: Client;
  before(async () => {
    server = await testServer();
    maria = await server.device({ name: "María López" });
    luis = await server.browser("supervisor");
  });
  after(() => server.close());

  async function record(seconds: number, contact: { name?: string } = { name: "Juan García" }, number = 1) {
    const start = callStart(server.now(), { contact });
    await maria.request("POST", "/api/calls/start", start);
    const wav = toneWav(seconds);
    const count = Math.ceil(wav.bytes.length / PART_BYTES);
    for (let n = count - 1; n >= 0; n--) {
      const part = wav.bytes.subarray(n * PART_BYTES, (n + 1) * PART_BYTES);
      const put = await maria.request(
        "PUT",
        `/api/recordings/${start.id}/parts/${n}`,
        part,
        contentDigest(part),
      );
      assert.equal(put.status, 200);
    }
    const body = { parts: count, metadata: { ...wav.metadata, number } };
    const done = await answer<{ sha256: string }>(maria.request("POST", `/api/recordings/${start.id}`, body));
    assert.deepEqual([done.status, done.body.sha256], [200, wav.metadata.sha256]);
    return { start, wav };
  }

  test("parts in any order become the same bytes, whole and in ranges", async () => {
    const { start, wav } = await record(61);
    assert.ok(wav.bytes.length > 2 * PART_BYTES);
    const path = `/api/recordings/${start.id}/audio`;
    const whole = await luis.request("GET", path);
    assert.equal(whole.headers.get("content-type"), "audio/wav");
    assert.deepEqual(new Uint8Array(await whole.arrayBuffer()), wav.bytes);
    const ranges: [string, number, number][] = [
      ["bytes=0-43", 0, 44],
      ["bytes=100-", 100, wav.bytes.length],
      ["bytes=-10", wav.bytes.length - 10, wav.bytes.length],
      [`bytes=44-${wav.bytes.length + 5}`, 44, wav.bytes.length],
    ];
    for (const [range, from, to] of ranges) {
      const part = await luis.request("GET", path, undefined, { range });
      assert.deepEqual(
        [part.status, part.headers.get("content-range")],
        [206, `bytes ${from}-${to - 1}/${wav.bytes.length}`],
      );
      assert.deepEqual(new Uint8Array(await part.arrayBuffer()), wav.bytes.subarray(from, to));
    }
    const download = await luis.request("GET", `${path}?download=1`);
    assert.match(
      download.headers.get("content-disposition") ?? "",
      /llamada_001_Juan%20Garc%C3%ADa_\d{8}_\d{6}\.wav/,
    );
    await download.body?.cancel();
    assert.deepEqual(await readdir(join(server.folder, ".incoming")), [], "no part is left behind");
  });

  test("the list, the waveform and the sidecar tell what was recorded", async () => {
    const { start, wav } = await record(1, { name: "Óscar Medina" }, 2);
    const { body: list } = await answer<Page<Recording>>(luis.request("GET", "/api/recordings?q=oscar"));
    assert.equal(list.items.length, 1);
    const [row] = list.items;
    assert.deepEqual(
      [row?.callId, row?.durationSeconds, row?.bytes, row?.agentName],
      [start.id, 1, wav.bytes.length, "María López"],
    );
    const { body: peaks } = await answer<Peaks>(luis.request("GET", `/api/recordings/${start.id}/peaks`));
    assert.equal(peaks.peaks.length, 2);
    assert.ok(
      peaks.peaks[0]?.every((peak) => peak > 55 && peak < 65),
      "the tone is on the agent's lane",
    );
    assert.ok(
      peaks.peaks[1]?.every((peak) => peak === 0),
      "the customer's lane is silent",
    );
    const sidecar = await readFile(
      join(server.folder, row?.file.replace(/\.wav$/, "_metadata.json") ?? ""),
      "utf8",
    );
    assert.equal(JSON.parse(sidecar).sha256, wav.metadata.sha256);
  });

  test("pages do not repeat and do not skip", async () => {
    for (let i = 0; i < 4; i++) await record(0.05, { name: "Paginada" }, 10 + i);
    const seen: string[] = [];
    for (let after = ""; ;) {
      const url = `/api/recordings?q=paginada&limit=3${after && `&after=${after}`}`;
      const { body } = await answer<Page<Recording>>(luis.request("GET", url));
      seen.push(...body.items.map(({ callId }) => callId));
      if (body.next === null) break;
      after = body.next;
    }
    assert.equal(seen.length, 4);
    assert.equal(new Set(seen).size, 4);
  });

  test("two calls under one name both keep their file", async () => {
    server.setNow("2026-03-02T10:00:00Z");
    const first = await record(0.1, { name: "Repetida" }, 7);
    const second = await record(0.2, { name: "Repetida" }, 7);
    const { body } = await answer<Page<Recording>>(luis.request("GET", "/api/recordings?q=repetida"));
    assert.equal(new Set(body.items.map(({ file }) => file)).size, 2);
    for (const { start, wav } of [first, second]) {
      const audio = await luis.request("GET", `/api/recordings/${start.id}/audio`);
      assert.deepEqual(new Uint8Array(await audio.arrayBuffer()), wav.bytes);
    }
  });

  test("two finals at once make one recording", async () => {
    const start = callStart(server.now());
    await maria.request("POST", "/api/calls/start", start);
    const { bytes, metadata } = toneWav(0.2);
    await maria.request("PUT", `/api/recordings/${start.id}/parts/0`, bytes, contentDigest(bytes));
    const finish = () => maria.request("POST", `/api/recordings/${start.id}`, { parts: 1, metadata });
    const answers = await Promise.all([finish(), finish(), finish()]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    );
    await maria.request("POST", "/api/calls/end", callEnd(start));
  });

  /** A call that has begun, and how its sound is sent. */
  async function begun(name: string) {
    const start = callStart(server.now(), { contact: { name } });
    await maria.request("POST", "/api/calls/start", start);
    const path = `/api/recordings/${start.id}`;
    return {
      put: async (n: number, part: Uint8Array, announced = part) =>
        (await maria.request("PUT", `${path}/parts/${n}`, part, contentDigest(announced))).status,
      finish: (wav: ReturnType<typeof toneWav>, more: object = {}) =>
        answer(
          maria.request("POST", path, {
            parts: Math.ceil(wav.bytes.length / PART_BYTES),
            metadata: { ...wav.metadata, number: 1, ...more },
          }),
        ),
      audio: async () => new Uint8Array(await (await luis.request("GET", `${path}/audio`)).arrayBuffer()),
    };
  }

  test("a part may come again, shorter too; one that is refused changes nothing", async () => {
    const { put, finish, audio } = await begun("Sustituida");
    const longer = toneWav(50);
    const wav = toneWav(40);
    const [head, tail] = [wav.bytes.subarray(0, PART_BYTES), wav.bytes.subarray(PART_BYTES)];
    // a growing file's first part has a header that its last second makes untrue
    assert.equal(await put(0, longer.bytes.subarray(0, PART_BYTES)), 200);
    assert.equal(await put(1, longer.bytes.subarray(PART_BYTES)), 200);
    assert.equal((await finish(wav)).body.code, "digest_mismatch");
    assert.deepEqual([await put(0, head), await put(1, tail)], [200, 200]);
    assert.equal(await put(0, longer.bytes.subarray(0, 1000), head), 422);
    assert.equal(await put(1, new Uint8Array(PART_BYTES + 1)), 413);
    assert.equal((await finish(wav)).status, 200);
    assert.deepEqual(await audio(), wav.bytes);
    assert.equal(await put(0, head), 409);
  });

  test("a final that is refused leaves the parts as they are and no file", async () => {
    const { put, finish, audio } = await begun("Rechazada");
    const wav = toneWav(0.2);
    assert.equal((await finish(wav)).body.code, "missing_parts");
    assert.equal(await put(0, wav.bytes), 200);
    const short = toneWav(0.1).metadata;
    for (const lie of [{ sha256: "0".repeat(64) }, { bytes: wav.bytes.length + 2 }, short])
      assert.deepEqual(
        [(await finish(wav, lie)).status, (await finish(wav, lie)).body.code],
        [409, "digest_mismatch"],
      );
    const folder = join(server.folder, "María López", "Rechazada");
    await assert.rejects(readdir(folder), { code: "ENOENT" });
    assert.equal((await finish(wav)).status, 200);
    assert.deepEqual(await audio(), wav.bytes);
    const files = (await readdir(folder)).toSorted();
    assert.equal(files.length, 2, "the sound and its sidecar");
    const note = JSON.parse(await readFile(join(folder, files[1] ?? ""), "utf8"));
    assert.deepEqual([note.sha256, note.bytes], [wav.metadata.sha256, wav.bytes.length]);
  });

  test("putting together can be repeated when only the database missed it", async () => {
    const store = folderStore(server.folder);
    const { bytes, metadata } = toneWav(1);
    const body = new Blob([bytes]).stream();
    await store.putPart("torn", 0, false, {
      body,
      limit: PART_BYTES,
      see: () => undefined,
      accept: () => new Uint8Array(SKETCH_BYTES),
    });
    const whole = { parts: 1, bytes: bytes.length };
    const note = { file: "María/torn_metadata.json", text: "{}" };
    for (const again of [false, true]) {
      const reader = new AudioReader(metadata);
      await store.assemble("torn", whole, "María/torn.wav", note, reader);
      assert.ok((reader.waveform().glance[0]?.[0] ?? 0) > 55, "the sound was seen");
      assert.deepEqual(new Uint8Array(await readFile(join(server.folder, "María/torn.wav"))), bytes);
      assert.equal(await readFile(join(server.folder, note.file), "utf8"), "{}");
      if (!again) await rm(join(server.folder, note.file));
      await store.dropParts("torn");
    }
    assert.deepEqual(await readdir(join(server.folder, ".incoming")), []);
  });

  test("names that no file system must see become names that every one takes", async () => {
    const names: [string, string][] = [
      ["../../etc/passwd", "etc passwd"],
      ["..", "Desconocido"],
      ["", "Desconocido"],
      ["🙂🙂", "Desconocido"],
      ["Ana 🙂 López", "Ana López"],
      ["CON", "_CON"],
      ["nul.txt", "_nul.txt"],
      ["LPT1", "_LPT1"],
      ['a\\b:c*d?e"f<g>h|i', "a b c d e f g h i"],
      ["fin. ", "fin"],
      ["x".repeat(300), "x".repeat(60)],
      ["Núñez-O'Hara", "Núñez-O'Hara"],
      ["李小龙", "李小龙"],
    ];
    for (const [name, safe] of names) assert.equal(safeName(name, "Desconocido"), safe, JSON.stringify(name));
    const evil = { agent: "..", contact: "../..", phone: null, number: 1, startedAt: "20251122_143025" };
    assert.equal(recordingPath(evil), "Agente/Desconocido/llamada_001_Desconocido_20251122_143025.wav");
    const good = { ...evil, agent: "María", contact: "Juan García" };
    assert.equal(recordingPath(good), "María/Juan García/llamada_001_Juan García_20251122_143025.wav");
    await record(0.1, { name: "../../../CON" }, 3);
    const { body } = await answer<Page<Recording>>(luis.request("GET", "/api/recordings?q=con"));
    assert.match(body.items[0]?.file ?? "", /^María López\/_CON\/llamada_003__CON_/);
  });
});
