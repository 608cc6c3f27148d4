import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import type { Options } from "./support/fake-server.ts";
import { chooseFile, playbookYaml } from "./support/playbook-file.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

const admin: Options = { role: "admin" };

describe("the house's models and playbooks", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  test("the navigation leads from people to models to playbooks", () =>
    visit("/admin", PHONE, admin, async (page) => {
      const nav = page.getByRole("navigation");
      await nav.getByRole("link", { name: "Copiloto" }).click();
      await page.locator("[data-model]").first().waitFor();
      await nav.getByRole("link", { name: "Argumentos" }).click();
      await page.locator("[data-playbook=fibra-es]").click();
      await page.getByRole("heading", { name: "Fibra 300" }).waitFor();
      await page.getByRole("link", { name: "Todos los argumentarios" }).click();
      await page.locator("[data-playbook=fibre-en]").click();
      await page.getByRole("heading", { name: "Fibre 300" }).waitFor();
      await nav.getByRole("link", { name: "Copiloto" }).click();
      await page.locator("[data-model]").first().waitFor();
      assert.equal(await page.locator("main").count(), 1);
    }));

  test("another model for the house", () =>
    visit("/admin#copiloto", DESK, admin, async (page, server) => {
      await page.locator("[data-model='llama3:latest']:has-text('En uso')").waitFor();
      await page.getByRole("radio", { name: "mistral:7b" }).check();
      await page.locator("[data-model='mistral:7b']:has-text('En uso')").waitFor();
      assert.deepEqual(sent(server, "PUT", "/api/copilot/model"), { model: "mistral:7b" });
      assert.equal(await page.locator("input:checked[name=model]").count(), 1);
    }));

  test("a model of the cloud is refused with what to do; another one comes, with its progress", () =>
    visit("/admin#copiloto", DESK, admin, async (page) => {
      await page.getByLabel("Nombre del modelo").fill("gpt-oss:120b-cloud");
      await page.keyboard.press("Enter");
      await page.getByText("Elige uno que funcione en vuestras máquinas, sin «cloud».").waitFor();
      await page.getByLabel("Nombre del modelo").fill("qwen3:4b");
      await page.keyboard.press("Enter");
      await page.locator("[data-pull='qwen3:4b'][data-step=downloading]").waitFor();
      await page.getByText(/^[\d.]+ de 4\.200 MB$/).waitFor();
      await page.locator("[data-pull='qwen3:4b'][data-step=done]").waitFor();
      await page.locator("[data-model='qwen3:4b']").waitFor();
      assert.equal(await page.getByLabel("Nombre del modelo").inputValue(), "");
    }));

  test("a download is cancelled", () =>
    visit("/admin#copiloto", DESK, admin, async (page, server) => {
      await page.getByLabel("Nombre del modelo").fill("qwen3:4b");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Cancelar la descarga de qwen3:4b" }).click();
      await page.locator("[data-pull]").waitFor({ state: "detached" });
      assert.ok(
        server.asked.some(
          ({ method, path }) => method === "DELETE" && path === "/api/copilot/pulls?model=qwen3%3A4b",
        ),
      );
    }));

  test("the comparison is switched on, and says what it is", () =>
    visit("/admin#copiloto", PHONE, admin, async (page, server) => {
      await page.getByText("Asociación, no causa", { exact: false }).waitFor();
      const hold = page.getByRole("switch", { name: "Comparar llamadas con IA y sin IA" });
      await page.locator("[role=switch]:enabled").waitFor();
      await hold.click();
      await page.locator("[role=switch]:checked:enabled").waitFor();
      assert.deepEqual(sent(server, "PUT", "/api/copilot/settings"), { holdOut: true });
    }));

  test("without Ollama the page says what to do", () =>
    visit("/admin#copiloto", PHONE, { ...admin, ai: "down" }, async (page) => {
      await page.getByText("La IA no responde. En el servidor, arranca Ollama", { exact: false }).waitFor();
      await page.getByRole("button", { name: "Reintentar" }).waitFor();
    }));

  test("a new playbook gets an id from its name and opens", () =>
    visit("/admin#argumentarios", PHONE, admin, async (page, server) => {
      await page.getByRole("button", { name: "Nuevo" }).click();
      await page.getByLabel("Nombre del argumentario").fill("Fibra ES");
      await page.getByLabel("Producto", { exact: true }).fill("Fibra de un giga");
      await page.getByLabel("Sector").fill("internet");
      await page.getByLabel("Se reconoce por").fill("fibra\n\n giga ");
      await page.getByRole("button", { name: "Crear" }).click();
      await page.getByText("Aún no hay tarjetas.", { exact: false }).waitFor();
      const { id, about } = sent(server, "POST", "/api/playbooks");
      assert.deepEqual({ id, about }, { id: "fibra-es-2", about: ["fibra", "giga"] });
    }));

  test("a file says what it would change, and changes nothing before the yes", () =>
    visit("/admin#argumentarios", DESK, admin, async (page, server) => {
      await page.locator("[data-playbook]").first().waitFor();
      await chooseFile(page, playbookYaml());
      await page.locator("dialog:modal").waitFor();
      assert.deepEqual(await page.locator("[data-change]").allInnerTexts(), [
        "1 tarjeta nueva",
        "1 tarjeta cambia",
        "2 tarjetas se quitan",
        "9 siguen igual",
      ]);
      const imports = (): string[] =>
        server.asked.flatMap(({ path }) => (path.includes("/import") ? path : []));
      assert.deepEqual(imports(), ["/api/playbooks/import?check=true"]);
      await page.locator("[data-confirm]").click();
      await page.locator("[data-card=fibra-nueva]").waitFor();
      assert.deepEqual(imports(), ["/api/playbooks/import?check=true", "/api/playbooks/import"]);
      assert.equal(await page.locator("[data-card=fibre-1]").count(), 0);
    }));

  test("the mistakes of a file stand with their places, and nothing is imported", () =>
    visit("/admin#argumentarios", PHONE, admin, async (page, server) => {
      await page.locator("[data-playbook]").first().waitFor();
      await chooseFile(page, playbookYaml({ kind: "ninguno", validUntil: "mañana" }));
      await page.getByText("Nada ha cambiado.", { exact: false }).waitFor();
      const rows = await page.locator(".mistakes tbody tr").allInnerTexts();
      assert.equal(rows.length, 2);
      assert.match(rows[0] ?? "", /cards\.1\.kind/);
      assert.equal(await page.locator("[data-confirm]").count(), 0);
      // the corrected file, at once
      await chooseFile(page, playbookYaml());
      await page.locator("[data-confirm]").waitFor();
      assert.equal(server.asked.filter(({ path }) => path === "/api/playbooks/import").length, 0);
    }));

  test("it goes out as YAML and as a workbook", () =>
    visit("/admin#argumentarios/fibra-es", DESK, admin, async (page) => {
      const coming = page.waitForEvent("download");
      await page.getByRole("link", { name: "Exportar en Excel" }).click();
      assert.equal((await coming).suggestedFilename(), "fibra-es.xlsx");
      const yaml = page.getByRole("link", { name: "Exportar en YAML" });
      assert.equal(await yaml.getAttribute("href"), "/api/playbooks/fibra-es/export?format=yaml");
    }));

  test("in English all of it is English", () =>
    visit("/admin#argumentarios/fibra-es", { ...DESK, language: "en" }, admin, async (page) => {
      await page.getByRole("heading", { name: "Cards" }).waitFor();
      await page.getByText("Comes with CallManager").first().waitFor();
      await page.getByRole("button", { name: "Add a card" }).waitFor();
    }));
});
