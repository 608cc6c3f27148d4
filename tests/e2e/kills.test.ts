import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { recordingMetadata } from "#contract";
import { AUDIO, RATE, SoundServer } from "../support/audio.ts";
import { company } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder } from "../support/process.ts";
import { needs } from "../support/real.ts";
import { TrayProcess } from "../support/tray.ts";

const run = promisify(execFile);

/** `KILLS=200` plays the long run; `SEED` another one of the same kind. */
const KILLS = Number(process.env["KILLS"] ?? 8);
const SEED = Number(process.env["SEED"] ?? 20_261_124);
const MISSING_S = 1;
const VICTIMS = ["recorder", "tray", "sound", "server"] as const;

test(
  `${KILLS} kills during calls: every recording plays, nothing is lost or doubled`,
  { skip: needs(...AUDIO), timeout: 60_000 + KILLS * 15_000 },
  async (t) => {
    let seed = SEED;
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const office = await company(t);
    const sound = await SoundServer.open();
    t.after(() => sound.close());
    const folder = await dataFolder();
    t.after(() => folder.remove());
    const { DISPLAY: _none, ...headless } = sound.env;
    const env = { ...headless, SERVER_URL: office.url, SOFTPHONES: "none" };
    let tray = await TrayProcess.start(folder.path, env);
    t.after(() => tray.end("SIGKILL"));
    await tray.pairFromPage(office.url, await office.code());
    type Ongoing = { id: string; recording: string } | null;
    const call = async () => (await tray.ask("GET", "/status")).body["call"] as Ongoing;
    const earlier: string[] = [];
    const said = () => [...earlier, tray.log()].join("\n");
    const worst: Record<string, number> = {};
    /** How long each call's recording must be at least, and how long nothing could be heard, in seconds. */
    const least = new Map<string, { seconds: number; outage: number; victim: string }>();

    for (let i = 0; i < KILLS; i++) {
      const victim = VICTIMS[i % VICTIMS.length] ?? "tray";
      const { callId } = (await tray.ask("POST", "/call/start", { contact: { name: `Cliente ${i}` } })).body;
      await eventually("the recorder", async () => (await call())?.recording === "running");
      const began = performance.now();
      const seconds = () => (performance.now() - began) / 1000;
      await wait(800 + random() * 1_500);
      const killedAt = seconds();
      if (victim === "recorder") {
        const recorders = await sound.recorders();
        const one = recorders[Math.floor(random() * recorders.length)];
        if (one) process.kill(one.pid, "SIGKILL");
      } else if (victim === "sound") await sound.restart();
      else if (victim === "server") {
        await office.unplug();
        await office.replug();
      } else {
        await tray.end("SIGKILL");
        earlier.push(tray.log());
        tray = await TrayProcess.start(folder.path, env);
      }
      const outage = victim === "sound" ? seconds() - killedAt : 0;
      await wait(500 + random() * 1_000);
      if (victim !== "tray") await tray.ask("POST", "/call/end", {});
      // a tray that was killed ends the call where its sound ends
      least.set(String(callId), { seconds: victim === "tray" ? killedAt : seconds(), outage, victim });
      await eventually("no call", async () => (await call()) === null);
    }

    // what is missing is named below, with what the trays said
    await eventually("every recording at the office", async () => {
      const waiting = (await tray.ask("GET", "/status")).body["waiting"];
      return waiting === 0 && (await office.allRecordings()).length >= KILLS;
    }).catch(() => undefined);
    const recordings = await office.allRecordings();
    const calls = await office.allCalls();
    assert.equal(calls.length, KILLS, "each call once");
    const unfinished = calls.filter(({ endedAt, recorded }) => endedAt === null || !recorded);
    const victims = unfinished.map(({ id, endedAt }) => [least.get(id)?.victim, endedAt]);
    assert.deepEqual(victims, [], `each call ended and recorded; the trays said:\n${said()}`);
    assert.deepEqual(new Set(recordings.map(({ callId }) => callId)), new Set(least.keys()));
    assert.equal(recordings.length, KILLS, "each recording once");
    for (const { callId, durationSeconds } of recordings) {
      const { seconds, victim } = least.get(callId) ?? assert.fail();
      const missing = seconds - durationSeconds;
      worst[victim] = Math.max(worst[victim] ?? 0, Math.round(missing * 1000) / 1000);
      assert.ok(missing <= MISSING_S, `${victim}: ${missing} s are missing of ${seconds}`);
    }
    const local = globSync("recordings/**/*.wav", { cwd: folder.path }).map((file) =>
      join(folder.path, file),
    );
    assert.equal(local.length, KILLS);
    const digests = new Set<string>();
    for (const file of local) {
      const shown = Number((await run("soxi", ["-D", file])).stdout);
      const held = (statSync(file).size - 44) / (RATE * 4);
      assert.ok(shown > 0 && Math.abs(shown - held) < 0.01, `it plays: ${shown} s of ${held}`);
      digests.add(createHash("sha256").update(readFileSync(file)).digest("hex"));
    }
    const remote = new Set<string>();
    for (const { callId } of recordings) {
      const path = `${office.url}/api/recordings/${callId}/metadata`;
      const answer = await fetch(path, { headers: { cookie: office.cookie } });
      const { sha256, gaps = [] } = recordingMetadata.parse(await answer.json());
      remote.add(sha256);
      const { outage, victim } = least.get(callId) ?? assert.fail();
      for (const side of ["agent", "customer"]) {
        const lost = gaps
          .filter((gap) => gap.side === side)
          .reduce((sum, { from, to }) => sum + to - from, 0);
        assert.ok(lost <= outage + MISSING_S, `${victim}: ${lost} s of the ${side}, ${outage} s of outage`);
      }
    }
    assert.deepEqual(remote, digests, "the office has the same bytes");
    t.diagnostic(`most that was missing, in seconds, by victim: ${JSON.stringify(worst)}`);
  },
);
