import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import type { AgentRow, LiveEvent, Page, Recording, Snapshot, Stats, Transcript } from "#contract";
import { serverEvents } from "../../web/sse.ts";
import { readKept } from "../demo/kept.ts";
import { asBrowser, signedIn } from "../demo/wire.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder, root } from "../support/process.ts";

/** The demo as somebody starts it, with a folder of its own, once it says where to look. */
async function demo(folder: string) {
  const child = spawn(process.execPath, ["tests/demo/main.ts", "--folder", folder], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const found = /(http:\/\/localhost:\d+)\/mobile/.exec(line)?.[1];
        if (found) resolve(found);
      });
    child.once("exit", (code) => reject(new Error(`the demo ended with ${code}:\n${lines.join("\n")}`)));
  });
  return { url, child, ended, output: () => lines.join("\n") };
}

/** What a board shows, kept up to date as the page does it; `changes` counts frames after the snapshot. */
async function board(url: string, cookie: string) {
  const response = await fetch(`${url}/api/live`, { headers: { cookie } });
  const seen = {
    snapshot: null as Snapshot | null,
    agents: new Map<string, AgentRow>(),
    stats: null as Stats | null,
    changes: 0,
  };
  const events = serverEvents(response.body ?? assert.fail());
  const reading = (async () => {
    for await (const { event, data } of events) {
      const frame = { event, data: JSON.parse(data) } as LiveEvent;
      if (frame.event === "snapshot") {
        seen.snapshot = frame.data;
        seen.stats = frame.data.stats;
        for (const row of frame.data.agents) seen.agents.set(row.id, row);
      } else seen.changes++;
      if (frame.event === "stats") seen.stats = frame.data;
      if (frame.event === "agent") seen.agents.set(frame.data.id, frame.data);
    }
  })();
  // the demo's end cuts the stream
  reading.catch(() => undefined);
  return seen;
}

const signature = (file: string): string => {
  if (!existsSync(file)) return "absent";
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}`;
};

test("the demo plays a call centre on data of its own, moves by itself and ends clean", async (t) => {
  const own = join(root, "callmanager.db");
  const before = signature(own);
  const folder = await dataFolder();
  const data = join(folder.path, "demo");
  const began = performance.now();
  const running = await demo(data);
  t.after(async () => {
    running.child.kill("SIGKILL");
    await folder.remove();
  });
  const { url } = running;
  const kept = readKept(data) ?? assert.fail();
  const login = (role: string) =>
    signedIn(url, "/api/login", kept.people.find((person) => person.role === role) ?? {});
  const cookie = await login("supervisor");
  const supervisor = asBrowser(url, cookie);

  const seen = await board(url, cookie);
  await eventually(
    "three calls in progress",
    () => [...seen.agents.values()].filter(({ state }) => state === "on_call").length >= 3,
  );
  await eventually("changes", () => seen.changes >= 5);
  t.diagnostic(`a board that moves after ${Math.round((performance.now() - began) / 1000)} s`);
  const rows = [...seen.agents.values()];
  assert.equal(rows.length, 8, "the supervisor sees the own team");

  const deaf = () => [...seen.agents.values()].find(({ name }) => name === "Diego Salas");
  await eventually("the call without the customer's voice", () => deaf()?.capture?.customer === "missing");

  // just after midnight nobody has ended a call yet
  const today = await eventually("a call of today", () =>
    seen.stats && seen.stats.totals.calls > 0 ? seen.stats.totals : null,
  );
  assert.ok(today.sales <= today.contacts && today.contacts <= today.answered);
  assert.equal(today.successRate.numerator, today.sales);
  const { totals, days } = (seen.snapshot ?? assert.fail()).stats;
  const summed = (seen.snapshot?.agents ?? []).reduce((sum, { calls }) => sum + calls, 0);
  assert.equal(summed, totals.calls, "the rows add up to the tile");
  assert.ok(days.filter(({ calls }) => calls > 0).length >= 5, "there were days before");

  const { callId } = await eventually(
    "a recording",
    async () => (await supervisor<Page<Recording>>("GET", "/api/recordings")).items[0],
  );
  const audio = await fetch(`${url}/api/recordings/${callId}/audio`, {
    headers: { cookie, range: "bytes=0-43" },
  });
  assert.equal(audio.status, 206);
  assert.equal(Buffer.from(await audio.arrayBuffer()).toString("latin1", 0, 4), "RIFF");
  const said = await supervisor<Transcript>("GET", `/api/transcripts/${callId}`);
  assert.ok(said.lines.length > 0 && said.talk !== null);

  for (const role of ["agent", "executive", "admin"]) assert.notEqual(await login(role), "");
  for (const { role, password } of kept.people)
    if (role !== "agent") assert.ok(running.output().includes(password), `how ${role} signs in is printed`);
  assert.match(running.output(), /ia-simulada/);

  running.child.kill("SIGINT");
  const [code] = await running.ended;
  assert.equal(code, 0, running.output());
  assert.equal(signature(own), before, "the database of the real product is as it was");
  assert.doesNotMatch(readFileSync(join(data, "server.log"), "utf8"), /"status":5\d\d|"level":"error"/);
});

test("a folder with other things in it is not the demo's", async () => {
  const child = spawn(process.execPath, ["tests/demo/main.ts", "--fresh", "--folder", root], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  assert.equal(code, 1);
  assert.ok(existsSync(join(root, "package.json")));
});
