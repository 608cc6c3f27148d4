import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { needs } from "../support/real.ts";
import { staff } from "./support/access-pictures.ts";
import { openBrowser } from "./support/browser.ts";
import * as scene from "./support/scene.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

describe("one person, and the way around administration", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const { id } = scene.me("supervisor");
  const other = scene.idOf(301);

  test("role and team are changed, to one that there is, or to a new one; the list says so", () =>
    visit("/admin", PHONE, staff, async (page, server) => {
      await page.locator(`[data-person="${id}"]`).click();
      const form = page.locator("[data-details]");
      const saved = async (): Promise<unknown> => {
        const answered = page.waitForResponse((response) => response.request().method() === "PATCH");
        await form.getByRole("button", { name: "Guardar" }).click();
        await answered;
        await form.getByText("Guardado.").waitFor();
        const { name, email, ...rest } = sent(server, "PATCH", `/api/users/${id}`);
        assert.deepEqual([name, email], [scene.me("supervisor").name, scene.me("supervisor").email]);
        return rest;
      };
      const team = form.locator("[name=knownTeam]");
      await form.getByText("Sede: Madrid").waitFor();
      await form.locator("[name=role]").selectOption("executive");
      await team.selectOption("Ventas Sur");
      await form.getByText("Sede: Sevilla").waitFor();
      assert.deepEqual(await saved(), { role: "executive", team: "Ventas Sur", site: "Sevilla" });

      await team.selectOption("Otro equipo…");
      await form.getByLabel("Nombre del equipo").fill("Dirección");
      await form.locator("select[name=site]").selectOption("Madrid");
      assert.deepEqual(await saved(), { role: "executive", team: "Dirección", site: "Madrid" });
      await form.getByText("Sede: Madrid").waitFor();

      await team.selectOption("Otro equipo…");
      await form.getByLabel("Nombre del equipo").fill("Calidad");
      await form.locator("select[name=site]").selectOption("Otra sede…");
      await form.getByLabel("Nombre de la sede").fill("Bilbao");
      assert.deepEqual(await saved(), { role: "executive", team: "Calidad", site: "Bilbao" });
      await page.keyboard.press("Escape");
      await page.locator(`[data-person="${id}"]`, { hasText: "Calidad" }).waitFor();
    }));

  test("the access is taken away after a question, and given back", () =>
    visit("/admin", PHONE, staff, async (page, server) => {
      await page.locator(`[data-person="${other}"]`).click();
      const card = page.locator("[data-admission]");
      await card.getByRole("button", { name: "Quitar el acceso" }).click();
      await card.getByRole("button", { name: "Cancelar" }).click();
      await card.getByRole("button", { name: "Quitar el acceso" }).click();
      assert.ok(!server.asked.some(({ method }) => method === "PATCH"), "nothing before the yes");
      await card.getByRole("button", { name: "Sí, quitarlo" }).click();
      await page.locator("[data-admission]", { hasText: "No puede entrar." }).waitFor();
      assert.deepEqual(sent(server, "PATCH", `/api/users/${other}`), { active: false });
      assert.equal(await page.locator("[data-make-code]").count(), 0, "no code for whoever may not enter");
      await card.getByRole("button", { name: "Devolver el acceso" }).click();
      await card.getByRole("button", { name: "Quitar el acceso" }).waitFor();
    }));

  test("nobody takes the own access away", () => {
    const own = scene.me("admin");
    return visit("/admin", PHONE, { ...staff, users: [own] }, async (page) => {
      await page.locator(`[data-person="${own.id}"]`).click();
      await page.locator("[data-details]").waitFor();
      assert.equal(await page.locator("[data-admission]").count(), 0);
    });
  });

  test("whoever is alone finds the form open and adds one after the other; a company finds it folded", async () => {
    const add = "[data-add-person]";
    await visit("/admin", PHONE, { ...staff, users: [scene.me("admin")] }, async (page, server) => {
      for (const name of ["Nerea Pardo", "Iván Castaño"]) {
        await page.fill("[name=name]", name);
        await page.fill("[name=email]", "alguien@example.com");
        await page.fill("[name=password]", "el buzón naranja");
        await page.locator(add).getByRole("button", { name: "Añadir" }).click();
        await page.getByText(`Hecho. ${name} ya puede entrar.`).waitFor();
        const { team, site } = sent(server, "POST", "/api/users");
        assert.deepEqual([team, site], ["Ventas", "Madrid"], "the first begins a team, the next joins it");
      }
      assert.equal(await page.locator("[data-person]").count(), 3);
    });
    await visit("/admin", PHONE, staff, async (page) => {
      await page.locator("[data-person]").first().waitFor();
      assert.ok(!(await page.locator("[name=email]").isVisible()));
      await page.locator(`${add} summary`).click();
      await page.locator("[name=email]").waitFor();
    });
  });

  test("among many people somebody is found by name without accents", () => {
    const users = Array.from({ length: 12 }, (_, i) => ({
      ...scene.me("agent"),
      id: scene.idOf(400 + i),
      name: i === 7 ? "Nerea Ibáñez" : `Agente ${i}`,
    }));
    return visit("/admin", PHONE, { ...staff, users }, async (page) => {
      await page.getByLabel("Nombre, correo o equipo").fill("ibanez");
      await page.locator("[data-person]", { hasText: "Nerea" }).waitFor();
      assert.equal(await page.locator("[data-person]").count(), 1);
      await page.getByLabel("Nombre, correo o equipo").fill("nadie así");
      await page.getByText("Nadie se llama así.").waitFor();
    });
  });

  test("a desk shows every screen, and which is open; a phone has the last ones in its menu", async () => {
    await visit("/admin#conservacion", DESK, staff, async (page) => {
      const open = page.locator('.nav > [aria-current="page"]');
      await open.getByText("Conservación").waitFor();
      for (const screen of ["Privacidad", "Claves", "Auditoría"])
        assert.ok(await page.locator(".nav > a", { hasText: screen }).isVisible(), screen);
      await page.locator("summary[aria-label]").click();
      assert.ok(!(await page.locator(".menu a", { hasText: "Auditoría" }).isVisible()), "not a second time");
    });
    await visit("/admin", PHONE, staff, async (page) => {
      await page.locator("summary[aria-label]").click();
      await page.locator(".menu a", { hasText: "Auditoría" }).click();
      await page.getByRole("heading", { name: "Auditoría" }).waitFor();
      assert.equal(await page.locator(".nav > a:visible").count(), 5);
    });
  });

  test("whoever is no admin is told so, and led back", () =>
    visit("/admin", PHONE, { role: "agent" }, async (page) => {
      await page.getByText("Esta página es para administración.").waitFor();
      assert.equal(await page.locator(".nav > a:visible").count(), 1);
      await page.getByRole("link", { name: "Ir al panel" }).click();
      await page.waitForURL((url) => url.pathname === "/mobile");
    }));

  test("a key that may do nothing says what is missing", () =>
    visit("/admin#claves", PHONE, staff, async (page) => {
      await page.getByLabel("Para qué programa").fill("CRM");
      await page.getByRole("button", { name: "Hacer la clave" }).click();
      await page.getByText("Elige al menos una cosa.").waitFor();
    }));
});
