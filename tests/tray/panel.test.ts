import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { findBrowser } from "../../tray/panel/browser.ts";
import { createPanel } from "../../tray/panel/panel.ts";
import { ServerError } from "../../tray/ports.ts";
import { Desktop, DESKTOP } from "../support/desktop.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";

const PAGE = `<!doctype html><title>copiloto</title><input autofocus><script>
let [summons, recording] = [0, ""];
const show = () => { document.title = ["copiloto", summons || "", recording].join(" "); };
addEventListener("callmanager:summon", () => { summons += 1; show(); });
addEventListener("callmanager:recording", (e) => { recording = e.detail.recording ?? ""; show(); });
addEventListener("keydown", (e) => { if (e.key === "Escape") window.callmanagerHide ? window.callmanagerHide("") : close();
  if (e.key === "F2") window.callmanagerRecording("pause");
  if (e.key === "F8") window.callmanagerRecording("resume");
  if (e.key === "F9") window.callmanagerRecording("erase"); });
addEventListener("input", (e) => { document.title = "copiloto: " + e.target.value; });
</script>`;

/** A page like the server's, and its `panelUrl`, which can be made to fail. */
async function pages(t: TestContext) {
  const opened: string[] = [];
  const http = createServer((request, response) => {
    if (request.url?.startsWith("/assist")) opened.push(request.url);
    const unaware = server.unaware ? "<script>document.hasFocus = () => false</script>" : "";
    response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE + unaware);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  t.after(() => http.close());
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  let tickets = 0;
  const server = {
    away: false,
    /** With a page that learns late, here never, that it has the focus. */
    unaware: false,
    panelUrl: async () => {
      if (server.away) throw new ServerError("unreachable", "no answer", "later", true);
      return `${origin}/assist?ticket=${++tickets}`;
    },
  };
  return { opened, server };
}

test("the panel on a real desktop", { skip: needs(...DESKTOP, "chromium") }, async (t) => {
  const desktop = await Desktop.open({ host: false });
  t.after(() => desktop.close());
  const data = mkdtempSync(join(tmpdir(), "panel-"));
  t.after(() => rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  await desktop.terminal("crm");
  const { opened, server } = await pages(t);
  const env = { ...desktop.env, CALLMANAGER_BROWSER: "chromium" };
  const panel = createPanel({ data, server, language: "es", log: () => undefined, env });
  t.after(() => panel.stop());
  const geometry = async () => {
    const window = await desktop.window("copiloto");
    return desktop.xdotool("getwindowgeometry", "--shell", window ?? "");
  };
  const top = async () => Number(/Y=(\d+)/.exec(await geometry())?.[1]);
  const focus = (title: RegExp) =>
    eventually(`the focus on ${title}`, async () => title.test(await desktop.focused()));
  /** For a page that was loaded just now, and takes keys a moment later. */
  const escape = () =>
    eventually("the CRM", async () => {
      await desktop.xdotool("key", "Escape");
      return /crm/.test(await desktop.focused());
    });

  await t.test("warmed, it stays out of sight and the focus where it was", async () => {
    await panel.warm();
    await eventually("the page", () => opened.length === 1);
    await focus(/crm/);
    await eventually("the dock at the bottom edge, only its title in sight", async () => (await top()) > 750);
  });

  await t.test("shown, it has the focus and the page knows", async () => {
    await panel.show();
    await focus(/copiloto 1/);
    await desktop.xdotool("key", "m");
    await focus(/copiloto: m/);
    assert.deepEqual(opened, ["/assist?ticket=1"]);
  });

  await t.test("its page pauses and resumes the recording, and is told what becomes of it", async () => {
    const asked: boolean[] = [];
    panel.onRecording((paused) => {
      asked.push(paused);
      panel.tell({ recording: paused ? "paused" : "running", ears: "listening" });
    });
    panel.tell({ recording: "running", ears: "listening" });
    await focus(/copiloto \d running/);
    await desktop.xdotool("key", "F2");
    await focus(/copiloto \d paused/);
    await desktop.xdotool("key", "F9", "F8");
    await focus(/copiloto \d running/);
    assert.deepEqual(asked, [true, false], "any other word is not heard");
  });

  await t.test("Esc hides it, gives the focus back, and keeps it warm", async () => {
    const browser = panel.browserPid();
    await desktop.xdotool("key", "Escape");
    await focus(/crm/);
    await eventually("the dock", async () => (await top()) > 750);
    await panel.show();
    await focus(/copiloto 2/);
    assert.equal(panel.browserPid(), browser);
    assert.equal(opened.length, 1);
  });

  await t.test("hidden, it takes the focus from nobody, and gives back what a click gave it", async () => {
    await desktop.xdotool("key", "Escape");
    await focus(/crm/);
    const mail = await desktop.terminal("mail");
    await focus(/mail/);
    await panel.hide();
    await desktop.xdotool("key", "Escape");
    assert.match(await desktop.focused(), /mail/);
    await desktop.xdotool("windowkill", mail);
    await focus(/crm/);
    await desktop.xdotool("windowactivate", (await desktop.window("copiloto")) ?? "");
    await focus(/copiloto/);
    await desktop.xdotool("key", "Escape");
    await focus(/crm/);
    await panel.show();
    await focus(/copiloto \d/);
  });

  await t.test("it stands at the top right, 420 by 640", async () => {
    await eventually("its place", async () => (await top()) < 100);
    const shape = await geometry();
    assert.match(shape, /WIDTH=4\d\d\nHEIGHT=6\d\d/);
    assert.ok(Number(/X=(\d+)/.exec(shape)?.[1]) > 800, shape);
  });

  await t.test("docked and then minimised by the person, it comes back to where it stood", async () => {
    await desktop.xdotool("key", "Escape");
    await eventually("the dock", async () => (await top()) > 750);
    await desktop.xdotool("windowminimize", "--sync", (await desktop.window("copiloto")) ?? "");
    await panel.show();
    await focus(/copiloto \d/);
    await eventually("its place", async () => (await top()) < 100);
  });

  await t.test("closed by the person, it opens again at the next show", async () => {
    const browser = panel.browserPid();
    await desktop.xdotool("key", "alt+F4");
    await eventually("the end of the browser", () => panel.browserPid() === undefined);
    await Promise.all([panel.show(), panel.show()]);
    await focus(/copiloto \d running/);
    assert.notEqual(panel.browserPid(), browser);
    assert.equal(opened.length, 2);
    await panel.stop();
  });

  await t.test("without the server it says so, and finds the way back by itself", async () => {
    server.away = true;
    await panel.show();
    await focus(/CallManager/);
    server.away = false;
    await panel.show();
    await focus(/copiloto \d/);
    assert.equal(opened.length, 3);
  });

  await t.test("its own window is never the one that had the focus, whatever its page knows", async () => {
    await panel.stop();
    server.unaware = true;
    await panel.show();
    await focus(/copiloto \d/);
    await panel.show();
    await escape();
    await panel.stop();
    server.unaware = false;
    await panel.show();
    await focus(/copiloto \d/);
  });

  await t.test("when the program that had the focus is gone, it is minimised", async () => {
    await escape();
    await panel.show();
    await focus(/copiloto \d/);
    await desktop.xdotool("windowkill", (await desktop.window("crm")) ?? "");
    await eventually("the end of the terminal", async () => (await desktop.window("crm")) === null);
    await desktop.xdotool("key", "Escape");
    await eventually("the panel to go", async () => (await desktop.window("copiloto")) === null);
    await panel.show();
    await focus(/copiloto \d/);
  });

  await t.test("when that program has closed to the tray, it is minimised too", async () => {
    const agenda = await desktop.terminal("agenda");
    await focus(/agenda/);
    await panel.show();
    await focus(/copiloto \d/);
    await desktop.xdotool("windowunmap", "--sync", agenda);
    await desktop.xdotool("key", "Escape");
    await eventually("the panel to go", async () => (await desktop.window("copiloto")) === null);
    await panel.show();
    await focus(/copiloto \d/);
  });

  await t.test("a killed browser is started again", async () => {
    const browser = panel.browserPid();
    assert.ok(browser);
    process.kill(browser, "SIGKILL");
    await eventually("the end of the browser", () => panel.browserPid() === undefined);
    await panel.show();
    await focus(/copiloto \d/);
  });
});

test(
  "without a browser for it, the panel opens in the default one",
  { skip: process.platform !== "linux" },
  async (t) => {
    const data = mkdtempSync(join(tmpdir(), "panel-"));
    t.after(() => rmSync(data, { recursive: true, force: true }));
    const bin = join(data, "bin");
    mkdirSync(bin);
    writeFileSync(
      join(bin, "xdg-open"),
      `#!/bin/sh\necho "$1" > ${data}/opened.new && /bin/mv ${data}/opened.new ${data}/opened\n`,
    );
    chmodSync(join(bin, "xdg-open"), 0o755);
    const { server } = await pages(t);
    const options = { data, server, language: "es", log: () => undefined } as const;
    await createPanel({ ...options, env: { PATH: bin } }).show();
    const url = await eventually("the opener", () => readFileSync(join(data, "opened"), "utf8"));
    assert.match(url, /assist\?ticket=1/);
    await assert.rejects(
      createPanel({ ...options, env: { PATH: "/nowhere" } }).show(),
      /no browser could be opened/,
    );
  },
);

test("the browser: the configured one, else the first known one", (t) => {
  const bin = mkdtempSync(join(tmpdir(), "bin-"));
  t.after(() => rmSync(bin, { recursive: true, force: true }));
  for (const name of ["chromium", "google-chrome", "mine"])
    writeFileSync(join(bin, name), "", { mode: 0o755 });
  const env = { PATH: `/nowhere:${bin}` };
  assert.equal(findBrowser(env, "linux"), join(bin, "google-chrome"));
  assert.equal(findBrowser({ ...env, CALLMANAGER_BROWSER: "mine" }, "linux"), join(bin, "mine"));
  assert.equal(findBrowser({ ...env, CALLMANAGER_BROWSER: join(bin, "mine") }, "linux"), join(bin, "mine"));
  assert.equal(findBrowser({ ...env, CALLMANAGER_BROWSER: "absent" }, "linux"), null);
  assert.equal(findBrowser({}, "win32"), null);
});
