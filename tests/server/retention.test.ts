import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { eq } from "drizzle-orm";
import type { Capacity, Problem, Retention, RetentionPreview, RetentionRule } from "#contract";
import { createRooms, type Rooms } from "../../server/rooms.ts";
import { audioConverter } from "../../server/retention/convert.ts";
import { createConversions } from "../../server/retention/conversions.ts";
import { needs } from "../support/real.ts";
import { endedRecording } from "../support/ended-recording.ts";
import { answer, testServer, type Client, type TestServer } from "../support/server.ts";

const rule = (more: Partial<RetentionRule>): RetentionRule => ({
  siteId: null,
  kind: null,
  code: null,
  flacAfter: null,
  opusAfter: null,
  deleteAfter: null,
  ...more,
});
const START = new Date("2026-03-02T10:00:00Z");
/** Two o'clock at night in Madrid, so many days later; the clocks change on 29 March. */
const night = (days: number) => new Date(START.getTime() + days * 86_400_000 - 9 * 3_600_000);
const digest = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

describe("retention", { skip: needs("flac", "ffmpeg") }, () => {
  let server: TestServer;
  let rooms: Rooms;
  let maria: Client;
  let luis: Client;
  let admin: Client;
  before(async () => {
    server = await testServer();
    server.setNow(START);
    maria = await server.device({ name: "María López" });
    luis = await server.browser("supervisor");
    admin = await server.browser("admin", { team: "Oficina" });
  });
  after(() => server.close());
  beforeEach(async () => {
    // each test sees its own nights, and the rules that it sets
    rooms = createRooms(server.deps);
    await goTo(START);
    await put([]);
  });

  /** Moves the clock, and signs in again: a browser's session does not last for years. */
  const goTo = async (instant: string | Date): Promise<void> => {
    server.setNow(instant);
    luis = await server.session(luis.userId, "browser");
    admin = await server.session(admin.userId, "browser");
  };
  const put = (rules: RetentionRule[], client = admin) =>
    answer<Retention & Problem>(client.request("PUT", "/api/retention", { rules }));
  const row = async (callId: string) => {
    const { recordings } = server.deps.store.tables;
    const [found] = await server.deps.store.db.select().from(recordings).where(eq(recordings.callId, callId));
    assert.ok(found);
    return found;
  };
  const deeds = async (callId: string) => {
    const { auditEntries } = server.deps.store.tables;
    const all = await server.deps.store.db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, callId));
    return all
      .filter(({ actorKind }) => actorKind === "system")
      .map(({ action, digest: of }) => [action, of]);
  };
  const sidecar = (file: string) =>
    JSON.parse(readFileSync(join(server.folder, file.replace(/\.\w+$/, "_metadata.json")), "utf8")) as Record<
      string,
      unknown
    >;

  test("nothing happens until an admin sets a rule; rules are an admin's", async () => {
    const { id } = await endedRecording(server, maria, START);
    assert.deepEqual((await answer<Retention>(admin.request("GET", "/api/retention"))).body.rules, []);
    await goTo(night(300));
    assert.equal(await rooms.retention.run(() => true, new AbortController().signal), 0);
    assert.equal((await row(id)).trashedAt, null);
    assert.equal((await put([rule({ deleteAfter: 1 })], luis)).status, 403);
    assert.equal((await luis.request("GET", "/api/retention/capacity")).status, 403);
    const wrong = await put([rule({ flacAfter: 5, deleteAfter: 3 })]);
    assert.deepEqual([wrong.status, wrong.body.errors?.[0]?.path], [422, "rules.0.deleteAfter"]);
    const set = await put([rule({ kind: "sale", flacAfter: 7 })]);
    assert.deepEqual(
      [set.status, set.body.rules.length, set.body.tools],
      [200, 1, { flac: true, opus: true }],
    );
  });

  test("WAV, then FLAC with the same samples, then Opus with both sides, then the trash, then nothing", async () => {
    const { id, path, wav } = await endedRecording(server, maria, START, { seconds: 3 });
    const own = [rule({ kind: "sale", flacAfter: 7, opusAfter: 30, deleteAfter: 60 })];
    await put(own);
    const { file } = await row(id);
    await goTo(night(6));
    await rooms.night.work();
    assert.equal((await row(id)).format, "wav");

    await goTo(night(7));
    await rooms.night.work();
    const flac = await row(id);
    assert.deepEqual(
      [flac.format, flac.originalSha256, flac.file],
      ["flac", wav.metadata.sha256, file.replace(".wav", ".flac")],
    );
    const stored = readFileSync(join(server.folder, flac.file));
    assert.deepEqual([flac.bytes, flac.sha256], [stored.length, digest(stored)]);
    assert.ok(!existsSync(join(server.folder, file)), "the WAV is gone");
    const samples = execFileSync("flac", [
      "-dcs",
      "--force-raw-format",
      "--endian=little",
      "--sign=signed",
      join(server.folder, flac.file),
    ]);
    assert.equal(digest(samples), digest(wav.bytes.subarray(44)));
    const { callId, format, bytes, sha256, originalSha256, durationSeconds } = sidecar(flac.file);
    assert.deepEqual(
      { callId, format, bytes, sha256, originalSha256, durationSeconds },
      {
        callId: id,
        format: "flac",
        bytes: flac.bytes,
        sha256: flac.sha256,
        originalSha256: wav.metadata.sha256,
        durationSeconds: 3,
      },
    );
    const heard = await luis.request("GET", `${path}/audio?download=true`);
    assert.deepEqual(
      [heard.status, heard.headers.get("content-type"), heard.headers.get("etag")],
      [200, "audio/flac", `"${flac.sha256}"`],
    );
    assert.match(heard.headers.get("content-disposition") ?? "", /\.flac$/);
    assert.equal(digest(new Uint8Array(await heard.arrayBuffer())), flac.sha256);
    const again = await maria.request("POST", path, { parts: 1, metadata: wav.metadata });
    assert.equal(again.status, 200, "a PC that did not get the answer may ask again");

    await goTo(night(30));
    await rooms.night.work();
    const opus = await row(id);
    assert.deepEqual([opus.format, opus.originalSha256], ["opus", wav.metadata.sha256]);
    assert.ok(opus.bytes < wav.bytes.length / 10);
    const raw = execFileSync(
      "ffmpeg",
      ["-v", "error", "-i", join(server.folder, opus.file), "-f", "s16le", "-c:a", "pcm_s16le", "-"],
      { maxBuffer: 1e8 },
    );
    const loud = [0, 0];
    for (let i = 0; i + 4 <= raw.length; i += 4)
      for (const side of [0, 1]) loud[side] = (loud[side] ?? 0) + Math.abs(raw.readInt16LE(i + 2 * side));
    assert.ok((loud[1] ?? 0) < (loud[0] ?? 0) / 50, "the customer's side has nothing of the agent's");
    assert.equal((await luis.request("GET", `${path}/audio`)).headers.get("content-type"), "audio/ogg");

    await goTo(night(60));
    await rooms.night.work();
    assert.ok((await row(id)).trashedAt);
    assert.equal((await luis.request("GET", `${path}/audio`)).status, 404);
    await goTo(night(66.9));
    await rooms.night.work();
    assert.ok(existsSync(join(server.folder, opus.file)), "seven days in the trash");
    await goTo(night(67.1));
    await rooms.night.work();
    assert.ok(!existsSync(join(server.folder, opus.file)));
    assert.deepEqual(await deeds(id), [
      ["recording_transcoded", flac.sha256],
      ["recording_transcoded", opus.sha256],
      ["recording_trashed", null],
      ["recording_erased", wav.metadata.sha256],
    ]);
    assert.deepEqual(server.errors, []);
  });

  test("what is held is left alone, and the preview says how many of each there are", async () => {
    const [first, second] = [
      await endedRecording(server, maria, START),
      await endedRecording(server, maria, new Date(START.getTime() + 60_000)),
    ];
    await endedRecording(server, maria, new Date(START.getTime() + 120_000), { disposition: "follow_up" });
    await goTo(night(20));
    assert.equal(
      (await admin.request("POST", `${first.path}/hold`, { why: "Reclamación 4711" })).status,
      200,
    );
    const own = [rule({ code: "sale", deleteAfter: 10 }), rule({ code: "follow_up", flacAfter: 10 })];
    const told = await answer<RetentionPreview>(
      admin.request("POST", "/api/retention/preview", { rules: own }),
    );
    const before = told.body;
    assert.equal(before.held, 1);
    assert.ok(before.deleted >= 1 && before.flac >= 1 && before.deletedBytes >= second.wav.bytes.length);
    assert.equal((await row(second.id)).trashedAt, null, "a preview changes nothing");
    await put(own);
    await rooms.night.work();
    assert.equal((await row(first.id)).trashedAt, null);
    assert.ok((await row(second.id)).trashedAt);
    const trashed = await server.deps.store.db.select().from(server.deps.store.tables.recordings);
    const tonight = trashed.filter(({ trashedAt }) => trashedAt?.getTime() === night(20).getTime());
    assert.equal(tonight.length, before.deleted, "as many as the preview said");
  });

  test("only at night, at each site by its own clock", async () => {
    const bogota = await server.device({ name: "Ana Ruiz", team: "Ventas Bogotá", site: "Bogotá" });
    const { sites } = server.deps.store.tables;
    await server.deps.store.together((db) => [
      db.update(sites).set({ timeZone: "America/Bogota" }).where(eq(sites.name, "Bogotá")),
    ]);
    const [here, there] = [
      await endedRecording(server, maria, START),
      await endedRecording(server, bogota, START),
    ];
    await put([rule({ deleteAfter: 2 })]);
    const trashed = async () => [
      (await row(here.id)).trashedAt !== null,
      (await row(there.id)).trashedAt !== null,
    ];
    await goTo("2026-03-06T11:00:00Z");
    await rooms.night.work();
    assert.deepEqual(await trashed(), [false, false], "day in both");
    await goTo("2026-03-07T01:00:00Z");
    await rooms.night.work();
    assert.deepEqual(await trashed(), [true, false], "night in Madrid, evening in Bogotá");
    await goTo("2026-03-07T07:00:00Z");
    await rooms.night.work();
    assert.deepEqual(await trashed(), [true, true]);
  });

  test("a FLAC that does not have the samples is thrown away, and the next recording gets its turn", async () => {
    const [bad, good] = [
      await endedRecording(server, maria, START),
      await endedRecording(server, maria, new Date(START.getTime() + 60_000)),
    ];
    const file = join(server.folder, (await row(bad.id)).file);
    // not a WAV any more: flac refuses it
    writeFileSync(file, "x".repeat(bad.wav.bytes.length));
    await put([rule({ flacAfter: 1 })]);
    await goTo(night(2));
    const errors = server.errors.length;
    await rooms.night.work();
    assert.equal((await row(bad.id)).format, "wav");
    assert.ok(existsSync(file) && !existsSync(file.replace(".wav", ".flac")));
    assert.equal((await row(good.id)).format, "flac");
    assert.ok(server.errors.length > errors);
    server.errors.length = 0;
  });

  test("a power cut at any point of a conversion leaves one file, and the row names it", async () => {
    const converter = audioConverter(server.deps.clock);
    /** A store of recordings that stops working at its n-th step. */
    const failing = (steps: number) => {
      let left = steps;
      const step =
        <Args extends unknown[], T>(verb: (...args: Args) => Promise<T>) =>
        (...args: Args): Promise<T> =>
          left-- > 0 ? verb(...args) : Promise.reject(new Error("power cut"));
      const { recordings } = server.deps;
      return {
        ...recordings,
        convert: step(recordings.convert),
        putNote: step(recordings.putNote),
        remove: step(recordings.remove),
      };
    };
    for (const steps of [0, 1, 2]) {
      const { id, wav } = await endedRecording(
        server,
        maria,
        new Date(START.getTime() + (steps + 10) * 60_000),
      );
      const deps = { ...server.deps, recordings: failing(steps) };
      const cut = createConversions(deps, { ...rooms, converter });
      const found = await row(id);
      const kept = { ...found, siteId: "", campaign: null, disposition: null, sold: false, contacted: false };
      await assert.rejects(cut.convert(kept, "flac", new AbortController().signal), /power cut/);
      const conversions = createConversions(server.deps, { ...rooms, converter });
      await conversions.recover();
      await conversions.recover();
      const now = await row(id);
      const stem = join(server.folder, found.file.replace(".wav", ""));
      assert.equal(now.format, steps === 0 ? "wav" : "flac", `after ${steps} steps`);
      assert.deepEqual(
        [".wav", ".flac", "_metadata.json"].map((end) => existsSync(stem + end)),
        [steps === 0, steps > 0, true],
      );
      assert.equal(digest(readFileSync(join(server.folder, now.file))), now.sha256);
      assert.equal(sidecar(now.file)["sha256"], now.sha256);
      assert.equal(now.originalSha256 ?? now.sha256, wav.metadata.sha256);
    }
    assert.ok(!existsSync(join(server.folder, ".converting")));
  });

  test("without the programs the step waits, and is said to", async () => {
    const path = process.env["PATH"];
    const { id } = await endedRecording(server, maria, START);
    const own = [rule({ flacAfter: 1 })];
    await put(own);
    process.env["PATH"] = "/nowhere";
    try {
      server.setNow(night(5));
      const bare = createRooms(server.deps);
      assert.deepEqual((await bare.retention.get()).tools, { flac: false, opus: false });
      const told = await bare.retention.preview({ rules: own });
      assert.ok(told.waiting >= 1 && told.flac === 0);
      await bare.night.work();
      assert.equal((await row(id)).format, "wav");
    } finally {
      process.env["PATH"] = path;
    }
    assert.deepEqual(server.errors, []);
  });

  test("the room that recordings take, and the days that are left", async () => {
    await goTo(START);
    const { wav } = await endedRecording(server, maria, START);
    await goTo(night(1));
    const { status, body } = await answer<Capacity>(admin.request("GET", "/api/retention/capacity"));
    assert.equal(status, 200);
    assert.ok(body.recordings >= 1 && body.bytes >= wav.bytes.length && body.bytesPerDay > 0);
    assert.ok(body.freeBytes !== null && body.freeBytes > 0);
    assert.ok(body.daysLeft === null || body.daysLeft > 0);
    assert.equal(
      body.months.reduce((sum, { wav: a, flac, opus }) => sum + a + flac + opus, 0) + body.trashBytes,
      body.bytes,
    );
  });
});
