import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import type { ExportInput, ScheduleInput } from "#contract";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { twoTeams } from "./support/board-pictures.ts";
import { bringAxe, tooSmall, violations } from "./support/accessible.ts";
import { openBrowser } from "./support/browser.ts";
import { stoppedReport, teamReport } from "./support/exports-pictures.ts";
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
      await sheet.getByLabel("Desde").fill("2026-11-30");
      await sheet.getByRole("button", { name: "Preparar" }).click();
      await sheet.getByRole("alert").getByText("Cambia uno de los dos días.").waitFor();
      assert.equal(await sheet.locator("[name=to]").getAttribute("aria-invalid"), "true");
      assert.deepEqual(await violations(page), []);
      await sheet.getByLabel("Desde", { exact: true }).fill("2026-11-01");
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

  test("a report of the team that somebody else has made is there to take, not to remove", () =>
    visit("/mobile", PHONE, { exported: [teamReport] }, async (page) => {
      await page.getByRole("button", { name: "Exportar a Excel" }).click();
      const line = page.locator(`[data-job="${teamReport.id}"]`);
      await line.getByText("40\u00a0kB · hasta el 30 nov · de Clara Vidal").waitFor();
      await line.getByRole("link", { name: `Descargar ${teamReport.fileName}` }).waitFor();
      assert.equal(await line.getByRole("button").count(), 0);
    }));

  test("closed while something is under way, it stays closed", () =>
    visit("/mobile", DESK, {}, async (page) => {
      for (const wait of [0, 40]) {
        await page.getByRole("button", { name: "Exportar a Excel" }).click();
        await page.getByRole("button", { name: "Preparar" }).click();
        await page.waitForTimeout(wait);
        await page.keyboard.press("Escape");
        await page.waitForTimeout(1500);
        assert.equal(await page.locator("dialog[open]").count(), 0);
      }
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
      const form = page.getByRole("dialog", { name: "Otra que se haga sola" });
      await form.getByLabel("Nombre").fill("Ventas");
      await form.getByLabel("Cuándo").selectOption("weekly");
      await form.getByRole("button", { name: "Guardar" }).click();
      await sheet.getByText(/Llamadas · Cada semana · la próxima/).waitFor();
      await eventually("the form to close", async () => (await page.locator("dialog").count()) === 1);
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

  test("all of one that makes itself is changed in the form that made it; one that stopped goes on", () =>
    visit("/mobile", PHONE, { ...twoTeams, schedules: [stoppedReport] }, async (page, server) => {
      await bringAxe(page);
      await page.reload();
      await page.getByRole("button", { name: "Exportar a Excel" }).click();
      const sheet = page.getByRole("dialog", { name: "Exportar" });
      await sheet.getByText(/parada: su equipo o sede ya no existe o no es tuyo; elige otro/).waitFor();
      await sheet.getByRole("button", { name: "Cambiar «Semana»" }).click();
      const form = page.getByRole("dialog", { name: "Cambiar «Semana»" });
      const field = (name: string) => form.locator(`select[name=${name}]`);
      assert.equal(await form.getByLabel("Nombre").inputValue(), "Semana");
      await field("campaign").locator("option[value=Fibra]").waitFor({ state: "attached" });
      const shown = ["kind", "scope", "campaign", "disposition", "period", "format"].map((name) =>
        field(name).inputValue(),
      );
      const before = ["calls", "team:Ventas Oeste", "Fibra", "sale", "weekly", "csv"];
      assert.deepEqual(await Promise.all(shown), before);
      await form.getByLabel("Nombre").fill("Jornadas del mes");
      await field("kind").selectOption("time");
      await field("scope").selectOption("");
      await field("period").selectOption("monthly");
      await field("format").selectOption("xlsx");
      await form.locator("[name=byTeam]").check();
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await tooSmall(page), []);
      await form.getByRole("button", { name: "Guardar y activar" }).click();
      await sheet.getByText("Jornadas · Cada mes · un archivo por equipo · la próxima, el 24 nov").waitFor();
      assert.deepEqual(sent(server, "PATCH", `/api/schedules/${stoppedReport.id}`), {
        name: "Jornadas del mes",
        period: "monthly",
        kind: "time",
        format: "xlsx",
        filters: { contactId: stoppedReport.filters.contactId },
        byTeam: true,
        active: true,
      });
      // closed again, it leaves the sheet below it as it was
      await sheet.getByRole("button", { name: "Cambiar «Jornadas del mes»" }).click();
      await page.getByRole("button", { name: "Guardar", exact: true }).waitFor();
      await page.keyboard.press("Escape");
      await eventually("the form to close", async () => (await page.locator("dialog").count()) === 1);
      assert.equal(await sheet.getByLabel("Desde").isVisible(), true);
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
        await page.locator(".chip.select select").last().selectOption("Fibra");
        await page.getByRole("button", { name: "Exportar a Excel" }).click();
        assert.equal(await page.locator("select[name=campaign]").inputValue(), "Fibra");
      },
    ));

  test("what is exported, and what makes itself, is narrowed as the form says, and told in words", () =>
    visit("/mobile", PHONE, twoTeams, async (page, server) => {
      await bringAxe(page);
      await page.reload();
      await page.getByRole("button", { name: "Exportar a Excel" }).click();
      const sheet = page.getByRole("dialog", { name: "Exportar" });
      const field = (name: string) => sheet.locator(`.export-form select[name=${name}]`);
      await field("scope").selectOption({ label: "Ventas Sur" });
      const [anyone, first = ""] = await field("agent").locator("option").allTextContents();
      assert.equal(anyone, "Todos");
      await field("agent").selectOption({ label: first });
      await field("campaign").selectOption("Fibra");
      await field("disposition").selectOption("sale");
      await sheet.getByRole("button", { name: "Preparar" }).click();
      await sheet.locator("[data-state=done]").waitFor();
      const agent = twoTeams.snapshot?.agents.find(({ name }) => name === first) ?? assert.fail();
      assert.equal(agent.team, "Ventas Sur", "only its agents are offered");
      const narrowed = { scope: "team:Ventas Sur", agent: agent.id, campaign: "Fibra", disposition: "sale" };
      const { filters } = sent(server, "POST", "/api/exports") as ExportInput;
      assert.deepEqual(filters, { ...narrowed, from: "2026-11-23", to: "2026-11-23" });

      // another team has other agents; and time has neither campaign nor outcome
      await field("scope").selectOption("");
      await field("kind").selectOption("time");
      await eventually("no campaign", async () => (await field("campaign").count()) === 0);
      await field("kind").selectOption("calls");
      await sheet.locator("[data-add-schedule]").click();
      // what makes itself begins with what is chosen, and is not bound to it
      const form = page.getByRole("dialog", { name: "Otra que se haga sola" });
      await form.locator("select[name=campaign] option[value=Fibra]").waitFor({ state: "attached" });
      assert.equal(await form.locator("select[name=disposition]").inputValue(), "sale");
      await form.getByLabel("Nombre").fill("Ventas de fibra");
      await form.locator("[name=byTeam]").check();
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(await tooSmall(page), []);
      await form.getByRole("button", { name: "Guardar" }).click();
      await sheet
        .getByText("Llamadas · Cada día · Fibra · Venta · un archivo por equipo · la próxima, el 24 nov")
        .waitFor();
      const { byTeam, filters: kept } = sent(server, "POST", "/api/schedules") as ScheduleInput;
      assert.deepEqual([byTeam, kept], [true, { campaign: "Fibra", disposition: "sale" }]);
    }));
});
