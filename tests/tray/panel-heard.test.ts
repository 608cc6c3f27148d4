import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { createPanel } from "../../tray/panel/panel.ts";
import { Desktop, DESKTOP } from "../support/desktop.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";

const run = promisify(execFile);

/** A page whose title is all that it was given: the words, and how often it was summoned. */
const PAGE = `<!doctype html><title>copiloto</title><input autofocus><script>
let summons = 0, words = [], call = "";
const show = () => document.title = "copiloto " + summons + call + " [" + words.join("|") + "]";
addEventListener("callmanager:summon", () => { summons += 1; show(); });
addEventListener("callmanager:recording", ({ detail: { recording, ears } }) => {
  call = recording === null ? "" : " " + recording + " " + ears;
  show();
});
window.callmanagerHeard = ({ side, text, final, ended, t }) => {
  words = text === "" ? [] : [...words, side + ":" + text + (final ? "." : "") + (ended ? "!" : "") + t];
  show();
};
addEventListener("keydown", (e) => {
  if (e.key === "Escape") window.callmanagerHide("");
  if (e.key === "F5") location.reload();
});
show();
</script>`;

test(
  "the customer's words on the panel of a real desktop",
  { skip: needs(...DESKTOP, "chromium") },
  async (t) => {
    const desktop = await Desktop.open({ host: false });
    t.after(() => desktop.close());
    const data = mkdtempSync(join(tmpdir(), "panel-"));
    t.after(() => rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
    const http = createServer((_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE);
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    t.after(() => http.close());
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/assist`;
    await desktop.terminal("crm");
    const log: string[] = [];
    const panel = createPanel({
      data,
      server: { panelUrl: async () => url },
      language: "es",
      log: (line) => void log.push(line),
      env: { ...desktop.env, CALLMANAGER_BROWSER: "chromium" },
    });
    t.after(() => panel.stop());
    const title = async () => {
      const id = await desktop.window("copiloto");
      return id === null ? "" : desktop.xdotool("getwindowname", id);
    };
    const titled = (pattern: RegExp) =>
      eventually(`the title ${pattern}`, async () => pattern.test(await title()));
    const top = async () => {
      const id = await desktop.window("copiloto");
      return Number(/Y=(\d+)/.exec(await desktop.xdotool("getwindowgeometry", "--shell", id ?? ""))?.[1]);
    };
    const guess = { side: "customer", text: "es muy", final: false, ended: false, t: 900 } as const;
    const line = { side: "customer", text: "es muy caro", final: true, ended: true, t: 900 } as const;

    await t.test("what was said before there was a page is there when it is loaded", async () => {
      panel.heard(guess);
      await panel.warm();
      await titled(/copiloto 0 \[customer:es muy900\]/);
    });

    await t.test("guesses and lines come as they are said, also out of sight", async () => {
      panel.heard(line);
      await titled(/\|customer:es muy caro\.!900\]/);
    });

    await t.test("brought up quietly it is in sight, before all others, and the focus stays", async () => {
      // the CRM covers the whole screen: what is not before it cannot be seen
      const crm = await desktop.window("crm");
      await desktop.xdotool("windowmove", crm ?? "", "0", "0");
      await desktop.xdotool("windowsize", crm ?? "", "1280", "800");
      await panel.show(true);
      await eventually("its place", async () => (await top()) < 100);
      await titled(/copiloto 1 \[/);
      assert.match(await desktop.focused(), /crm/);
      const { stdout } = await run("xprop", ["-root", "_NET_CLIENT_LIST_STACKING"], { env: desktop.env });
      const topmost = Number(/0x[0-9a-f]+\s*$/.exec(stdout)?.[0]);
      assert.equal(topmost, Number(await desktop.window("copiloto")));
    });

    await t.test("the second time it takes the focus", async () => {
      await panel.show(true);
      await eventually("the focus", async () => /copiloto 2/.test(await desktop.focused()));
    });

    await t.test("loaded again, it has the last words again; Esc gives the focus back", async () => {
      await desktop.xdotool("key", "F5");
      await titled(/copiloto \d \[customer:es muy caro\.!900\]/);
      // a page that was loaded just now takes keys a moment later
      await eventually("the focus", async () => {
        await desktop.xdotool("key", "Escape");
        return /crm/.test(await desktop.focused());
      });
    });

    await t.test(
      "another call: the page forgets, and a page that is loaded later knows nothing",
      async () => {
        panel.heard(null);
        await titled(/copiloto \d \[\]/);
        await panel.stop();
        await panel.show(true);
        await titled(/copiloto \d \[\]/);
        assert.deepEqual(log, []);
      },
    );
  },
);
