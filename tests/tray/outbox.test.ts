import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { PART_BYTES, type Call, type Page, type Problem, type Recording } from "#contract";
import { createOutbox, type OutboxOptions } from "../../tray/outbox/outbox.ts";
import type { Outbox, OutboxStatus, Recorded } from "../../tray/ports.ts";
import { eventually } from "../support/eventually.ts";
import { type Fate, network, TestClock } from "../support/network.ts";
import { dataFolder } from "../support/process.ts";
import { answer, callEnd, callStart, ORIGIN, testServer } from "../support/server.ts";
import { toneWav } from "../support/wav.ts";

const HOUR_MS = 3_600_000;
const NOW = new Date("2026-11-24T09:00:00Z");

/** A server, a PC with its outbox, and the network between them. */
async function office(t: TestContext, fate: (path: string, method: string) => Fate = () => "arrives") {
  const server = await testServer();
  t.after(() => server.close());
  server.setNow(NOW);
  const folder = await dataFolder();
  t.after(() => folder.remove());
  const device = await server.device();
  const clock = new TestClock(NOW);
  const { fetch, asked } = network(device, fate);
  const log: string[] = [];
  const delivered: string[] = [];
  let token: string | null = "a token";
  const running: Outbox[] = [];
  /** Starts an outbox on the PC's disk; the one before ends as a crash would end it. */
  const open = async (more: Partial<OutboxOptions> = {}) => {
    await running.at(-1)?.stop();
    const outbox = createOutbox({
      data: folder.path,
      serverUrl: ORIGIN,
      token: () => token,
      log: (line) => log.push(line),
      onDelivered: async (file) => void delivered.push(file),
      fetch,
      clock,
      ...more,
    });
    running.push(outbox);
    let status: OutboxStatus = { waiting: 0, online: true, refused: null };
    outbox.onStatus((now) => (status = now));
    await outbox.start();
    return { outbox, status: () => status };
  };
  t.after(async () => running.at(-1)?.stop());
  const list = async <T>(path: string) => (await answer<Page<T>>(device.request("GET", path))).body.items;
  return {
    clock,
    asked,
    log,
    delivered,
    open,
    data: folder.path,
    setToken: (value: string | null) => (token = value),
    /** What the server answers to somebody it does not know. */
    stranger: () => answer(server.anonymous.request("GET", "/api/calls")),
    calls: () => list<Call>("/api/calls?limit=200"),
    recordings: async () =>
      (
        await answer<Page<Recording>>(
          (await server.session(device.userId, "browser")).request("GET", "/api/recordings?limit=200"),
        )
      ).body.items,
    /** A recording of this many seconds as it lies on the disk. */
    recorded: (name: string, seconds: number): Recorded & { bytes: Uint8Array } => {
      const { bytes, metadata } = toneWav(seconds);
      const file = join(folder.path, `${name}.wav`);
      writeFileSync(file, bytes);
      return { file, metadata, bytes };
    },
  };
}

/** Puts one whole call in. */
async function whole(outbox: Outbox, recorded: Recorded, at = NOW): Promise<string> {
  const start = callStart(at);
  await outbox.put({ kind: "call-start", body: start });
  await outbox.put({ kind: "call-end", body: callEnd(start, 60) });
  await outbox.put({ kind: "recording-end", callId: start.id, recorded });
  return start.id;
}

test("hours without network, and a restart in it: all arrives once, and nobody hammers the server", async (t) => {
  let up = false;
  const { asked, calls, clock, delivered, open, recorded, recordings } = await office(t, () =>
    up ? "arrives" : "lost",
  );
  const long = recorded("long", 40);
  assert.ok(long.metadata.bytes > PART_BYTES, "it has more than one part");
  const first = await open();
  const ids = [await whole(first.outbox, long)];
  await clock.pass(2 * HOUR_MS);
  const { outbox, status } = await open();
  ids.push(await whole(outbox, recorded("short", 1), clock.now()));
  await clock.pass(2 * HOUR_MS);
  assert.deepEqual(status(), { waiting: 6, online: false, refused: null });
  assert.ok(asked.length < (2 * (4 * 3_600)) / 8, `${asked.length} attempts in four hours`);
  assert.deepEqual(delivered, []);
  up = true;
  await clock.pass(60_000);
  assert.deepEqual(status(), { waiting: 0, online: true, refused: null });
  assert.deepEqual((await calls()).map(({ id }) => id).toSorted(), ids.toSorted());
  assert.deepEqual((await recordings()).map(({ callId }) => callId).toSorted(), ids.toSorted());
  assert.equal(delivered.length, 2);
});

for (const seed of [1, 2, 3])
  test(`a network that loses every third request and every third answer (${seed})`, async (t) => {
    let state = seed * 7_919;
    const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    const fates: Fate[] = ["lost", "answer lost", "arrives"];
    const { calls, clock, delivered, log, open, recorded, recordings } = await office(
      t,
      () => fates[Math.floor(random() * 3)] ?? "arrives",
    );
    const { outbox, status } = await open();
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.push(await whole(outbox, recorded(`call${i}`, i === 0 ? 35 : 1)));
    for (let minutes = 0; status().waiting > 0 && minutes < 60; minutes++) await clock.pass(60_000);
    assert.deepEqual(status(), { waiting: 0, online: true, refused: null });
    assert.deepEqual((await calls()).map(({ id }) => id).toSorted(), ids.toSorted());
    assert.equal((await recordings()).length, ids.length);
    assert.equal(new Set(delivered).size, ids.length);
    assert.deepEqual(log, []);
  });

test("parts go up while the recording grows, and what changed in them goes again at the end", async (t) => {
  const { asked, clock, open, recorded, recordings } = await office(t);
  const { outbox } = await open();
  const start = callStart(NOW);
  const { file, metadata, bytes } = recorded("growing", 40);
  const early = Buffer.from(bytes.subarray(0, PART_BYTES + 44));
  // its header is a second old, as that of a file that grows
  early.writeUInt32LE(PART_BYTES, 40);
  writeFileSync(file, early);
  await outbox.put({ kind: "call-start", body: start });
  await outbox.put({ kind: "recording", callId: start.id, file });
  await clock.pass(10_000);
  const part = (n: number) =>
    asked.filter((one) => one === `PUT /api/recordings/${start.id}/parts/${n}`).length;
  assert.deepEqual([part(0), part(1)], [1, 0], "only what is full and safe");
  writeFileSync(file, bytes);
  await outbox.put({ kind: "call-end", body: callEnd(start, 40) });
  await outbox.put({ kind: "recording-end", callId: start.id, recorded: { file, metadata } });
  await clock.pass(10_000);
  assert.deepEqual([part(0), part(1)], [2, 1]);
  assert.equal((await recordings())[0]?.bytes, bytes.length);
});

test("an answer that is not the server's own changes nothing", async (t) => {
  const strangers = [
    () => new Response("<html>Welcome to the hotel</html>", { headers: { "content-type": "text/html" } }),
    () => new Response("Forbidden", { status: 403 }),
    () => Response.json({ error: "bad gateway" }, { status: 502 }),
    () => Response.redirect("https://login.example/", 302),
  ];
  let left = [...strangers];
  const { calls, clock, delivered, open, recorded } = await office(t, () => left.shift()?.() ?? "arrives");
  const { outbox, status } = await open();
  await whole(outbox, recorded("a", 1));
  await clock.pass(120_000);
  assert.equal(left.length, 0);
  assert.deepEqual(status(), { waiting: 0, online: true, refused: null });
  assert.equal((await calls())[0]?.outcome, "answered");
  assert.equal(delivered.length, 1);
});

test("a local copy counts as delivered only when the server confirms its digest", async (t) => {
  let lies = 2;
  const { clock, delivered, open, recorded } = await office(t, (path, method) => {
    const final = method === "POST" && /^\/api\/recordings\/[^/]+$/.test(path);
    return final && lies-- > 0 ? Response.json({ sha256: "0".repeat(64), bytes: 1 }) : "arrives";
  });
  const { outbox, status } = await open();
  const one = recorded("a", 1);
  await whole(outbox, one);
  await clock.pass(500);
  assert.deepEqual(delivered, []);
  assert.equal(status().waiting, 1);
  await clock.pass(60_000);
  assert.deepEqual(delivered, [one.file]);
});

test("a server that asks for patience gets it", async (t) => {
  const problem: Problem = {
    type: "about:blank",
    title: "Too many",
    status: 429,
    detail: "Too many.",
    code: "too_many",
    hint: "Wait.",
  };
  let asks = 1;
  const { asked, clock, open } = await office(t, () =>
    asks-- > 0 ? Response.json(problem, { status: 429, headers: { "retry-after": "60" } }) : "arrives",
  );
  const { outbox, status } = await open();
  await outbox.put({ kind: "state", body: { state: "available" } });
  await clock.pass(59_000);
  assert.equal(asked.length, 1);
  assert.deepEqual(status(), { waiting: 1, online: true, refused: null });
  await clock.pass(2_000);
  assert.deepEqual([asked.length, status().waiting], [2, 0]);
});

test("what the server refuses is put apart with its reason, and the rest goes on", async (t) => {
  const { calls, clock, data, log, open, recorded } = await office(t);
  const { outbox, status } = await open();
  const start = callStart(NOW);
  const unknown = callStart(NOW);
  await outbox.put({ kind: "call-end", body: callEnd(unknown, 5) });
  await outbox.put({ kind: "call-start", body: start });
  await outbox.put({ kind: "call-end", body: callEnd(start, 5) });
  await outbox.put({ kind: "recording-end", callId: unknown.id, recorded: recorded("Juan García", 1) });
  await clock.pass(10_000);
  assert.deepEqual(status(), { waiting: 0, online: true, refused: "not_found" });
  assert.deepEqual(
    (await calls()).map(({ id }) => id),
    [start.id],
  );
  assert.equal(readdirSync(join(data, "outbox", "refused")).length, 4, "each thing and its reason");
  assert.doesNotMatch(log.join("\n"), /Juan|600/);
});

test("what a power failure left unreadable is put apart, and said", async (t) => {
  const { clock, data, open } = await office(t);
  mkdirSync(join(data, "outbox"), { recursive: true });
  writeFileSync(join(data, "outbox", "000000000007.json"), "{");
  writeFileSync(join(data, "outbox", "000000000008.json.new"), '{"kind":');
  const { outbox, status } = await open();
  assert.equal(status().refused, "unreadable");
  await outbox.put({ kind: "state", body: { state: "available" } });
  await clock.pass(1_000);
  assert.equal(status().waiting, 0);
  assert.deepEqual(readdirSync(join(data, "outbox")), ["refused"]);
});

test("a token that was taken away holds everything back until there is another one", async (t) => {
  let known = false;
  const { calls, clock, asked, open, recorded, setToken, stranger } = await office(t, () =>
    known ? "arrives" : Response.json(body, { status: 401 }),
  );
  const { body } = await stranger();
  const { outbox, status } = await open();
  await whole(outbox, recorded("a", 1));
  await clock.pass(HOUR_MS);
  assert.deepEqual(status(), { waiting: 3, online: true, refused: "unpaired" });
  assert.equal(asked.length, 1, "a token that is not known is not sent again");
  known = true;
  setToken("another");
  await clock.pass(60_000);
  assert.deepEqual(status(), { waiting: 0, online: true, refused: null });
  assert.equal((await calls()).length, 1);
});

test("a disk that takes nothing more: what happens is sent all the same, and safe once there is room", async (t) => {
  let up = true;
  const { calls, clock, data, log, open } = await office(t, () => (up ? "arrives" : "lost"));
  const { outbox, status } = await open();
  const folder = join(data, "outbox");
  rmSync(folder, { recursive: true });
  // a file in the folder's place: nothing can be written below it, also not by root
  writeFileSync(folder, "full");
  const start = callStart(NOW);
  const [begun, ended] = [
    outbox.put({ kind: "call-start", body: start }),
    outbox.put({ kind: "call-end", body: callEnd(start, 5) }),
  ];
  await eventually("the whole call at the server", async () => {
    await clock.pass(1_000);
    return (await calls())[0]?.outcome === "answered";
  });
  await clock.pass(1_000);
  await Promise.all([begun, ended]);
  up = false;
  const kept = outbox.put({ kind: "state", body: { state: "paused", reason: "meal" } });
  await clock.pass(5_000, 3);
  assert.equal(status().waiting, 1);
  rmSync(folder);
  mkdirSync(folder);
  await clock.pass(2_000);
  await kept;
  assert.equal(readdirSync(folder).filter((name) => name.endsWith(".json")).length, 1);
  assert.match(log.join("\n"), /cannot be written/);
});

test("a part in which something was scrubbed goes up again at once, and nothing else does", async (t) => {
  const { asked, clock, open, recorded, recordings } = await office(t);
  const { outbox } = await open();
  const start = callStart(NOW);
  const { file, bytes, metadata } = recorded("card", 90);
  await outbox.put({ kind: "call-start", body: start });
  await outbox.put({ kind: "recording", callId: start.id, file });
  await clock.pass(20_000);
  const puts = () => asked.filter((one) => one.startsWith("PUT")).map((one) => one.split("/").at(-1));
  assert.deepEqual(puts(), ["0", "1", "2"]);
  const scrubbed = { fromByte: PART_BYTES + 100, toByte: PART_BYTES + 500 };
  bytes.fill(0, scrubbed.fromByte, scrubbed.toByte);
  writeFileSync(file, bytes);
  outbox.scrubbed(start.id, scrubbed);
  await clock.pass(20_000);
  assert.deepEqual(puts(), ["0", "1", "2", "1"]);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await outbox.put({ kind: "call-end", body: callEnd(start, 90) });
  const finished = { file, metadata: { ...metadata, sha256 } };
  await outbox.put({ kind: "recording-end", callId: start.id, recorded: finished });
  await clock.pass(20_000);
  assert.deepEqual(puts(), ["0", "1", "2", "1", "3"]);
  assert.equal((await recordings())[0]?.callId, start.id);
});

test("the lines of a call arrive in their order, before its recording is closed", async (t) => {
  let up = false;
  const lines = (): Fate => {
    return up ? new Response("{}", { headers: { "content-type": "application/json" } }) : "lost";
  };
  const { asked, clock, open, recorded, recordings } = await office(t, (path) =>
    path.startsWith("/api/transcripts/") ? lines() : "arrives",
  );
  const { outbox, status } = await open();
  const start = callStart(NOW);
  const body = (n: number) => {
    const line = { n, side: "customer" as const, text: "es muy caro", fromMs: n, toMs: n + 1 };
    return { engine: "sherpa", model: "toy", lines: [line] };
  };
  await outbox.put({ kind: "call-start", body: start });
  await outbox.put({ kind: "transcript", callId: start.id, body: body(0) });
  await outbox.put({ kind: "transcript", callId: start.id, body: body(1) });
  await outbox.put({ kind: "call-end", body: callEnd(start, 60) });
  await outbox.put({ kind: "recording-end", callId: start.id, recorded: recorded("lines", 1) });
  await clock.pass(30_000);
  assert.deepEqual(await recordings(), []);
  up = true;
  const { outbox: _later, status: later } = await open();
  await clock.pass(60_000);
  assert.equal(status().online, false);
  assert.deepEqual(later(), { waiting: 0, online: true, refused: null });
  assert.equal((await recordings()).length, 1);
  const order = asked.filter((one) => one.startsWith("POST")).map((one) => one.split("/")[2]);
  assert.ok(order.lastIndexOf("transcripts") < order.indexOf("recordings"), order.join(" "));
});

test("words that cannot be sent hold up neither a call nor, for good, a recording; unwanted ones go", async (t) => {
  let code: string | null = null;
  const { calls, clock, log, open, recorded, recordings } = await office(t, (path) => {
    if (!path.startsWith("/api/transcripts/")) return "arrives";
    const problem = { type: "about:blank", title: "off", detail: "off", hint: "-" };
    if (code === null) return Response.json({ error: "broken" }, { status: 500 });
    return Response.json({ ...problem, status: 409, code }, { status: 409 });
  });
  const { outbox, status } = await open();
  const line = { n: 0, side: "customer" as const, text: "es muy caro", fromMs: 0, toMs: 1 };
  const start = callStart(NOW);
  const words = { kind: "transcript" as const, callId: start.id };
  await outbox.put({ kind: "call-start", body: start });
  await outbox.put({ ...words, body: { engine: "sherpa", model: "toy", lines: [line] } });
  await outbox.put({ kind: "call-end", body: callEnd(start, 60) });
  await outbox.put({ kind: "recording-end", callId: start.id, recorded: recorded("held", 1) });
  await clock.pass(20_000);
  assert.equal((await calls())[0]?.outcome, "answered");
  assert.deepEqual(await recordings(), []);
  await clock.pass(120_000);
  assert.equal((await recordings()).length, 1);
  assert.equal(status().waiting, 1);
  code = "listening_off";
  await clock.pass(60_000);
  assert.deepEqual(status(), { waiting: 0, online: true, refused: null });
  assert.deepEqual(log, []);
});
