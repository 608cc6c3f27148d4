import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Call, KnownContact } from "#contract";
import { createOutbox } from "../../tray/outbox/outbox.ts";
import { discarded } from "../../tray/keeping.ts";
import { AUDIO, SoundServer } from "../support/audio.ts";
import { company } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { type Fate, network, TestClock } from "../support/network.ts";
import { dataFolder } from "../support/process.ts";
import { needs } from "../support/real.ts";
import { answer, callEnd, callStart, ORIGIN, testServer } from "../support/server.ts";
import { TrayProcess } from "../support/tray.ts";
import { toneWav } from "../support/wav.ts";

const NOW = new Date("2026-11-24T09:00:00Z");

test("hours without network: a call that may not be recorded leaves nothing here or there", async (t) => {
  const server = await testServer();
  t.after(() => server.close());
  server.setNow(NOW);
  const folder = await dataFolder();
  t.after(() => folder.remove());
  const device = await server.device();
  const luis = await server.browser("supervisor");
  const first = callStart(NOW);
  await device.request("POST", "/api/calls/start", first);
  const { body: call } = await answer<Call>(device.request("GET", `/api/calls/${first.id}`));
  await luis.request("PATCH", `/api/contacts/${call.contactId}`, { doNotRecord: true });

  let fate: Fate = "lost";
  const clock = new TestClock(NOW);
  const { fetch, asked } = network(device, () => fate);
  const log: string[] = [];
  const outbox = createOutbox({
    data: folder.path,
    serverUrl: ORIGIN,
    token: () => "a token",
    log: (line) => log.push(line),
    onUnwanted: discarded,
    fetch,
    clock,
  });
  t.after(() => outbox.stop());
  const told: string[] = [];
  let waiting = -1;
  outbox.onNotRecorded((callId) => told.push(callId));
  outbox.onStatus((status) => (waiting = status.waiting));
  await outbox.start();
  const start = callStart(NOW);
  const { bytes, metadata } = toneWav(2);
  const file = join(folder.path, "call.wav");
  writeFileSync(file, bytes);
  await outbox.put({ kind: "call-start", body: start });
  await outbox.put({ kind: "call-end", body: callEnd(start, 60) });
  await outbox.put({ kind: "recording-end", callId: start.id, recorded: { file, metadata } });
  await clock.pass(3_600_000);
  assert.ok(existsSync(file), "nobody has said yet that it must go");
  fate = "arrives";
  await clock.pass(60_000);
  assert.deepEqual([told, waiting, existsSync(file)], [[start.id], 0, false]);
  assert.ok(
    asked.every((request) => !JSON.stringify(request).includes("/api/recordings")),
    "not a byte was sent",
  );
  assert.deepEqual(readdirSync(join(folder.path, "outbox", "refused")), [], "nothing is wrong");
  assert.deepEqual(log, []);
  const ended = await answer<Call>(luis.request("GET", `/api/calls/${start.id}`));
  assert.deepEqual(
    [ended.body.outcome, ended.body.recorded, ended.body.mayRecord],
    ["answered", false, false],
  );
});

test(
  "a real tray stops recording who does not want it, and says so",
  { skip: needs(...AUDIO) },
  async (t) => {
    const { url, code, change, calls, recordings } = await company(t);
    const sound = await SoundServer.open();
    t.after(() => sound.close());
    const folder = await dataFolder();
    t.after(() => folder.remove());
    const { DISPLAY: _none, ...headless } = sound.env;
    const tray = await TrayProcess.start(folder.path, { ...headless, SERVER_URL: url });
    t.after(() => tray.end("SIGKILL"));
    assert.equal((await tray.pairFromPage(url, await code())).status, 200);
    const contact = { name: "Rosa Vidal", phone: "+34655300400" };
    const status = async () =>
      (await tray.ask("GET", "/status")).body["call"] as { recording: string } | null;
    const wavs = () => globSync("recordings/**/*.wav", { cwd: folder.path });

    await tray.ask("POST", "/call/start", { contact });
    const first = await eventually("the call", async () => (await calls())[0]);
    await eventually("its recording", async () => (await status())?.recording === "running");
    await tray.ask("POST", "/call/end", {});
    await eventually("its recording there", async () => (await recordings()).length === 1);
    const path = `/api/contacts/${first.contactId}`;
    assert.equal((await change<KnownContact>("PATCH", path, { doNotRecord: true })).doNotRecord, true);
    const before = wavs();

    await tray.ask("POST", "/call/start", { contact });
    await eventually("the word on it", async () => (await status())?.recording === "forbidden");
    await eventually("no file of it", () => wavs().length === before.length);
    await tray.ask("POST", "/call/end", {});
    await eventually("its end", async () => (await calls()).every(({ endedAt }) => endedAt !== null));
    assert.equal((await calls()).length, 2);
    assert.deepEqual([(await recordings()).length, wavs()], [1, before]);
    assert.equal(await tray.end("SIGTERM"), 0);
  },
);
