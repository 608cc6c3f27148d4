import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import type { FakeServer, Options } from "./support/fake-server.ts";
import { noTrends } from "./support/trends-scene.ts";
import { DESK, PHONE, visits } from "./support/visit.ts";

const EXECUTIVE: Options = { role: "executive" };
const HEIGHT = 44;

const names = (page: Page): Promise<string[]> =>
  page.locator("[data-group]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-group") ?? ""));
const tabs = (page: Page): Promise<string[]> => page.locator(".nav > a:not(.logo)").allTextContents();
const asked = (server: FakeServer, path: string): URLSearchParams =>
  new URL(server.asked.findLast((one) => one.path.startsWith(path))?.path ?? "", server.url).searchParams;
const ready = (page: Page, days = 90) => page.waitForSelector(`[data-trends="${days}"]`);

describe("trends in Chromium", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  test("executives begin with the trends; supervisors and admins have them among their screens", async () => {
    await visit("/mobile", PHONE, EXECUTIVE, async (page) => {
      await ready(page);
      assert.deepEqual(await tabs(page), ["Tendencias", "Hoy", "Grabaciones"]);
      await page.click(".nav [href='#panel']");
      await page.waitForSelector(".on-call");
      // what the panel leads to is there, though no tab is
      await page.locator("main [href^='#equipo']").first().click();
      await page.waitForSelector("[data-agent]");
    });
    for (const role of ["supervisor", "admin"] as const)
      await visit("/mobile#tendencias", PHONE, { role }, async (page) => {
        await ready(page);
        assert.ok((await tabs(page)).includes("Tendencias"));
      });
    await visit("/mobile#tendencias", PHONE, { role: "supervisor" }, async (page) => {
      await ready(page);
      assert.deepEqual(await names(page), ["Ventas Norte"]);
      // one team is all there is to choose from
      assert.equal(await page.locator(".trends > .chips optgroup").count(), 0);
    });
  });

  test("another span, another site and a campaign are asked for, and stay when one comes back", () =>
    visit("/mobile", DESK, EXECUTIVE, async (page, server) => {
      await ready(page);
      await page.getByText("25 ago – 22 nov, frente al 27 may – 24 ago").waitFor();
      assert.deepEqual([...asked(server, "/api/stats/trends")], [["days", "90"]]);
      await page.click("[data-days='30']");
      await ready(page, 30);
      const [scope, campaign] = [
        page.locator(".trends select").nth(0),
        page.locator(".trends select").nth(1),
      ];
      await scope.selectOption("site:Madrid");
      await page.getByText("Madrid · 2 equipos").waitFor();
      await campaign.selectOption("Fibra");
      await page.locator("[data-group='Captación']").waitFor({ state: "detached" });
      await eventually("the campaign", () => asked(server, "/api/stats/trends").has("campaign"));
      assert.deepEqual(Object.fromEntries(asked(server, "/api/stats/trends")), {
        days: "30",
        scope: "site:Madrid",
        campaign: "Fibra",
      });
      // the choice still has every site, although this answer knows one
      assert.equal(await scope.locator("option").count(), 8);
      await page.click(".nav [href='#panel']");
      await page.waitForSelector(".on-call");
      await page.click(".nav [href='#tendencias']");
      await ready(page, 30);
      await page.getByText("Madrid · 2 equipos").waitFor();
    }));

  test("a tap on a column's name sorts by it, another one turns it round", () =>
    visit("/mobile", DESK, EXECUTIVE, async (page) => {
      await ready(page);
      assert.deepEqual(await names(page), ["Ventas Norte", "Ventas Sur", "Captación", "Fidelización"]);
      await page.click("[data-sort=name]");
      assert.deepEqual(await names(page), ["Captación", "Fidelización", "Ventas Norte", "Ventas Sur"]);
      await page.click("[data-sort=name]");
      assert.deepEqual(await names(page), ["Ventas Sur", "Ventas Norte", "Fidelización", "Captación"]);
      assert.equal(await page.locator("th[aria-sort]").first().getAttribute("aria-sort"), "descending");
      await page.click("[data-kind=campaigns]");
      assert.ok((await names(page)).includes("Alarmas"));
      await page.locator("[data-group=Alarmas]").getByText("pocos casos").waitFor();
      await page.click("[data-kind=sites]");
      assert.deepEqual((await names(page)).toSorted(), ["Bogotá", "Madrid", "Sevilla"]);
    }));

  test("a rate carries what it is made of, a small change is no change, and the help proves nothing", () =>
    visit("/mobile", PHONE, { ...EXECUTIVE, heldOut: true }, async (page) => {
      await ready(page);
      await page.getByText("6.174 de 24.954 contactos").waitFor();
      await page.locator("[data-group='Ventas Sur']").getByText("≈").last().waitFor();
      await page.getByText("Asociación, no causa.").waitFor();
      await page.locator("[data-ai=held_out] b").getByText("Sin IA por sorteo").waitFor();
      await page.getByText(/^Diferencia \+\d,\d puntos$/).waitFor();
      const chart = await page.locator(".plot.rate").getAttribute("aria-label");
      assert.match(chart ?? "", /^La tasa de éxito sube del \d+,\d\s% al \d+,\d\s%\. Su máximo/);
    }));

  test("a number opens: what it is made of, another denominator, the calls behind it, one of them to hear", () =>
    visit("/mobile", PHONE, EXECUTIVE, async (page, server) => {
      await ready(page);
      await page.click(".tiles [data-opens=successRate]");
      const sheet = page.locator("dialog");
      await sheet.getByText("ventas / contactos").waitFor();
      assert.deepEqual(Object.fromEntries(asked(server, "/api/stats/explain")), {
        from: "2026-08-25",
        to: "2026-11-22",
        metric: "successRate",
      });
      assert.equal(await sheet.locator("[data-value]").textContent(), "24,7\u00a0% 6.174 de 24.954");
      await sheet.locator("[data-against=calls]").click();
      await sheet.getByText("ventas / llamadas").waitFor();
      assert.equal(await sheet.locator("[data-value]").textContent(), "22,7\u00a0% 6.174 de 27.217");

      await sheet.locator("[data-behind]").first().waitFor();
      assert.equal(await sheet.locator("[data-behind]").count(), 20);
      assert.equal(asked(server, "/api/stats/behind").get("part"), "numerator");
      await sheet.locator("[data-more]").click();
      await sheet.locator("[data-behind]").nth(39).waitFor();
      await sheet.locator("[data-more]").click();
      await sheet.locator("[data-behind]").nth(44).waitFor();
      assert.equal(await sheet.locator("[data-more]").count(), 0);
      await sheet.locator("[data-part=denominator]").click();
      await sheet.getByText("No interesa").first().waitFor();
      assert.equal(asked(server, "/api/stats/behind").get("part"), "denominator");
      // what was not recorded leads nowhere
      assert.equal(await sheet.locator("div[data-behind]").count(), 6);

      await sheet.locator("a[data-behind]").nth(1).click();
      await page.locator("dialog.dock[open]").getByText("Teresa Maldonado").waitFor();
      assert.equal(await page.locator("[data-figure-sheet]").count(), 0);
    }));

  test("a row's number is opened where it stands", () =>
    visit("/mobile", DESK, EXECUTIVE, async (page, server) => {
      await ready(page);
      await page.locator("[data-group='Ventas Sur'] [data-opens=sales]").click();
      await page.locator("dialog").getByText("Ventas Sur · 25 ago – 22 nov").waitFor();
      assert.equal(asked(server, "/api/stats/explain").get("scope"), "team:Ventas Sur");
      await page.keyboard.press("Escape");
      await page.locator("[data-ai=with] [data-opens]").click();
      await page.locator("dialog").getByText("con IA").waitFor();
      assert.equal(asked(server, "/api/stats/explain").get("ai"), "with");
      await page.keyboard.press("Escape");
      await page.click(".tiles [data-opens=averageHandle]");
      await page.locator("dialog").getByText("9 min 40 s").waitFor();
    }));

  test("the panel's numbers open too, up to the moment at which they stand", () =>
    visit("/mobile", PHONE, {}, async (page, server) => {
      await page.waitForSelector(".uplot");
      await page.click("[data-opens=successRate]");
      await page.locator("dialog").getByText("ventas / contactos").waitFor();
      const query = asked(server, "/api/stats/explain");
      assert.equal(query.get("from"), "2026-11-23");
      assert.equal(query.get("until"), "2026-11-23T15:42:00.000Z");
    }));

  test("the keyboard alone is enough, and comes back to where it was", () =>
    visit("/mobile", DESK, EXECUTIVE, async (page) => {
      await ready(page);
      await page.focus(".tiles [data-opens=calls]");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.locator("dialog [data-behind]").first().waitFor();
      assert.equal(await page.locator("[data-figure-sheet]").getAttribute("data-figure-sheet"), "sales");
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
      assert.equal(await page.evaluate("document.activeElement.dataset.opens"), "sales");
      await page.focus("[data-sort=rate]");
      await page.keyboard.press("Enter");
      assert.equal((await names(page))[0], "Ventas Norte");
      await page.focus("[data-kind=sites]");
      await page.keyboard.press("Space");
      assert.equal(await page.locator(".groups h2").textContent(), "Por sede");
    }));

  test("what can be tapped is large enough on a phone, and says what it is", () =>
    visit("/mobile", { ...PHONE, touch: true }, EXECUTIVE, async (page) => {
      await ready(page);
      await page.waitForSelector(".plot.daily canvas");
      const small = await page
        .locator("main button:visible, main select:visible, main a:visible")
        .evaluateAll(
          (all, least) =>
            all
              .map((one) => ({ box: one.getBoundingClientRect(), text: one.textContent }))
              .filter(({ box }) => box.height < least - 0.5 || box.width < least - 0.5)
              .map(({ box, text }) => `${text}: ${box.width} x ${box.height}`),
          HEIGHT,
        );
      assert.deepEqual(small, []);
      await page.getByRole("button", { name: "Ventas Sur, Tasa de éxito: " }).waitFor();
      await page.getByRole("button", { name: "Tasa de éxito: 24,7" }).waitFor();
    }));

  test("English", () =>
    visit("/mobile", { ...DESK, language: "en" }, EXECUTIVE, async (page) => {
      await ready(page);
      await page.getByText("Association, not cause.").waitFor();
      assert.deepEqual(await tabs(page), ["Trends", "Today", "Recordings"]);
      await page.click(".tiles [data-opens=successRate]");
      await page.locator("dialog").getByText("How it is worked out").waitFor();
      await page.locator("dialog").getByText("Sales out of…").waitFor();
    }));

  test("nothing yet, nothing with these filters, and a server that cannot, each say what to do", async () => {
    await visit("/mobile", PHONE, { ...EXECUTIVE, trends: noTrends() }, async (page) => {
      await page.getByText("Aún no hay 7 días de llamadas").waitFor();
      await page.getByText("Ver hoy").click();
      await page.waitForSelector(".on-call");
    });
    await visit("/mobile", PHONE, { ...EXECUTIVE, trendsDown: true }, async (page, server) => {
      await page.getByText("Las cifras no llegan. Prueba otra vez en un minuto.").waitFor();
      const before = server.asked.length;
      await page.getByText("Reintentar").click();
      await eventually("another question", () => server.asked.length > before);
    });
  });
});
