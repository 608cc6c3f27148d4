import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { test } from "node:test";
import { promisify } from "node:util";
import { AUDIO, SoundServer } from "../support/audio.ts";
import { company } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder, root } from "../support/process.ts";
import { needs } from "../support/real.ts";
import { TrayProcess } from "../support/tray.ts";

const run = promisify(execFile);

test(
  "a real tray without a desktop, with a real server and real sound",
  { skip: needs(...AUDIO) },
  async (t) => {
    const { url, code, calls, recordings } = await company(t);
    const sound = await SoundServer.open();
    t.after(() => sound.close());
    const folder = await dataFolder();
    t.after(() => folder.remove());
    const { DISPLAY: _none, ...headless } = sound.env;
    const env = { ...headless, SERVER_URL: url };
    let tray = await TrayProcess.start(folder.path, env);
    t.after(() => tray.end("SIGKILL"));

    await t.test("lives without icon and hotkey, says so, and waits to be paired", async () => {
      const said = (what: RegExp) => eventually(`the word on it: ${what}`, () => what.test(tray.log()));
      await said(/no icon[\s\S]*DISPLAY/);
      await said(/no hotkey[\s\S]*DISPLAY/);
      assert.deepEqual((await tray.ask("GET", "/status")).body["paired"], false);
    });

    await t.test("is paired by the server's page with one click", async () => {
      assert.equal((await tray.pairFromPage("http://evil.example", await code())).status, 403);
      assert.equal((await tray.pairFromPage(url, "AAAA-AAAA")).status, 422);
      assert.equal((await tray.pairFromPage(url, await code())).status, 200);
      await eventually(
        "a ready tray",
        async () => (await tray.ask("GET", "/status")).body["state"] === "idle",
      );
    });

    await t.test("records a call that a softphone reports, and delivers it", async () => {
      const contact = { name: "Juan García", phone: "+34600111222" };
      const { status, body } = await tray.ask("POST", "/call/start", { contact, externalId: "sip-1" });
      assert.equal(status, 201);
      const started = await eventually("the call", async () => (await calls())[0]);
      assert.deepEqual(
        [started.id, started.contact.name, started.endedAt],
        [body["callId"], "Juan García", null],
      );
      await eventually("the recorder", async () => {
        const { call } = (await tray.ask("GET", "/status")).body;
        return (call as { recording: string }).recording === "running";
      });
      await tray.ask("POST", "/call/end", { externalId: "sip-1" });
      const recording = await eventually("the recording", async () => (await recordings())[0]);
      assert.equal(recording.callId, body["callId"]);
      const files = globSync("recordings/María/Juan García/llamada_001_Juan García_*_*.wav", {
        cwd: folder.path,
      });
      assert.equal(files.length, 1);
      assert.equal((await calls())[0]?.outcome, "answered");
    });

    await t.test("a second one asks the first to show the panel, and leaves", async () => {
      const variables = { ...env, TRAY_DATA: folder.path, CONTROL_PORT: String(tray.port()) };
      const main = (...words: string[]) =>
        run(process.execPath, ["tray/main.ts", ...words], { cwd: root, env: variables });
      await main();
      const { stdout } = await main("status");
      assert.equal((JSON.parse(stdout) as { state: string }).state, "idle");
      await assert.rejects(main("dance"), /«dance» is not known/);
    });

    await t.test("ended during a call, it ends the call safely first", async () => {
      await tray.ask("POST", "/call/start", { contact: { name: "Eva" } });
      await eventually("the call", async () => (await calls()).some((call) => call.contact.name === "Eva"));
      assert.equal(await tray.end("SIGTERM"), 0);
      const eva = (await calls()).find((call) => call.contact.name === "Eva");
      assert.equal(eva?.outcome, "answered");
    });

    await t.test("cut off during a call, it finishes that call when it starts again", async () => {
      tray = await TrayProcess.start(folder.path, env);
      const { body } = await tray.ask("POST", "/call/start", { contact: { name: "Luz" } });
      await eventually("a second of sound", async () => {
        const { call } = (await tray.ask("GET", "/status")).body;
        return (
          (call as { recording: string }).recording === "running" &&
          (await calls()).some(({ id }) => id === body["callId"])
        );
      });
      await tray.end("SIGKILL");
      tray = await TrayProcess.start(folder.path, env);
      await eventually("the end of the call", async () =>
        (await calls()).every((call) => call.endedAt !== null),
      );
      await eventually("all recordings", async () => (await recordings()).length === 3);
      assert.equal(await tray.end("SIGTERM"), 0);
    });

    await t.test("no log line names anybody or holds a key", async () => {
      assert.doesNotMatch(tray.log(), /Juan|Eva|Luz|María|600111222|Bearer/);
    });
  },
);

test("a configuration that cannot be right is said in one line a mistake", async () => {
  const env = { ...process.env, SERVER_URL: "ftp://x", CONTROL_PORT: "70000" };
  const failed = await run(process.execPath, ["tray/main.ts"], { cwd: root, env }).catch(
    (error: unknown) => error,
  );
  assert.match((failed as { stderr: string }).stderr, /not valid[\s\S]*SERVER_URL[\s\S]*CONTROL_PORT/);
});
