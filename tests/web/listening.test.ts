import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import type { Options } from "./support/fake-server.ts";
import { teams } from "./support/transcript-scene.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

const admin: Options = { role: "admin" };

describe("who is listened to", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  test("what it means stands there before anybody switches it on; who did is said", () =>
    visit("/admin", PHONE, admin, async (page) => {
      await page.getByRole("navigation").getByRole("link", { name: "Escucha" }).click();
      await page.locator("[data-team]").first().waitFor();
      for (const said of ["Nada sale de la empresa.", "No se deduce el ánimo de nadie", "números de tarjeta"])
        await page.getByText(said, { exact: false }).waitFor();
      assert.match(
        await page.locator("[data-team='Ventas Norte']").innerText(),
        /Encendido por Elena Vega, 20 nov, 10:12/,
      );
      assert.match(
        await page.locator("[data-team='Ventas Sur']").innerText(),
        /Apagado; nadie lo ha cambiado/,
      );
      assert.match(
        await page.locator("[data-team='Bajas']").innerText(),
        /Apagado por Elena Vega, 2 nov, 18:40/,
      );
      assert.equal(await page.getByRole("switch", { checked: true }).count(), 1);
    }));

  test("a team is switched on, and the line says by whom and when", () =>
    visit("/admin#escucha", DESK, admin, async (page, server) => {
      await page.getByRole("switch", { name: "Ventas Sur · Sevilla" }).click();
      await page.locator("[data-team='Ventas Sur'][data-listening=true]").waitFor();
      await page.getByText("Encendido por Luis Prieto, 23 nov, 16:42").waitFor();
      assert.deepEqual(sent(server, "PATCH", `/api/teams/${teams[1]?.id}`), { listening: true });
      await page.getByRole("switch", { name: "Ventas Norte · Madrid" }).click();
      await page.locator("[data-team='Ventas Norte'][data-listening=false]").waitFor();
    }));

  test("a switch that the server refuses stands as it was, and says why", () =>
    visit("/admin#escucha", DESK, admin, async (page) => {
      await page.locator("[data-team]").first().waitFor();
      await page.route("**/api/teams/*", (route) => route.abort());
      await page.getByRole("switch", { name: "Bajas · Madrid" }).click();
      await page.locator("[data-team=Bajas] [role=alert]").waitFor();
      assert.equal(await page.getByRole("switch", { name: "Bajas · Madrid" }).isChecked(), false);
    }));

  test("the recogniser's word errors, once there are enough lines", async () => {
    await visit("/admin#escucha", DESK, admin, async (page) => {
      await page.getByText("Faltan 8 frases corregidas").waitFor();
      await page.getByText("12 de 20", { exact: true }).waitFor();
    });
    const known = { lines: 46, words: 388, errors: 27, rate: null };
    await visit("/admin#escucha", DESK, { ...admin, wordErrors: known }, async (page) => {
      await page.getByText("27 palabras mal de 388, en 46 frases").waitFor();
      assert.equal((await page.locator(".metric").innerText()).replace("\u00a0", " "), "7 %");
    });
  });

  test("without teams it says where they come from; in English it is English", () =>
    visit("/admin#escucha", { ...DESK, language: "en" }, { ...admin, teams: [] }, async (page) => {
      await page.getByText("No teams yet. Each comes with its first person.").waitFor();
      await page.getByText("8 corrected lines to go").waitFor();
    }));
});
