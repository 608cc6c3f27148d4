import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import {
  activeIn,
  everything,
  filterOf,
  hashOf,
  queryOf,
  savable,
  viewIn,
  wantedOf,
} from "../../web/mobile/recordings/wanted.ts";
import { openBrowser } from "./support/browser.ts";
import { ZIP_BYTES, zipJob } from "./support/library-scene.ts";
import * as scene from "./support/scene.ts";
import { DESK, own, PHONE, sent, visits } from "./support/visit.ts";

const LIST = "/mobile#grabaciones";
const ZONE = "Europe/Madrid";

describe("what is wanted of the library", () => {
  test("an address names the list and the open recording, and back", () => {
    const wanted = { ...everything, q: "fibra óptica", when: "week", ai: "1", min: "3" };
    const hash = hashOf(scene.idOf(200), wanted);
    assert.deepEqual(viewIn(hash), { open: scene.idOf(200), wanted });
    assert.equal(hashOf(null, everything), "#grabaciones");
  });

  test("what an address says and nobody understands counts as not said", () => {
    const { wanted } = viewIn("#grabaciones?when=ever&min=-4&ai=yes&from=2026-11-01&agent=x");
    assert.deepEqual(wanted, { ...everything, agent: "x" });
  });

  test("days count back from today at the site", () => {
    const late = new Date("2026-11-23T23:30:00.000Z");
    const from = (when: string): unknown => queryOf({ ...everything, when }, ZONE, late)["from"];
    assert.deepEqual(["today", "week", "month"].map(from), ["2026-11-24", "2026-11-18", "2026-10-26"]);
  });

  test("a saved filter keeps all but a day that moves, and applied leaves the chosen day", () => {
    const wanted = { ...everything, when: "today", disposition: "sale", max: "10" };
    const filter = filterOf(savable(wanted), ZONE, scene.NOW);
    assert.deepEqual(filter, { disposition: "sale", maxSeconds: 600 });
    assert.deepEqual(wantedOf(filter, { ...everything, when: "week" }), { ...wanted, when: "week" });
    const range = { ...everything, when: "range", from: "2026-11-01", to: "2026-11-15" };
    assert.deepEqual(wantedOf(filterOf(savable(range), ZONE, scene.NOW), wanted), range);
  });

  test("both ends of a length, and a range of days, are one filter each", () => {
    const wanted = { ...everything, when: "range", from: "2026-11-01", min: "1", max: "5" };
    assert.deepEqual(
      activeIn(wanted).map(({ name }) => name),
      ["when", "length"],
    );
    assert.deepEqual(activeIn(wanted)[0]?.without, { ...everything, min: "1", max: "5" });
  });
});

describe("the library's list", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const rows = (page: Page) => page.locator(".row[data-call]");
  const shows = (page: Page, n: number) =>
    eventually(`${n} rows`, async () => (await rows(page).count()) === n);

  test("search and chips narrow the list; the address can be passed on", async () => {
    let address = "";
    await visit(LIST, DESK, {}, async (page, server) => {
      await shows(page, 9);
      await page.getByLabel("Agente").selectOption("Diego Salas");
      await shows(page, 2);
      await page.getByLabel("Duración").selectOption("Más de 5 min");
      await page.getByRole("button", { name: "Con IA", exact: true }).click();
      await page.getByLabel("Resultado").selectOption("Seguimiento");
      await shows(page, 1);
      address = await page.evaluate<string>("location.hash");
      assert.equal(address, `#grabaciones?agent=${scene.idOf(4)}&disposition=follow_up&ai=1&min=5`);
      const asked = server.asked.findLast(({ path }) => path.startsWith("/api/recordings?"));
      assert.equal(
        asked?.path,
        `/api/recordings?agent=${scene.idOf(4)}&disposition=follow_up&ai=true&minSeconds=300`,
      );
      // each filter that is on is taken back with one press
      await page.getByRole("button", { name: "Quitar el filtro Seguimiento" }).click();
      await shows(page, 2);
      await page.getByRole("button", { name: "Con IA", exact: true }).click();
      await page.getByRole("button", { name: "Quitar el filtro Diego Salas" }).click();
      await page.getByRole("button", { name: "Quitar el filtro Más de 5 min" }).click();
      await shows(page, 9);
      assert.equal(await page.evaluate("location.hash"), "#grabaciones");
    });
    await visit(`/mobile${address}`, PHONE, {}, async (page) => {
      await shows(page, 1);
      await page.getByText("1 grabación · 8 min").waitFor();
    });
  });

  test("what is typed is asked for once it rests, and two days make a range", () =>
    visit(LIST, DESK, {}, async (page, server) => {
      await shows(page, 9);
      await page.clock.pauseAt(new Date(scene.NOW.getTime() + 60_000));
      await page.getByRole("searchbox").pressSequentially("teresa");
      assert.ok(!server.asked.some(({ path }) => path.startsWith("/api/recordings?q=")));
      await page.clock.resume();
      await shows(page, 1);
      assert.equal(server.asked.filter(({ path }) => path.startsWith("/api/recordings?q=")).length, 1);
      await page.getByRole("searchbox").fill("");
      await page.getByLabel("Fecha").selectOption("Entre dos días…");
      await page.getByLabel("Desde").fill("2026-11-20");
      await page.getByLabel("Hasta").fill("2026-11-22");
      await page.getByText("No hay grabaciones con estos filtros.").waitFor();
      const asked = server.asked.findLast(({ path }) => path.startsWith("/api/recordings?"));
      assert.equal(asked?.path, "/api/recordings?from=2026-11-20&to=2026-11-22");
      await page.getByRole("button", { name: "Quitar el filtro 20 nov – 22 nov" }).click();
      await shows(page, 9);
    }));

  test("an empty list names the filter whose absence brings recordings", () =>
    visit(`${LIST}?q=zapatos&ai=1`, PHONE, {}, async (page) => {
      await page.getByText("Quita uno y aparecen:").waitFor();
      assert.deepEqual(await page.locator("[data-without]").allInnerTexts(), ["Sin «zapatos»: 5"]);
      await page.locator("[data-without=q]").click();
      await shows(page, 5);
      assert.equal(await page.getByRole("searchbox").inputValue(), "");
    }));

  test("a long list comes page by page while one scrolls", () => {
    const [first] = scene.recordings;
    assert.ok(first);
    const recordings = Array.from({ length: 120 }, (_, i) => ({
      ...first,
      callId: scene.idOf(2000 + i),
      startedAt: new Date(scene.NOW.getTime() - i * 60_000).toISOString(),
    }));
    return visit(LIST, PHONE, { recordings }, async (page) => {
      await shows(page, 50);
      await page.locator("[data-more]").scrollIntoViewIfNeeded();
      await shows(page, 100);
      await page.locator("[data-more]").scrollIntoViewIfNeeded();
      await shows(page, 120);
      assert.equal(await page.locator("[data-more]").count(), 0);
      await page.getByText("120 grabaciones · 11 h 12 min").waitFor();
    });
  });

  test("filters are saved under a name, applied, forgotten and put back", () =>
    visit(`${LIST}?when=today&disposition=sale`, DESK, {}, async (page, server) => {
      await page.locator("[data-saved='Ventas con IA']").waitFor();
      await page.getByRole("button", { name: "Guardar filtro" }).click();
      await page.getByText("La fecha no se guarda").waitFor();
      await page.getByLabel("Nombre del filtro").fill("Todas las ventas");
      await page.keyboard.press("Enter");
      await page.locator("[data-saved='Todas las ventas'][aria-pressed=true]").waitFor();
      assert.deepEqual(sent(server, "PUT", "/api/filters/"), {
        name: "Todas las ventas",
        filter: { disposition: "sale" },
      });
      await page.locator("[data-saved='Ventas con IA']").click();
      await shows(page, 2);
      assert.equal(await page.evaluate("location.hash"), "#grabaciones?when=today&disposition=sale&ai=1");
      await page.getByRole("button", { name: "Borrar el filtro guardado Ventas con IA" }).click();
      await page.locator("[data-saved='Ventas con IA']").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Deshacer" }).click();
      await page.locator("[data-saved='Ventas con IA'][aria-pressed=true]").waitFor();
    }));

  test("how many, how long and how big, by month and by agent", () =>
    visit(LIST, PHONE, {}, async (page) => {
      await page.getByRole("button", { name: "Estadísticas" }).click();
      const sheet = page.getByRole("dialog", { name: "Estadísticas" });
      const text = async (of: string): Promise<string> =>
        (await sheet.locator(of).innerText()).replace(/\s+/g, " ");
      await sheet.locator("[data-amount]").first().waitFor();
      assert.equal(await text(".stat"), "12.345 Grabaciones 822 h 30 min Duración 522,3 GB Espacio");
      assert.equal(await text("[data-amount='2026-10']"), "octubre de 2026 6.204 · 416 h 56 min · 264,8 GB");
      assert.equal(await sheet.locator("[data-amount]").count(), 6);
    }));

  test("all that was found as a ZIP: its progress, also after coming back, then the file", () =>
    visit(`${LIST}?ai=1`, { ...DESK, clock: "real" }, {}, async (page, server) => {
      await page.getByRole("button", { name: "Descargar todo (5)" }).click();
      await page.locator("[data-zip=queued]").waitFor();
      assert.deepEqual(sent(server, "POST", "/api/recordings/zip"), { filter: { ai: true } });
      assert.equal(await page.locator("[data-zip-all]").count(), 0, "one at a time");
      server.zip("running", 100_000_000);
      await page.locator("[data-zip=running]").getByText("42 %").waitFor();
      await page.evaluate("location.hash = '#equipo'");
      await page.locator("[data-agent]").first().waitFor();
      await page.evaluate("location.hash = '#grabaciones'");
      await page.locator("[data-zip=running]").waitFor();
      server.zip("done", ZIP_BYTES);
      await page.locator("[data-zip=done]").getByText("grabaciones_2026-11-23.zip").waitFor();
      await page
        .locator("[data-zip=done]")
        .getByText(/^240\sMB · disponible hasta /)
        .waitFor();
      const coming = page.waitForEvent("download");
      await page.getByRole("link", { name: "Descargar ZIP" }).click();
      assert.equal((await coming).suggestedFilename(), "grabaciones_2026-11-23.zip");
      await page.getByRole("button", { name: "Quitar el ZIP" }).click();
      await page.locator("[data-zip]").waitFor({ state: "detached" });
      assert.ok(
        server.asked.some(({ method, path }) => method === "DELETE" && path.startsWith("/api/jobs/")),
      );
    }));

  test("a ZIP that is running is cancelled", () =>
    visit(LIST, PHONE, { zips: [zipJob("running", 60_000_000)] }, async (page, server) => {
      await page
        .locator("[data-zip=running]")
        .getByText(/60\sMB de 240\sMB/)
        .waitFor();
      await page.getByRole("button", { name: "Cancelar el ZIP" }).click();
      await page.locator("[data-zip]").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "ZIP (9)" }).waitFor();
      const { id } = zipJob("running", 60_000_000);
      assert.ok(server.asked.some(({ method, path }) => method === "DELETE" && path === `/api/jobs/${id}`));
    }));

  test("an agent finds only the own ones, with the comments that are new", () =>
    visit(LIST, PHONE, own("none"), async (page, server) => {
      await page
        .locator(`[data-call="${scene.idOf(200)}"]`)
        .getByText("nuevo")
        .waitFor();
      assert.equal(await page.locator("[data-zip-all]").count(), 0);
      await page.locator(`[data-call="${scene.idOf(200)}"]`).click();
      await page.locator("[data-comment='2']").getByText("nuevo").waitFor();
      await page.getByText("Muy bien: primero le das la razón y luego el precio.").first().waitFor();
      await eventually("it to be told", () =>
        server.asked.some(({ path }) => path === `/api/recordings/${scene.idOf(200)}/marks/seen`),
      );
      await page.keyboard.press("Escape");
      await page.locator(`[data-call="${scene.idOf(200)}"] .tag.acc`).waitFor({ state: "detached" });
    }));

  test("in English it is English", () =>
    visit(`${LIST}?when=week&ai=1`, { ...DESK, language: "en" }, {}, async (page) => {
      await page.getByText("5 recordings · 30 min").waitFor();
      await page.getByRole("button", { name: "Remove the filter 7 days" }).waitFor();
      await page.getByRole("button", { name: "Save filter" }).waitFor();
    }));
});
