import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import { contacts } from "./support/office-scene.ts";
import * as scene from "./support/scene.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

const [oscar] = contacts;
assert.ok(oscar);

describe("contacts", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const page = "/mobile#contactos";

  test("a contact is found by name, opened, changed, and its calls are there", () =>
    visit(page, PHONE, { contacts }, async (view, server) => {
      await view.getByLabel("Buscar contactos").fill("óscar");
      await eventually("the others to go", () =>
        view.evaluate("document.querySelectorAll('[data-contact]').length === 1"),
      );
      await view.locator("[data-contact]").click();
      const sheet = view.getByRole("dialog", { name: "Contacto: Óscar Medina" });
      await sheet.locator(`[data-call="${scene.idOf(200)}"]`).waitFor();
      assert.equal(
        await sheet.getByRole("link", { name: "Llamar al +34612345418" }).getAttribute("href"),
        "tel:+34612345418",
      );
      await sheet.getByLabel("Teléfonos").fill("123");
      await sheet.getByRole("button", { name: "Guardar" }).click();
      await sheet.getByText("No es un teléfono.").waitFor();
      await sheet.getByLabel("Teléfonos").fill("612 345 418\n\n910 002 211");
      await sheet.getByLabel("Notas").fill("Solo por la mañana");
      await sheet.getByRole("button", { name: "Guardar" }).click();
      await sheet.getByText("Guardado").waitFor();
      assert.deepEqual(sent(server, "PATCH", `/api/contacts/${oscar.id}`), {
        name: "Óscar Medina",
        phones: ["612 345 418", "910 002 211"],
        notes: "Solo por la mañana",
      });
    }));

  test("a contact is added", () =>
    visit(page, DESK, { contacts }, async (view, server) => {
      await view.locator("[data-add]").click();
      await view.getByLabel("Nombre").fill("Rosa Cubillo");
      await view.getByLabel("Teléfonos").fill("699 222 380");
      await view.getByRole("button", { name: "Guardar" }).click();
      await view.getByRole("dialog", { name: "Contacto: Rosa Cubillo" }).waitFor();
      const { id, ...body } = sent(server, "POST", "/api/contacts");
      assert.match(String(id), /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      assert.deepEqual(body, { name: "Rosa Cubillo", phones: ["699 222 380"], notes: "" });
      await view.keyboard.press("Escape");
      await view.locator("[data-contact]", { hasText: "Rosa Cubillo" }).waitFor();
    }));

  test("a file is checked first, row by row, then what is right is taken", () =>
    visit(page, DESK, { contacts }, async (view, server) => {
      await view.waitForSelector("[data-contact]");
      await view.setInputFiles("input[type=file]", {
        name: "clientes.xlsx",
        mimeType: "",
        buffer: Buffer.from("rows"),
      });
      await view.getByText("1 fila con un error: no se toma").waitFor();
      await view.getByRole("row", { name: "5 Teléfono «12»: No es un teléfono." }).waitFor();
      await view.getByText("3 nuevos").waitFor();
      assert.ok(server.asked.some(({ path }) => path === "/api/contacts/file?format=xlsx&check=true"));
      assert.equal(
        server.asked.some(({ path }) => path === "/api/contacts/file?format=xlsx"),
        false,
      );
      await view.getByRole("button", { name: "Tomar los demás" }).click();
      await view.getByText("Hecho: 4 contactos.").waitFor();
      assert.ok(server.asked.some(({ path }) => path === "/api/contacts/file?format=xlsx"));
    }));

  test("who leads takes them out as files and finds them in the menu; an agent has a tab and no files", async () => {
    await visit("/mobile", DESK, { contacts }, async (view) => {
      await view.getByText("Más", { exact: true }).click();
      await view.getByRole("link", { name: "Contactos" }).click();
      const csv = view.getByRole("link", { name: "Exportar CSV" });
      assert.equal(await csv.getAttribute("href"), "/api/contacts/file?format=csv");
      await view.getByRole("link", { name: "Exportar Excel" }).waitFor();
      assert.equal(await view.locator("details[open]").count(), 0, "the menu is shut again");
    });
    await visit("/mobile", PHONE, { role: "agent", contacts }, async (view) => {
      await view.getByRole("navigation").getByRole("link", { name: "Contactos" }).click();
      await view.waitForSelector("[data-contact]");
      assert.equal(await view.getByRole("link", { name: /Exportar/ }).count(), 0);
      assert.equal(await view.getByRole("button", { name: "Importar" }).count(), 0);
    });
  });
});
