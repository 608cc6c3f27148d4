import assert from "node:assert/strict";
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { delivered, sweep } from "../../tray/keeping.ts";
import { AUDIO, SoundServer } from "../support/audio.ts";
import { company } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder } from "../support/process.ts";
import { needs } from "../support/real.ts";
import { TrayProcess } from "../support/tray.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

test("a local copy goes when the server has had it for long enough, and only then", async (t) => {
  const folder = await dataFolder();
  t.after(() => folder.remove());
  const place = join(folder.path, "recordings", "María", "Juan García");
  mkdirSync(place, { recursive: true });
  const recording = (name: string) => {
    const file = join(place, `${name}.wav`);
    writeFileSync(file, "audio");
    writeFileSync(join(place, `${name}_metadata.json`), "{}");
    utimesSync(file, daysAgo(400), daysAgo(400));
    return file;
  };
  const [old, recent, unsent] = [recording("old"), recording("recent"), recording("unsent")];
  await delivered(old);
  utimesSync(`${old}.delivered`, daysAgo(31), daysAgo(31));
  await delivered(recent);
  utimesSync(`${recent}.delivered`, daysAgo(29), daysAgo(29));

  assert.equal(await sweep(folder.path, 30, NOW), 1);
  assert.deepEqual([existsSync(old), existsSync(recent), existsSync(unsent)], [false, true, true]);
  assert.equal(existsSync(join(place, "old_metadata.json")), false);
  assert.equal(await sweep(folder.path, 30, NOW), 0);
  assert.equal(await sweep(join(folder.path, "nothing"), 30, NOW), 0);
});

test(
  "a full disk: the call counts, is not recorded, and that is said",
  { skip: needs(...AUDIO) },
  async (t) => {
    const office = await company(t);
    const sound = await SoundServer.open();
    t.after(() => sound.close());
    const folder = await dataFolder();
    t.after(() => folder.remove());
    const { DISPLAY: _none, ...headless } = sound.env;
    // no disk has so much: to this tray it is full
    const env = { ...headless, SERVER_URL: office.url, LEAST_FREE_GB: "10000000" };
    const tray = await TrayProcess.start(folder.path, env);
    t.after(() => tray.end("SIGKILL"));
    await tray.pairFromPage(office.url, await office.code());
    const state = async () => (await tray.ask("GET", "/status")).body;
    await eventually("the warning", async () => (await state())["state"] === "error");
    const { status } = await tray.ask("POST", "/call/start", { contact: { name: "Eva" } });
    assert.equal(status, 201, "the call itself is taken");
    assert.equal((await state())["state"], "error");
    assert.equal(((await state())["call"] as { recording: string }).recording, "failed");
    await tray.ask("POST", "/call/end", {});
    const call = await eventually("the call", async () =>
      (await office.calls()).find(({ endedAt }) => endedAt),
    );
    assert.deepEqual([call.recorded, call.outcome], [false, "answered"]);
  },
);
