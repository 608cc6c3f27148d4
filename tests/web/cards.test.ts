import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import type { FakeServer, Options } from "./support/fake-server.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

const admin: Options = { role: "admin" };
const FIBRE = "/admin#argumentarios/fibra-es";
const PRICE = "/api/playbooks/fibra-es/cards/fibre-1";

describe("the cards of a playbook", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  const edit = async (page: Page, card: string): Promise<void> => {
    await page.locator(`[data-card=${card}]`).click();
    await page.locator("dialog:modal [data-form=card]").waitFor();
  };
  const save = (page: Page): Promise<void> =>
    page.locator("[data-form=card]").getByRole("button", { name: "Guardar" }).click();
  const titles = (page: Page): Promise<string[]> => page.locator("[data-card] .b").allInnerTexts();
  const puts = ({ asked }: FakeServer): number => asked.filter(({ method }) => method === "PUT").length;

  test("they are narrowed by words and by kind; an expired one says so", () =>
    visit(FIBRE, PHONE, admin, async (page) => {
      await page.locator("[data-card]").first().waitFor();
      assert.equal((await titles(page)).length, 12);
      await page.locator("[data-card=fibre-11]:has-text('Caducada')").waitFor();
      await page.getByLabel("Buscar tarjetas").fill("tecnico");
      await eventually("one card", async () => (await titles(page)).join() === "Va lento");
      await page.getByLabel("Buscar tarjetas").fill("");
      await page.getByLabel("Tipo").selectOption("price");
      await eventually("two cards", async () => (await titles(page)).join() === "Es caro,Oferta de verano");
      await page.getByLabel("Buscar tarjetas").fill("cobertura");
      await page.getByText("Ninguna tarjeta coincide.").waitFor();
    }));

  test("one is edited: its words are counted, its next version is saved", () =>
    visit(FIBRE, DESK, admin, async (page, server) => {
      await edit(page, "fibre-1");
      await page.getByText("20 de 45 palabras").waitFor();
      await page.getByLabel("Respuesta aprobada").fill("palabra ".repeat(45));
      await page.getByText("49 de 45 palabras: cuesta decirlas de una vez").waitFor();
      await page.getByLabel("Respuesta aprobada").fill("Le entiendo. Son 29,90 € al mes.");
      await page.getByLabel("Otras formas de decirlo").fill("sale caro\n\n  es un dineral ");
      await page.getByLabel("Último día en que vale").fill("2026-12-31");
      await page.locator("dialog").getByLabel("Vigencia").fill("Hasta fin de año");
      await save(page);
      await page.locator("[data-card=fibre-1]:has-text('v5 · 23 nov')").waitFor();
      await page.locator("dialog").waitFor({ state: "detached" });
      assert.deepEqual(sent(server, "PUT", PRICE), {
        version: 4,
        key: 1,
        kind: "price",
        title: "Es caro",
        objection: "Es muy caro",
        triggers: ["sale caro", "es un dineral"],
        answer: "Le entiendo. Son 29,90 € al mes.",
        nextQuestion: "¿Lo probamos este mes?",
        facts: { price: "29,90 € al mes, IVA incluido", validity: "Hasta fin de año" },
        forbidden: [],
        validUntil: "2026-12-31",
      });
    }));

  test("what the server refuses stands at its field", () =>
    visit(FIBRE, PHONE, admin, async (page) => {
      await edit(page, "fibre-1");
      await page.getByLabel("Otras formas de decirlo").fill(`corta\n${"larga ".repeat(40)}`);
      await save(page);
      await page.getByText("Corrige los campos que se indican.", { exact: false }).waitFor();
      assert.equal(await page.getByLabel("Otras formas de decirlo").getAttribute("aria-invalid"), "true");
    }));

  test("somebody else's change is said and not overwritten; the new version can be loaded", () =>
    visit(FIBRE, DESK, admin, async (page, server) => {
      await edit(page, "fibre-1");
      server.changeCard("fibra-es", "fibre-1", { answer: "Otra respuesta." });
      await page.getByLabel("Título").fill("Muy caro");
      await save(page);
      await page.getByText("Otra persona ha cambiado esta tarjeta.", { exact: false }).waitFor();
      assert.equal(await page.getByLabel("Título").inputValue(), "Muy caro");
      await page.getByRole("button", { name: "Cargar la versión nueva" }).click();
      await page.getByText("Aprobada por Elena Vega", { exact: false }).waitFor();
      await page.locator("dialog:modal [data-form=card]").waitFor();
      assert.equal(await page.getByLabel("Respuesta aprobada").inputValue(), "Otra respuesta.");
      await page.getByLabel("Título").fill("Muy caro");
      await save(page);
      await page.locator("[data-card=fibre-1]:has-text('Muy caro'):has-text('v6')").waitFor();
    }));

  test("a new one has an id of its own, and may take a key from another", () =>
    visit(FIBRE, DESK, admin, async (page, server) => {
      await page.getByRole("button", { name: "Añadir tarjeta" }).click();
      const form = page.locator("[data-form=card]");
      await form.getByLabel("Título").fill("¿Y si me mudo?");
      await form.locator("[name=key]").selectOption({ label: "9 · ahora «Baja»" });
      await form.locator("[name=kind]").selectOption("coverage");
      await form.getByLabel("Lo que dice el cliente").fill("Me mudo en verano");
      await form.getByLabel("Respuesta aprobada").fill("La llevamos a su casa nueva.");
      await save(page);
      await page.locator("[data-card=fibra-es-y-si-me-mudo]").waitFor();
      const card = sent(server, "PUT", "/api/playbooks/fibra-es/cards/fibra-es-y-si-me-mudo");
      assert.deepEqual([card["version"], card["key"], card["nextQuestion"]], [0, 9, null]);
      await page.locator("[data-card=fibre-9] kbd.none").waitFor();
    }));

  test("one is removed and comes back as it was", () =>
    visit(FIBRE, PHONE, admin, async (page, server) => {
      await edit(page, "fibre-1");
      await page.locator("[data-remove]").click();
      await page.getByText("Quitada «Es caro».").waitFor();
      assert.equal(await page.locator("[data-card=fibre-1]").count(), 0);
      await page.getByRole("button", { name: "Deshacer" }).click();
      await page.locator("[data-card=fibre-1]:has-text('v6')").waitFor();
      const card = sent(server, "PUT", PRICE);
      assert.deepEqual(
        [card["key"], card["objection"], card["triggers"]],
        [1, "Es muy caro", ["sale caro", "es carísimo", "es mucho dinero"]],
      );
      assert.equal(await page.getByText("Quitada «Es caro».").count(), 0);
    }));

  test("every change is kept, and an old version can be the newest again", () =>
    visit(FIBRE, DESK, admin, async (page, server) => {
      await page.locator("[data-card]").first().waitFor();
      server.changeCard("fibra-es", "fibre-1", { answer: "Otra respuesta." });
      await page.reload();
      await edit(page, "fibre-1");
      await page.getByRole("button", { name: "Versiones" }).click();
      const rows = page.locator("dialog:modal [data-version]");
      await rows.first().waitFor();
      assert.deepEqual(await rows.locator("summary .b").allInnerTexts(), [
        "«Es caro» cambiada",
        "«Es caro» añadida",
      ]);
      assert.match(await rows.first().innerText(), /23 nov, 16:42 · Elena Vega/);
      await rows.last().locator("summary").click();
      await rows.last().getByRole("button", { name: "Volver a esta versión" }).click();
      await page.locator("[data-version='fibre-1 6']").waitFor();
      assert.match(String(sent(server, "PUT", PRICE)["answer"]), /^Le entiendo: nadie/);
      assert.equal(sent(server, "PUT", PRICE)["version"], 5);
    }));

  test("a customer's words show which card they bring, sure or not", () =>
    visit(FIBRE, PHONE, admin, async (page, server) => {
      await page.getByLabel("Lo que dice un cliente").fill("me sale muy caro");
      await page.keyboard.press("Enter");
      await page.locator("[data-found=fibre-1][data-sure=true]:has-text('Se mostraría')").waitFor();
      await page.locator("[data-found=fibre-11][data-sure=false]:has-text('no se mostraría')").waitFor();
      await page.getByLabel("Lo que dice un cliente").fill("hola");
      await page.keyboard.press("Enter");
      await page.getByText("Ninguna tarjeta: el agente vería «Sin respuesta aprobada».").waitFor();
      await page.goto(`${server.url}/admin#argumentarios/fibre-en`);
      await page.getByRole("heading", { name: "Fibre 300" }).waitFor();
      await page.getByLabel("Lo que dice un cliente").fill("es muy caro");
      await page.keyboard.press("Enter");
      await page.locator("[data-found=en-fibre-1]").waitFor();
      const asked = server.asked.findLast(({ path }) => path === "/api/playbooks/try");
      assert.equal(asked?.language, "en");
    }));

  test("the facts of the product are saved with its use; the main one cannot be switched off", () =>
    visit(FIBRE, DESK, admin, async (page, server) => {
      const form = page.locator("[data-form=product]");
      await form.getByLabel("Vigencia").fill("Hasta el 31 de diciembre");
      await form.getByLabel("Otros hechos").fill("300 Mbps\n14 días para desistir");
      await form.getByRole("button", { name: "Guardar" }).click();
      await page.getByText("Guardado.").waitFor();
      const { facts, active, main } = sent(server, "PATCH", "/api/playbooks/fibra-es");
      assert.deepEqual(facts, {
        price: "29,90 € al mes, IVA incluido",
        validity: "Hasta el 31 de diciembre",
        permanence: "Sin permanencia",
        other: ["300 Mbps", "14 días para desistir"],
      });
      assert.deepEqual([active, main], [true, true]);
      await form.getByRole("switch", { name: "Se usa en las llamadas" }).uncheck({ force: true });
      await form.getByRole("button", { name: "Guardar" }).click();
      await page.getByText("Haz principal a otro antes de apagar este.", { exact: false }).waitFor();
    }));

  test("Esc closes a card without saving, and the row has the focus again", () =>
    visit(FIBRE, DESK, admin, async (page, server) => {
      await edit(page, "fibre-2");
      await page.getByLabel("Título").fill("Otro");
      await page.keyboard.press("Escape");
      await page.locator("[data-card=fibre-2]:focus").waitFor();
      assert.equal(puts(server), 0);
    }));
});
