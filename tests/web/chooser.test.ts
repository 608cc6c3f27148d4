import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import { DESK, own, PANEL, PHONE, sent, visits } from "./support/visit.ts";

describe("the copilot's models, and help on the agent's page", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  test("another model is chosen with the keyboard, and the question has the focus again", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await page.getByRole("button", { name: "Modelo llama3. Elegir otro" }).click();
      await page.locator("[data-model='llama3:latest'][aria-checked=true]:focus").waitFor();
      // digits and arrows belong to the list while it is open
      await page.keyboard.press("1");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Modelo mistral:7b. Elegir otro" }).waitFor();
      await page.locator(".as-said input:focus").waitFor();
      assert.deepEqual(sent(server, "PUT", "/api/copilot/model"), { model: "mistral:7b" });
      assert.equal(await page.locator("[data-state=idle] [data-key]").count(), 9);
    }));

  test("Esc closes the list and not the window", () =>
    visit("/assist", PANEL, own("call"), async (page) => {
      await page.evaluate("window.hidden = 0; window.callmanagerHide = () => hidden++");
      await page.getByRole("button", { name: /^Modelo/ }).click();
      await page.locator("[role=menu]").waitFor();
      await page.keyboard.press("Escape");
      await page.locator("[role=menu]").waitFor({ state: "detached" });
      assert.equal(await page.evaluate("hidden"), 0);
    }));

  test("a download is followed until its model can be chosen", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await page.waitForSelector("[data-key='1']:has-text('Es caro')");
      const response = await fetch(`${server.url}/api/copilot/pulls`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ model: "qwen3:4b" }),
      });
      assert.equal(response.status, 201);
      await page.evaluate("dispatchEvent(new Event('callmanager:summon'))");
      await page.getByRole("button", { name: /^Modelo/ }).click();
      await page.locator("[data-pull='qwen3:4b']").waitFor();
      await page.locator("[data-model='qwen3:4b']").waitFor();
      await page.locator("[data-pull]").waitFor({ state: "detached" });
    }));

  test("«Pedir ayuda» opens the copilot over the agent's day; Esc closes it and leaves all as it was", () =>
    visit("/mobile", DESK, own("call"), async (page, server) => {
      const button = page.getByRole("button", { name: "Pedir ayuda" });
      await button.waitFor();
      const title = await page.title();
      await button.click();
      await page.locator("dialog:modal .assist[data-state=idle]").waitFor();
      await page.locator(".as-said input:focus").waitFor();
      await page.waitForSelector("[data-key='1']:has-text('Es caro')");
      await page.keyboard.press("1");
      await page.waitForSelector("dialog:modal [data-state=done]");
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
      assert.equal(await page.title(), title);
      await page.locator("[data-help]:focus").waitFor();
      const told = () => sent(server, "POST", "/api/copilot/asks/");
      await eventually("the word on it", () => "dismissed" in told());
      assert.deepEqual(told(), { dismissed: true });
    }));

  test("where the browser keeps its clipboard closed, the sheet copies all the same", () =>
    visit("/mobile", DESK, own("call"), async (page) => {
      await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('closed'))");
      await page.getByRole("button", { name: "Pedir ayuda" }).click();
      await page.waitForSelector("[data-key='1']:has-text('Es caro')");
      await page.keyboard.press("1");
      await page.waitForSelector("dialog:modal [data-state=done]");
      await page.keyboard.press("Enter");
      await page.locator("[data-copy=approved]:has-text('Copiada')").waitFor();
      assert.match(await page.evaluate<string>("navigator.clipboard.readText()"), /^Le entiendo/);
    }));

  test("with a finger the keyboard stays away, and the keys are large enough", () =>
    visit("/mobile", { ...PHONE, touch: true }, own("call"), async (page) => {
      await page.getByRole("button", { name: "Pedir ayuda" }).tap();
      await page.waitForSelector("[data-key='1']:has-text('Es caro')");
      await page.locator("[data-key='1']").tap();
      await page.waitForSelector("[data-state=done]");
      assert.equal(await page.evaluate("document.activeElement.tagName === 'INPUT'"), false);
      const small = await page.evaluate<string[]>(`[...document.querySelectorAll("dialog button")]
        .filter((button) => button.getBoundingClientRect().height < 44).map((button) => button.outerHTML)`);
      assert.deepEqual(small, []);
    }));

  test("the day loads the copilot's code only when it may be needed", async () => {
    const loaded = (files: string[]): boolean => files.some((file) => /help-sheet/.test(file));
    for (const [which, expected] of [
      ["none", false],
      ["call", true],
    ] as const)
      await visit("/mobile", { ...PHONE, clock: "real" }, own(which), async (page) => {
        await page.getByRole("button", { name: "Pedir ayuda" }).waitFor();
        const files = () =>
          page.evaluate<string[]>("performance.getEntriesByType('resource').map(({ name }) => name)");
        if (expected) await eventually("the code", async () => loaded(await files()));
        else await page.waitForLoadState("networkidle", { timeout: 2000 }).catch(() => undefined);
        assert.equal(loaded(await files()), expected);
      });
  });
});
