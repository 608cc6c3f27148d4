import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { needs } from "../support/real.ts";
import { testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";
import { openBrowser, openPage } from "../web/support/browser.ts";
import * as scene from "../web/support/scene.ts";
import { served } from "../support/served.ts";
import { DESK } from "../web/support/visit.ts";

const DAYS = 20;
const DAY_MS = 86_400_000;

describe("trends of a real server", { skip: needs("chromium") }, () => {
  let browser: Browser;
  let server: TestServer;
  let pages: Awaited<ReturnType<typeof served>>;
  before(async () => {
    browser = await openBrowser();
    server = await testServer();
    pages = await served(server);
    const teams: [Client, campaign: string, sells: (day: number) => boolean][] = [
      [await server.device({ name: "Lucía Ferrer" }), "Fibra", () => true],
      [
        await server.device({ name: "Diego Salas", team: "Ventas Sur", site: "Sevilla" }),
        "Seguro",
        (day) => day % 4 === 0,
      ],
    ];
    // of three calls a day nobody is there in one
    for (let back = DAYS; back > 0; back--)
      for (const [device, campaign, sells] of teams)
        for (const [i, disposition] of [
          sells(back) ? "sale" : "not_interested",
          "not_interested",
          "no_answer",
        ].entries()) {
          const at = new Date(scene.NOW.getTime() - back * DAY_MS - i * 600_000);
          server.setNow(at);
          const change = { disposition, wrapUpEndedAt: new Date(at.getTime() + 90_000).toISOString() };
          server.setNow(new Date(at.getTime() + 90_000));
          await wholeCall(device, at, { start: { campaign }, seconds: 60, change });
        }
    server.setNow(scene.NOW);
  });
  after(async () => {
    await browser.close();
    pages.close();
    await server.close();
  });

  /** The board as somebody sees it who has just signed in. */
  async function board(as: Client, deed: (page: Page) => Promise<void>): Promise<void> {
    const view = await openPage(browser, DESK);
    try {
      await view.page
        .context()
        .addCookies([{ name: "callmanager", value: await server.cookieOf(as.userId), url: pages.url }]);
      await view.page.goto(`${pages.url}/mobile#tendencias`);
      await view.page.waitForSelector("[data-trends]");
      await deed(view.page);
      assert.deepEqual(view.errors, []);
    } finally {
      await view.close();
    }
  }
  const text = async (page: Page, where: string): Promise<string> =>
    ((await page.locator(where).first().textContent()) ?? "").replaceAll("\u00a0", " ");

  test("an executive opens the success rate, and finds as many calls as it says", async () => {
    const boss = await server.browser("executive", { team: "Dirección", site: "Madrid" });
    await board(boss, async (page) => {
      await page.getByText("25 de 80 contactos").waitFor();
      await page.click(".tiles [data-opens=successRate]");
      const sheet = page.locator("dialog");
      await sheet.locator("[data-behind]").first().waitFor();
      assert.equal(await text(page, "[data-value]"), "31 % 25 de 80");
      await sheet.locator("[data-more]").click();
      await sheet.locator("[data-behind]").nth(24).waitFor();
      assert.equal(await sheet.locator("[data-behind]").count(), 25);
      await sheet.locator("[data-against=calls]").click();
      await sheet.getByText("25 de 120").waitFor();
      await page.keyboard.press("Escape");

      assert.match(await text(page, "[data-group='Ventas Sur']"), /Sevilla.*5 de 40/);
      await page.click("[data-group='Ventas Sur'] [data-opens=successRate]");
      await sheet.getByText("Ventas Sur ·").waitFor();
      assert.equal(await text(page, "[data-value]"), "13 % 5 de 40");
      await page.keyboard.press("Escape");

      await page.locator(".trends select").nth(1).selectOption("Fibra");
      await page.locator("[data-group='Ventas Sur']").waitFor({ state: "detached" });
      await page.click(".tiles [data-opens=averageHandle]");
      await sheet.locator("[data-behind]").first().waitFor();
      await sheet.getByText("Fibra", { exact: false }).first().waitFor();
    });
  });

  test("a supervisor sees the own team's", async () => {
    const luis = await server.browser("supervisor", { team: "Ventas Sur", site: "Sevilla" });
    await board(luis, async (page) => {
      await page.getByText("5 de 40 contactos").waitFor();
      assert.equal(await page.locator("[data-group]").count(), 1);
    });
  });
});
