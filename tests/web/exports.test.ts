import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import type { ExportInput, ScheduleInput } from "#contract";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { twoTeams } from "./support/board-pictures.ts";
import { bringAxe, tooSmall, violations } from "./support/accessible.ts";
import { openBrowser } from "./support/browser.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

describe("exports", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  test("one is asked for, shows how far it is, and is downloaded", () =>
    visit("/mobile", PHONE, {}, async (page, server) => {
      await bringAxe(page);
      await page.reload();
      await page.getByRole("button", { name: "Exportar a Excel" }).click();
      const sheet = page.getByRole("dialog", { name: "Exportar" });
      await sheet.getByText("Aún no hay ninguna").waitFor();
      await sheet.getByLabel("Qué").selectOption("agents");
      await sheet.getByLabel("Desde").fill("2026-11-01");
      await sheet.getByRole("button", { name: "Preparar" }).click();
      await sheet.locator("[data-state=running] progress").waitFor();
      await sheet.locator("[data-state=done]").waitFor();
      assert.deepEqual(sent(server, "POST", "/api/exports"), {
        kind: "agents",
        format: "xlsx",
        filters: { from: "2026-11-01", to: "2026-11-23" },
      });
      const coming = page.waitForEvent("download");
      await sheet.getByRole("link", { name: /^Descargar agents_2026-11-01/ }).click();
      assert.match((await coming).suggestedFilename(), /\.xlsx$/);
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await tooSmall(page), []);
      await sheet.getByRole("button", { name: /^Quitar/ }).click();
      await sheet.getByText("Aún no hay ninguna").waitFor();
    }));

  test("one that runs is cancelled", () =>
    visit("/mobile", DESK, {}, async (page) => {
      await page.getByRole("button", { name: "Exportar a Excel" }).click();
      const sheet = page.getByRole("dialog", { name: "Exportar" });
      await sheet.getByRole("button", { name: "Preparar" }).click();
      await sheet.getByRole("button", { name: /^Cancelar/ }).click();
      await sheet.getByText("Cancelada").waitFor();
    }));

  test("one that makes itself is added, paused and removed", () =>
    visit("/mobile", DESK, {}, async (page, server) => {
      await bringAxe(page);
      await page.reload();
      await page.getByRole("button", { name: "Exportar a Excel" }).click();
      const sheet = page.getByRole("dialog", { name: "Exportar" });
      await sheet.locator("[data-add-schedule]").click();
      await sheet.getByLabel("Nombre").fill("Ventas");
      await sheet.getByLabel("Cuándo").selectOption("weekly");
      await sheet.getByRole("button", { name: "Guardar" }).click();
      await sheet.getByText(/Llamadas · Cada semana · la próxima/).waitFor();
      assert.deepEqual(sent(server, "POST", "/api/schedules"), {
        name: "Ventas",
        period: "weekly",
        kind: "calls",
        format: "xlsx",
        filters: {},
        byTeam: false,
      });
      await sheet.getByRole("switch").click();
      await sheet.getByText(/en pausa/).waitFor();
      assert.deepEqual(await violations(page), []);
      await sheet.getByRole("button", { name: "Quitar Ventas" }).click();
      await eventually("it to go", () => page.evaluate("document.querySelector('[data-schedule]') === null"));
      await sheet.getByRole("button", { name: "Deshacer" }).click();
      await sheet.getByText(/Llamadas · Cada semana · en pausa/).waitFor();
    }));

  test("it opens with what the list, or the trends, are narrowed to", () =>
    visit(
      "/mobile#grabaciones?campaign=Fibra&disposition=sale&when=week",
      PHONE,
      {},
      async (page, server) => {
        await page.getByRole("button", { name: "Exportar a Excel" }).click();
        await page.locator("select[name=campaign] option[value=Fibra]").waitFor({ state: "attached" });
        await page.getByRole("button", { name: "Preparar" }).click();
        await page.locator("[data-state=done]").waitFor();
        assert.deepEqual(sent(server, "POST", "/api/exports"), {
          kind: "recordings",
          format: "xlsx",
          filters: { campaign: "Fibra", disposition: "sale", from: "2026-11-17", to: "2026-11-23" },
        });
        await page.keyboard.press("Escape");
        await page.goto(page.url().replace(/#.*/, "#tendencias"));
        const answered = page.waitForResponse(/trends\?.*campaign=Fibra/);
        await page.locator(".chip.select select").last().selectOption("Fibra");
        await answered;
        await eventually("the trends of the campaign", async () => {
          await page.getByRole("button", { name: "Exportar a Excel" }).click();
          const chosen = await page.locator("select[name=campaign]").inputValue();
          await page.keyboard.press("Escape");
          return chosen === "Fibra";
        });
      },
    ));
});
