import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Problem } from "#contract";
import { AUDIO, CUSTOMER_SAYS, SoundServer } from "../support/audio.ts";
import { company } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder } from "../support/process.ts";
import { needs } from "../support/real.ts";
import { TrayProcess } from "../support/tray.ts";

test(
  "without the server the call goes on, the recording is safe, and all arrives once when it is back",
  { skip: needs(...AUDIO) },
  async (t) => {
    const office = await company(t);
    const sound = await SoundServer.open();
    t.after(() => sound.close());
    const folder = await dataFolder();
    t.after(() => folder.remove());
    const { DISPLAY: _none, ...headless } = sound.env;
    const tray = await TrayProcess.start(folder.path, { ...headless, SERVER_URL: office.url });
    t.after(() => tray.end("SIGKILL"));
    await tray.pairFromPage(office.url, await office.code());
    const status = async () => (await tray.ask("GET", "/status")).body;
    const start = async (name: string) =>
      (await tray.ask("POST", "/call/start", { contact: { name } })).body["callId"];
    const recording = () =>
      eventually("the recorder", async () => {
        const { call } = await status();
        return (call as { recording: string } | null)?.recording === "running";
      });

    const first = await start("Juan García");
    await recording();
    await eventually("the call at the server", async () => (await office.calls()).length === 1);
    await office.unplug();
    await sound.customerSays(await sound.speech("customer", CUSTOMER_SAYS));
    assert.equal((await status())["call"] === null, false, "the call goes on");
    await tray.ask("POST", "/call/end", { outcome: "answered" });
    await eventually("the tray to notice", async () => (await status())["online"] === false);
    assert.equal((await status())["state"], "offline");

    const second = await start("Eva Ruiz");
    await recording();
    await wait(1_000);
    await tray.ask("POST", "/call/end", { outcome: "answered" });
    assert.ok(Number((await status())["waiting"]) > 0, "what could not be sent waits on the disk");
    await office.replug();

    const recordings = await eventually("both recordings", async () => {
      const all = await office.recordings();
      return all.length === 2 ? all : null;
    });
    await eventually("an empty outbox", async () => (await status())["waiting"] === 0);
    const calls = await office.calls();
    assert.equal(calls.length, 2, "each call once");
    assert.deepEqual(new Set(calls.map(({ id }) => id)), new Set([first, second]));
    assert.ok(calls.every(({ endedAt, outcome, recorded }) => endedAt && outcome === "answered" && recorded));
    const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    const local = globSync("recordings/**/*.wav", { cwd: folder.path }).map((file) =>
      digest(readFileSync(join(folder.path, file))),
    );
    const remote = await Promise.all(
      recordings.map(async ({ callId }) => {
        const audio = await fetch(`${office.url}/api/recordings/${callId}/audio`, {
          headers: { cookie: office.cookie },
        });
        return digest(new Uint8Array(await audio.arrayBuffer()));
      }),
    );
    assert.equal(local.length, 2);
    assert.deepEqual(new Set(remote), new Set(local), "the same bytes");
  },
);

test("without Ollama the approved answer comes, and a line that says what to do", async (t) => {
  const office = await company(t, { LANGUAGE: "es" });
  const answer = await fetch(`${office.url}/api/pair`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: await office.code(), device: "PC" }),
  });
  const { token } = (await answer.json()) as { token: string };
  const asked = await fetch(`${office.url}/api/copilot/ask`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
      "accept-language": "es",
    },
    body: JSON.stringify({ text: "es muy caro" }),
  });
  const events = await asked.text();
  assert.deepEqual(
    events.match(/^event: ?\w+/gm)?.map((line) => line.slice(7).trim()),
    ["card", "error"],
    events,
  );
  assert.match(events, /caro/i);
  const problem = JSON.parse(/event: ?error\ndata: ?(.*)/.exec(events)?.[1] ?? "{}") as Problem;
  assert.ok(problem.code && problem.hint.length > 10, events);
});
