import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { needs } from "../support/real.ts";
import { staff } from "./support/access-pictures.ts";
import { openBrowser } from "./support/browser.ts";
import * as scene from "./support/scene.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

describe("who gets in, and how", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const PC = `[data-session="${scene.idOf(903)}"]`;

  test("a forgotten password: from the sign-in page, with a code, to the board", () =>
    visit("/login", PHONE, { role: null }, async (page, server) => {
      await page.getByRole("button", { name: "¿Has olvidado la contraseña?" }).click();
      await page.fill("[name=email]", "luis@example.com");
      await page.fill("[name=code]", "K7M4-29QX");
      await page.fill("[name=password]", "contraseña123");
      await page.click("[type=submit]");
      await page.getByText("es de las primeras que alguien probaría", { exact: false }).waitFor();
      await page.fill("[name=password]", " el buzón naranja ");
      server.signIn("supervisor");
      await page.click("[type=submit]");
      await page.waitForURL((url) => url.pathname === "/mobile");
      assert.deepEqual(sent(server, "POST", "/api/reset"), {
        email: "luis@example.com",
        code: "K7M4-29QX",
        password: " el buzón naranja ",
      });
    }));

  test("a code that is not valid says what to do, and one can go back", () =>
    visit("/login#olvido", PHONE, { role: null }, async (page) => {
      await page.fill("[name=email]", "luis@example.com");
      await page.fill("[name=code]", "AAAA-AAAA");
      await page.fill("[name=password]", "el buzón naranja");
      await page.click("[type=submit]");
      await page.getByText("El código no vale. Pide otro código.").waitFor();
      await page.getByRole("button", { name: "Volver a entrar" }).click();
      await page.getByRole("button", { name: "Entrar", exact: true }).waitFor();
      assert.equal(await page.locator("[name=code]").count(), 0);
    }));

  test("my sessions are in the menu of the board; another one is ended, this one cannot be", () =>
    visit("/mobile", PHONE, {}, async (page, server) => {
      await page.locator("summary").click();
      await page.getByRole("link", { name: "Mi cuenta" }).click();
      await page.waitForURL((url) => url.pathname === "/account");
      await page.getByRole("button", { name: "Cerrar la sesión de Safari · iPhone" }).click();
      await page.locator(`[data-session="${scene.idOf(902)}"]`).waitFor({ state: "detached" });
      assert.ok(
        server.asked.some(({ method, path }) => method === "DELETE" && path.endsWith(scene.idOf(902))),
      );
      assert.equal(await page.locator(`[data-session="${scene.idOf(901)}"] button`).count(), 0);
      assert.equal(await page.locator("[data-end-others]").count(), 0, "no other browser is left");
    }));

  test("all other browsers at once; a PC only after a question", () =>
    visit("/account", DESK, {}, async (page, server) => {
      await page.locator("[data-end-others]").click();
      await page.locator(`[data-session="${scene.idOf(902)}"]`).waitFor({ state: "detached" });
      await page.locator(PC).getByRole("button", { name: "Desvincular PC-VENTAS-07" }).click();
      await page.getByText("Ese PC deja de grabar hasta que se vincule otra vez.").waitFor();
      assert.ok(!server.asked.some(({ path }) => path.endsWith(scene.idOf(903))), "nothing before the yes");
      await page.getByRole("button", { name: "Sí, desvincular" }).click();
      await page.locator(PC).waitFor({ state: "detached" });
    }));

  test("one's own password: what is wrong stands at its field, and the form is empty afterwards", () =>
    visit("/account", PHONE, {}, async (page, server) => {
      const change = async (current: string, next: string): Promise<void> => {
        await page.fill("[name=current]", current);
        await page.fill("[name=next]", next);
        await page.getByRole("button", { name: "Cambiar contraseña" }).click();
      };
      await change("no es esta", "el buzón naranja");
      await page.locator("#current-note", { hasText: "no es la contraseña actual" }).waitFor();
      await change("la de antes", "contraseña123");
      await page.locator("#next-note", { hasText: "de las primeras" }).waitFor();
      await change("la de antes", "el buzón naranja");
      await page.getByText("Hecho. Los demás navegadores han quedado fuera.").waitFor();
      assert.deepEqual(sent(server, "PUT", "/api/me/password"), {
        current: "la de antes",
        next: "el buzón naranja",
      });
      assert.equal(await page.inputValue("[name=next]"), "");
    }));

  test("an admin sees who waits, opens the person, makes a code and ends a session", () =>
    visit("/admin", DESK, staff, async (page, server) => {
      const { id, name } = scene.me("supervisor");
      await page.locator("[data-locked]", { hasText: name }).waitFor();
      await page.locator(`[data-person="${id}"]`).click();
      const sheet = page.getByRole("dialog", { name: `Acceso de ${name}` });
      await sheet.locator("[data-waits]").waitFor();
      await sheet.locator("[data-make-code]").click();
      await sheet.locator("[data-reset-code='R4PT-8WQX']").waitFor();
      await sheet.getByText(/Caduca en \d+:\d\d/).waitFor();
      await sheet.getByRole("button", { name: "Cerrar la sesión de Safari · iPhone" }).click();
      await sheet.locator(`[data-session="${scene.idOf(902)}"]`).waitFor({ state: "detached" });
      assert.ok(server.asked.some(({ path }) => path === `/api/users/${id}/sessions/${scene.idOf(902)}`));
      await page.keyboard.press("Escape");
      await sheet.waitFor({ state: "detached" });
    }));

  test("a key is made, shown once and revoked after a question", () =>
    visit("/admin#claves", DESK, staff, async (page, server) => {
      await page.getByLabel("Para qué programa").fill("CRM");
      await page.getByLabel("Leer y cambiar contactos").check();
      await page.getByLabel("Último día en que vale").fill("2026-12-31");
      await page.getByRole("button", { name: "Hacer la clave" }).click();
      await page.locator(".secret", { hasText: /^cm_/ }).waitFor();
      const { name, scopes, expiresAt } = sent(server, "POST", "/api/keys");
      assert.deepEqual([name, scopes], ["CRM", ["contacts:write"]]);
      assert.match(String(expiresAt), /^2027-01-01T|^2026-12-31T/);
      await page.getByRole("button", { name: "Quitar la clave «CRM»" }).click();
      await page.getByRole("button", { name: "Cancelar" }).click();
      await page.getByRole("button", { name: "Quitar la clave «CRM»" }).click();
      await page.getByRole("button", { name: "Sí, quitarla" }).click();
      await page.locator(`[data-key="${scene.idOf(920)}"]`).waitFor({ state: "detached" });
      assert.equal(await page.locator("[data-made-key]").count(), 0);
    }));

  test("in English all of it is English", () =>
    visit("/account", { ...DESK, language: "en" }, {}, async (page) => {
      await page.getByRole("heading", { name: "My sessions" }).waitFor();
      await page.getByRole("button", { name: "End the session of Safari · iPhone" }).waitFor();
      await page.getByText("seen 47 min ago", { exact: false }).waitFor();
    }));
});
