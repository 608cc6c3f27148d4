import assert from "node:assert/strict";
import { test } from "node:test";
import {
  PART_BYTES,
  type Health,
  type PairingCode,
  type Pairing,
  type Recording,
  type Snapshot,
  type User,
} from "#contract";
import { eventually } from "../support/eventually.ts";
import { fakeOllama } from "../support/ollama.ts";
import { dataFolder, runtimes, startServer, type RunningServer } from "../support/process.ts";
import { callEnd, callStart, PASSWORD } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

/** The first live frame of this kind. */
async function liveFrame<T>(response: Response, kind: string): Promise<T> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const data = new RegExp(`event: ${kind}\ndata: (.*)\n\n`).exec(text)?.[1];
    if (data !== undefined) return JSON.parse(data) as T;
  }
  return assert.fail(`no ${kind} came`);
}

/** Sets a new server up: an admin's browser, and the paired PC of its first agent. */
async function firstAgent(server: RunningServer) {
  const json = { "content-type": "application/json", origin: server.url };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {
      method: "POST",
      headers: { ...json, ...headers },
      body: JSON.stringify(body),
    });
  const admin = { name: "Ana", email: "ana@example.com", password: PASSWORD };
  const setup = await post("/api/setup", { token: server.setupToken, ...admin });
  assert.equal(setup.status, 201);
  const cookie = { cookie: setup.headers.get("set-cookie")?.split(";")[0] ?? "" };
  const person = {
    ...admin,
    name: "María",
    email: "maria@example.com",
    role: "agent",
    team: "Norte",
    site: "Madrid",
  };
  const maria = (await (await post("/api/users", person, cookie)).json()) as User;
  const { code } = (await (
    await post("/api/pairing-codes", { userId: maria.id }, cookie)
  ).json()) as PairingCode;
  const { token } = (await (await post("/api/pair", { code, device: "PC" })).json()) as Pairing;
  return { post, cookie, device: { authorization: `Bearer ${token}` } };
}

for (const runtime of Object.keys(runtimes) as (keyof typeof runtimes)[])
  test(`${runtime}: set up, a call with its recording, a live frame, a clean end`, async () => {
    const folder = await dataFolder();
    const server = await startServer(folder.path, {}, runtime);
    const health = (await (await fetch(`${server.url}/health`)).json()) as Health;
    assert.equal(health.status, "ok");
    assert.match(health.runtime, new RegExp(`^${runtime} \\d+`));

    const { post, cookie, device } = await firstAgent(server);
    const live = await fetch(`${server.url}/api/live`, { headers: cookie });
    // it ends now, and so counts today, also a minute before midnight
    const start = callStart(new Date(Date.now() - 60_000));
    assert.equal((await post("/api/calls/start", start, device)).status, 201);
    const { bytes, metadata } = toneWav(1);
    const path = `${server.url}/api/recordings/${start.id}`;
    const part = { method: "PUT", headers: { ...device, ...contentDigest(bytes) }, body: bytes };
    assert.equal((await fetch(`${path}/parts/0`, part)).status, 200);
    assert.equal((await post(`/api/recordings/${start.id}`, { parts: 1, metadata }, device)).status, 200);
    assert.equal((await post("/api/calls/end", callEnd(start), device)).status, 200);
    const sound = await fetch(`${path}/audio`, { headers: cookie });
    assert.deepEqual(new Uint8Array(await sound.arrayBuffer()), bytes);
    const range = await fetch(`${path}/audio`, { headers: { ...cookie, range: "bytes=0-3" } });
    assert.deepEqual([range.status, await range.text()], [206, "RIFF"]);

    assert.equal((await liveFrame<Recording>(live, "recording")).callId, start.id);
    const again = await fetch(`${server.url}/api/live`, { headers: cookie });
    const snapshot = await liveFrame<Snapshot>(again, "snapshot");
    assert.equal(snapshot.stats.totals.calls, 1);

    const head = await fetch(`${server.url}/api/live`, { method: "HEAD", headers: cookie });
    const last = await fetch(`${server.url}/api/live`, { headers: cookie });
    for (const { status, headers } of [head, last]) {
      assert.equal(status, 200);
      assert.equal(headers.get("content-type"), "text/event-stream");
      assert.equal(headers.get("cache-control"), "no-cache, no-transform");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
    }
    if (runtime === "node") {
      assert.equal(last.headers.get("transfer-encoding"), null, "the same bytes for all, without chunks");
      assert.equal(last.headers.get("connection"), "close");
    }
    const whole = last.text();
    assert.equal(await server.stop(), 0, server.output());
    assert.match(await whole, /^event: snapshot\n[^]*\n\n$/, "the board ends in good order");
    await folder.remove();
  });

for (const runtime of Object.keys(runtimes) as (keyof typeof runtimes)[])
  test(`${runtime}: an ask streams, and one whose asker leaves lets Ollama go`, async () => {
    const folder = await dataFolder();
    const ollama = await fakeOllama({ slots: 4 });
    const server = await startServer(folder.path, { OLLAMA_URL: ollama.url }, runtime);
    const admin = { token: server.setupToken, name: "Ana", email: "ana@example.com", password: PASSWORD };
    const json = { "content-type": "application/json", origin: server.url };
    const setup = await fetch(`${server.url}/api/setup`, {
      method: "POST",
      headers: json,
      body: JSON.stringify(admin),
    });
    const cookie = setup.headers.get("set-cookie")?.split(";")[0] ?? "";
    const ask = (signal?: AbortSignal) =>
      fetch(`${server.url}/api/copilot/ask`, {
        method: "POST",
        headers: { ...json, cookie },
        body: JSON.stringify({ text: "Es muy caro", context: "Internet Fibra Óptica 300Mbps" }),
        ...(signal && { signal }),
      });
    const events = [...(await (await ask()).text()).matchAll(/^event: ?(\w+)/gm)].map(([, name]) => name);
    assert.deepEqual([events[0], events.at(-1)], ["card", "done"]);
    for (const wait of [{ firstTokenMs: 60_000 }, { firstTokenMs: 0, tokenMs: 60_000 }]) {
      ollama.set(wait);
      const asked = ollama.chats().length;
      const leaving = new AbortController();
      const reader = (await ask(leaving.signal)).body?.getReader();
      await reader?.read();
      await eventually("the ask at Ollama", () => ollama.chats().length > asked && ollama.running() === 1);
      leaving.abort();
      await eventually("the free slot", () => ollama.running() === 0 && ollama.waiting() === 0);
    }
    await server.stop();
    await ollama.close();
    await folder.remove();
  });

for (const runtime of Object.keys(runtimes) as (keyof typeof runtimes)[])
  test(`${runtime}: parts survive a kill -9, the first one comes again with its header, the end is whole`, async () => {
    const folder = await dataFolder();
    const first = await startServer(folder.path, {}, runtime);
    const { post, cookie, device } = await firstAgent(first);
    const start = callStart(new Date());
    assert.equal((await post("/api/calls/start", start, device)).status, 201);
    const path = `/api/recordings/${start.id}`;
    const put = async (server: RunningServer, n: number, body: Uint8Array<ArrayBuffer>) => {
      const headers = { ...device, ...contentDigest(body) };
      const sent = await fetch(`${server.url}${path}/parts/${n}`, { method: "PUT", headers, body });
      await sent.body?.cancel();
      assert.equal(sent.status, 200);
    };
    const { bytes, metadata } = toneWav(35);
    const growing = bytes.slice(0, PART_BYTES).fill(0, 0, 44);
    await put(first, 1, bytes.subarray(PART_BYTES));
    await put(first, 0, growing);
    await first.kill();
    const second = await startServer(folder.path, {}, runtime);
    const finish = async () => {
      const headers = { "content-type": "application/json", ...device };
      const body = JSON.stringify({ parts: 2, metadata });
      return (await fetch(second.url + path, { method: "POST", headers, body })).status;
    };
    assert.equal(await finish(), 409, "the header is not the final one");
    await put(second, 0, bytes.subarray(0, PART_BYTES));
    assert.deepEqual([await finish(), await finish()], [200, 200]);
    const whole = await fetch(`${second.url}${path}/audio`, { headers: cookie });
    assert.deepEqual(new Uint8Array(await whole.arrayBuffer()), bytes);
    await second.stop();
    await folder.remove();
  });

test("what was acknowledged survives a kill -9", async () => {
  const folder = await dataFolder();
  const first = await startServer(folder.path);
  const json = { "content-type": "application/json", origin: first.url };
  const admin = { token: first.setupToken, name: "Ana", email: "ana@example.com", password: PASSWORD };
  const setup = await fetch(`${first.url}/api/setup`, {
    method: "POST",
    headers: json,
    body: JSON.stringify(admin),
  });
  assert.equal(setup.status, 201);
  await first.kill();
  const second = await startServer(folder.path);
  assert.equal(second.setupToken, "", "it knows that it was set up");
  await second.stop();
  await folder.remove();
});

test("what cannot be configured is told in one readable message", async () => {
  const folder = await dataFolder();
  const wrong = startServer(folder.path, { TIME_ZONE: "Mars/Base", OLLAMA_MODEL: "gpt-oss:120b-cloud" });
  await assert.rejects(wrong, (error: Error) => {
    assert.match(error.message, /TIME_ZONE/);
    assert.match(error.message, /out of the company/);
    assert.doesNotMatch(error.message, /\n\s+at /, "no stack for a person");
    return true;
  });
  await folder.remove();
});
