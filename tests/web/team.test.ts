import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { AgentRow } from "#contract";
import { hashOf, rowsOf, viewIn, type View } from "../../web/mobile/team/view.ts";
import { instantAt, daysAfter } from "../../web/ui/zoned.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { twoTeams } from "./support/board-pictures.ts";
import { openBrowser } from "./support/browser.ts";
import { callbacks, corrections } from "./support/office-scene.ts";
import * as scene from "./support/scene.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

const usual: View = { sort: "urgency", show: "all", team: "", open: "" };
const [anyone] = scene.agents;
assert.ok(anyone);
const row = (name: string, more: Partial<AgentRow>): AgentRow => ({ ...anyone, id: name, name, ...more });
const rate = (numerator: number, denominator: number) => ({
  value: numerator / denominator,
  numerator,
  denominator,
});

test("an address says what the team's page shows, and what it does not know counts as not said", () => {
  const view: View = { sort: "sales", show: "paused", team: "Ventas Norte", open: scene.idOf(4) };
  assert.deepEqual(viewIn(hashOf(view)), view);
  assert.equal(hashOf(usual), "#equipo");
  assert.deepEqual(viewIn("#equipo?sort=height&show=asleep"), usual);
});

test("rows stand by urgency, name, time, sales and success; a rate on few contacts ranks nobody above others", () => {
  const now = scene.NOW.getTime();
  const since = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
  const agents = [
    row("Carla", { since: since(3), sales: 2, calls: 9, successRate: rate(9, 30) }),
    row("Ángel", { since: since(90), state: "offline", sales: 5, calls: 9, successRate: rate(1, 1) }),
    row("Berta", { since: since(20), sales: 2, calls: 4, successRate: rate(12, 30) }),
  ];
  const names = (part: Partial<View>, alerts: Parameters<typeof rowsOf>[2] = []): string =>
    rowsOf(agents, { ...usual, ...part }, alerts)
      .map(({ name }) => name.charAt(0))
      .join("");
  assert.equal(names({ sort: "name" }), "ÁBC");
  assert.equal(names({ sort: "time" }), "BCÁ");
  assert.equal(names({ sort: "sales" }), "ÁBC");
  assert.equal(names({ sort: "success" }), "BCÁ");
  const alert = { key: "", who: "", kind: "nobody_available" } as const;
  const about = (agentId: string, tone: "bad" | "warn" | "ok") => ({ ...alert, agentId, tone });
  assert.equal(names({}, [about("Ángel", "warn"), about("Carla", "bad"), about("Berta", "ok")]), "CÁB");
  assert.equal(names({ show: "alerts" }, [about("Berta", "ok"), about("Carla", "warn")]), "C");
});

test("a time of day at the site is an instant, also on the days on which the clock changes", () => {
  const at = (day: string, time: string): string => instantAt(day, time, "Europe/Madrid");
  assert.equal(at("2026-11-23", "09:30"), "2026-11-23T08:30:00.000Z");
  assert.equal(at("2026-07-01", "09:30"), "2026-07-01T07:30:00.000Z");
  assert.equal(at("2026-03-29", "01:59"), "2026-03-29T00:59:00.000Z");
  assert.equal(at("2026-03-29", "03:00"), "2026-03-29T01:00:00.000Z");
  assert.equal(at("2026-10-25", "02:30"), "2026-10-25T00:30:00.000Z", "the first of the two");
  assert.equal(at("2026-10-25", "09:00"), "2026-10-25T08:00:00.000Z");
  assert.equal(daysAfter("2026-12-31", 1), "2027-01-01");
});

describe("the supervisor's team", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const team = "/mobile#equipo";
  const shown = (page: Page): Promise<string[]> =>
    page.evaluate(
      `[...document.querySelectorAll(".stack li")].filter((li) => li.querySelector("[data-agent]"))
        .map((li) => [Number(li.style.getPropertyValue("--i")), li.querySelector(".nm .cut").textContent])
        .sort((a, b) => a[0] - b[0]).map(([, name]) => name)`,
    );

  test("what needs somebody stands first, and leads to that agent", () =>
    visit(team, PHONE, { callbacks }, async (page) => {
      await page.waitForSelector("[data-alert]");
      const kinds = await page.evaluate<string[]>(
        `[...document.querySelectorAll("[data-alert]")].map((one) => one.dataset.alert)`,
      );
      assert.deepEqual(kinds, ["long_wrap_up", "callback_due", "long_call", "no_capture", "long_wait"]);
      await page.getByText(/^5\smin\s4\d en posllamada · límite 4 min$/).waitFor();
      await page.getByText("Falta la voz del cliente desde 16:34").waitFor();
      await page.locator("[data-alert=no_capture]").click();
      await page.getByRole("dialog", { name: "Ficha de Diego Salas" }).waitFor();
      await page.locator("[data-lost=customer]").waitFor();
      assert.equal(await page.evaluate("location.hash"), `#equipo/${scene.idOf(4)}`);
      await page.keyboard.press("Escape");
      await eventually("the sheet to close", () =>
        page.evaluate("document.querySelector('dialog') === null"),
      );
      assert.equal(await page.evaluate("location.hash"), "#equipo");
    }));

  test("a kind of alert is muted for oneself, and comes back", () =>
    visit(team, DESK, {}, async (page, server) => {
      await page.waitForSelector("[data-attention='4']");
      await page.getByRole("button", { name: "Elegir avisos" }).click();
      await page.getByRole("switch", { name: /Llamada larga/ }).press("Space");
      await page.waitForSelector("[data-attention='3']");
      assert.deepEqual(sent(server, "PUT", "/api/alerts/muted"), { muted: ["long_call"] });
      await page.getByRole("switch", { name: /Llamada larga/ }).press("Space");
      await page.waitForSelector("[data-attention='4']");
      await page.keyboard.press("Escape");
      await eventually("the sheet to close", () =>
        page.evaluate("document.querySelector('dialog') === null"),
      );
    }));

  test("order, filter and team stay in the address", () =>
    visit(team, DESK, twoTeams, async (page) => {
      await page.waitForSelector("[data-alert]");
      await page.getByLabel("Ordenar").selectOption("name");
      await page.getByRole("button", { name: /^En llamada/ }).click();
      await page.getByLabel(/^Equipo/).selectOption("Ventas Sur");
      assert.equal(await page.evaluate("location.hash"), "#equipo?sort=name&show=on_call&team=Ventas+Sur");
      const before = await shown(page);
      await page.reload();
      await page.waitForSelector("[data-agent]");
      assert.deepEqual(await shown(page), before);
      assert.deepEqual(
        before,
        before.toSorted((a, b) => a.localeCompare(b)),
      );
    }));

  test("with one team nobody is asked which", () =>
    visit(team, DESK, {}, async (page) => {
      await page.waitForSelector("[data-agent]");
      assert.equal(await page.getByLabel(/^Equipo/).count(), 0);
    }));

  test("a state is corrected with a reason, stays visible, and is corrected back", () =>
    visit(`${team}/${scene.idOf(5)}`, DESK, {}, async (page, server) => {
      await page.getByText("Ver los tramos").click();
      await page.getByRole("button", { name: "Corregir Pausa de las 14:00" }).click();
      await page.getByLabel("Motivo de la pausa").selectOption("formación");
      await page.getByLabel("Desde (hora)").fill("14:10");
      await page.keyboard.press("Enter");
      assert.equal(
        server.asked.some(({ method }) => method === "PATCH"),
        false,
        "why is required",
      );
      await page.getByLabel("Por qué se corrige").fill("Estaba en el curso");
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-corrections='1']");
      assert.deepEqual(sent(server, "PATCH", `/api/agents/${scene.idOf(5)}/states/`), {
        state: "paused",
        reason: "formación",
        since: "2026-11-23T13:10:00.000Z",
        why: "Estaba en el curso",
      });
      const told = await page.locator("[data-correction]").textContent();
      assert.match(String(told), /Motivo: almuerzo → formación.*Desde: 14:00 → 14:10.*Luis Prieto · 16:42/s);
      await page.getByRole("button", { name: /^Deshacer la corrección/ }).click();
      assert.equal(await page.getByLabel("Desde (hora)").inputValue(), "14:00");
      await page.getByLabel("Por qué se corrige").fill("No era así");
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-corrections='2']");
      assert.equal(sent(server, "PATCH", `/api/agents/${scene.idOf(5)}/states/`)["reason"], "almuerzo");
    }));

  test("a state that was forgotten is added", () =>
    visit(`${team}/${scene.idOf(5)}`, PHONE, {}, async (page, server) => {
      await page.getByRole("button", { name: "Añadir un estado olvidado" }).click();
      await page.getByLabel("Estado").selectOption("available");
      await page.getByLabel("Desde (hora)").fill("16:05");
      await page.getByLabel("Por qué se corrige").fill("Se le olvidó");
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-corrections='1']");
      const { id, ...state } = sent(server, "POST", `/api/agents/${scene.idOf(5)}/states`);
      assert.match(String(id), /^[0-9a-f-]{36}$/);
      assert.deepEqual(state, {
        state: "available",
        reason: null,
        since: "2026-11-23T15:05:00.000Z",
        why: "Se le olvidó",
      });
    }));

  test("how a call went is corrected with a reason", () =>
    visit(`${team}/${scene.idOf(4)}`, DESK, {}, async (page, server) => {
      await page.getByRole("button", { name: "Corregir la llamada con Teresa Maldonado" }).click();
      await page.getByLabel("Resultado").selectOption("sale");
      await page.getByLabel("Importe de la venta").fill("29,90");
      await page.getByLabel("Por qué se corrige").fill("Aceptó al final");
      await page.keyboard.press("Enter");
      await page.locator(`[data-last-call="${scene.idOf(201)}"]`, { hasText: "corregido" }).waitFor();
      assert.deepEqual(sent(server, "PATCH", "/api/calls/"), {
        disposition: "sale",
        saleAmount: 29.9,
        why: "Aceptó al final",
      });
    }));

  test("an executive sees the day and its corrections, and corrects nothing", () =>
    visit(`${team}/${scene.idOf(5)}`, DESK, { role: "executive", corrections }, async (page) => {
      await page.waitForSelector("[data-corrections='2']");
      await page.getByText("Ver los tramos").click();
      await page.waitForSelector("[data-stretch]");
      assert.equal(await page.getByRole("button", { name: /Corregir|Deshacer|Añadir/ }).count(), 0);
    }));

  test("an agent's figure opens", () =>
    visit(`${team}/${scene.idOf(5)}`, DESK, {}, async (page, server) => {
      await page.locator(".stat [data-opens=successRate]").click();
      await page.waitForSelector("[data-figure-sheet=successRate]");
      const asked = server.asked.find(({ path }) => path.startsWith("/api/stats/explain"))?.path ?? "";
      assert.match(asked, new RegExp(`agent=${scene.idOf(5)}`));
    }));

  test("the panel tells what needs somebody beside its figures, and who is talking", () =>
    visit("/mobile", PHONE, {}, async (page) => {
      await page.waitForSelector("[data-attention='4']");
      await page.getByText("4 avisos").waitFor();
      assert.equal(await page.locator(".on-call [data-call]").count(), 5);
      await page.locator("[data-alert=long_wrap_up]").click();
      await page.getByRole("dialog", { name: "Ficha de Rubén Aguirre" }).waitFor();
    }));
});
