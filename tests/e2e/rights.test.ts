import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFile } from "node:fs/promises";
import JSZip from "jszip";
import type { Browser } from "playwright-core";
import type { Call, KnownContact, Page, PrivacySettings } from "#contract";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { served } from "../support/served.ts";
import { answer, callStart, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";
import { openBrowser, openPage, type Look, type OpenPage } from "../web/support/browser.ts";
import { DESK, PANEL, PHONE } from "../web/support/visit.ts";

const PHONE_NUMBER = "+34655300400";

describe("what a person may ask for, in a browser and a real server", { skip: needs("chromium") }, () => {
  let browser: Browser;
  let server: TestServer;
  let pages: Awaited<ReturnType<typeof served>>;
  let maria: Client;
  let admin: Client;
  before(async () => {
    browser = await openBrowser();
    server = await testServer();
    pages = await served(server);
    maria = await server.device();
    admin = await server.browser("admin");
  });
  after(async () => {
    await browser.close();
    pages.close();
    await server.close();
  });

  async function recorded(name: string): Promise<Call> {
    const call = await wholeCall(maria, new Date(Date.now() - 600_000), {
      start: { contact: { name, phone: PHONE_NUMBER } },
    });
    const { bytes, metadata } = toneWav(2);
    await maria.request("PUT", `/api/recordings/${call.id}/parts/0`, bytes, contentDigest(bytes));
    const body = { parts: 1, metadata: { ...metadata, number: 1 } };
    assert.equal((await maria.request("POST", `/api/recordings/${call.id}`, body)).status, 200);
    return call;
  }
  async function as(userId: string, path: string, look: Look, deed: (view: OpenPage) => Promise<void>) {
    const view = await openPage(browser, { ...look, clock: "real", language: "es" });
    try {
      const value = await server.cookieOf(userId);
      await view.page.context().addCookies([{ name: "callmanager", value, url: pages.url }]);
      await view.page.goto(`${pages.url}${path}`);
      await deed(view);
      assert.deepEqual(view.errors, []);
      const over = await view.page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      assert.ok(over <= 0, `${over} px too wide`);
    } finally {
      await view.close();
    }
  }
  const contactsNow = async () =>
    (await answer<Page<KnownContact>>(admin.request("GET", "/api/contacts"))).body.items;

  test("a contact is marked, gathered and erased by an admin, on a phone", async () => {
    const call = await recorded("Rosa Vidal");
    await as(admin.userId, "/mobile#contactos", PHONE, async ({ page }) => {
      await page.locator("[data-contact]", { hasText: "Rosa Vidal" }).click();
      const sheet = page.getByRole("dialog", { name: "Contacto: Rosa Vidal" });
      await sheet.getByRole("switch", { name: /No grabar sus llamadas/ }).click({ force: true });
      await eventually("the mark", async () => (await contactsNow())[0]?.doNotRecord === true);

      await sheet.getByRole("button", { name: "Reunir expediente" }).click();
      const link = sheet.getByRole("link", { name: "Descargar expediente" });
      await link.waitFor();
      const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
      const zip = await JSZip.loadAsync(await readFile(await file.path()));
      assert.ok(zip.file("llamadas.json"), "the calls are in it");
      assert.ok(Object.keys(zip.files).some((name) => name.endsWith(".wav")));

      await sheet.getByRole("button", { name: "Borrar a esta persona" }).click();
      await sheet.getByText("1 grabación (2 s)").waitFor();
      const sure = sheet.getByRole("button", { name: "Borrar para siempre" });
      await sheet.getByLabel("Escribe BORRAR para confirmar").fill("sí");
      await sure.click();
      await sheet.getByText("Escribe BORRAR, tal cual.").waitFor();
      assert.equal((await contactsNow()).length, 1, "nothing has gone by mistake");
      await sheet.getByLabel("Escribe BORRAR para confirmar").fill("borrar");
      await sure.click();
      await sheet.getByText("Borrada de todas partes.").waitFor();
      await sheet.locator("[data-erased]").getByRole("button", { name: "Cerrar" }).click();
      await sheet.waitFor({ state: "detached" });
      await page.getByText("Aún no hay contactos.").waitFor();
    });
    const after = await answer<Call>(admin.request("GET", `/api/calls/${call.id}`));
    assert.deepEqual([after.body.contact, after.body.recorded], [{ name: null, phone: null }, false]);
  });

  test("a supervisor marks a contact, and neither gathers nor erases", async () => {
    await recorded("Eva Luz");
    const luis = await server.browser("supervisor");
    await as(luis.userId, "/mobile#contactos", DESK, async ({ page }) => {
      await page.locator("[data-contact]", { hasText: "Eva Luz" }).click();
      const sheet = page.getByRole("dialog", { name: "Contacto: Eva Luz" });
      await sheet.getByRole("switch", { name: /No grabar sus llamadas/ }).waitFor();
      assert.equal(await sheet.locator("[data-gather], [data-erase]").count(), 0);
    });
  });

  test("the agent notes the answer in the panel; a «no» pauses the recording first", async () => {
    const start = callStart(new Date(), { contact: { name: "Olga" } });
    await maria.request("POST", "/api/calls/start", start);
    const consentNow = async () =>
      (await answer<Call>(maria.request("GET", `/api/calls/${start.id}`))).body.consent;
    await as(maria.userId, "/assist", PANEL, async ({ page }) => {
      await page.evaluate("window.asked = []; window.callmanagerRecording = (what) => asked.push(what)");
      const line = page.locator("[data-consent]");
      await line.getByRole("button", { name: "Qué decirle" }).click();
      await line.getByText(/esta llamada se graba/).waitFor();
      await line.getByRole("button", { name: "Acepta", exact: true }).click();
      await line.getByRole("button", { name: "Acepta que se grabe" }).waitFor();
      const given = await consentNow();
      assert.deepEqual([given.state, given.wording], ["given", 1]);
      assert.ok((given.atMs ?? -1) >= 0);
      await line.getByRole("button", { name: "Acepta que se grabe" }).click();
      await line.getByRole("button", { name: "No acepta" }).click();
      await line.getByText("No acepta: grabación en pausa").waitFor();
      assert.deepEqual(await page.evaluate("asked"), ["pause"]);
      assert.equal((await consentNow()).state, "refused");
    });
  });

  test("an admin writes what is said, and which campaigns are never recorded", async () => {
    for (const look of [PHONE, DESK])
      await as(admin.userId, "/admin#privacidad", look, async ({ page }) => {
        const words = `Le grabamos para mejorar. ¿Le parece bien? (${look.width})`;
        await page.getByLabel("En español").fill(words);
        await page.locator("[data-part=wording]").getByRole("button", { name: "Guardar" }).click();
        await page.locator("[data-part=wording]").getByText("Guardado").waitFor();
        await page.getByText(/^Versión [23] · desde el/).waitFor();
        await page.locator("textarea[name=campaigns]").fill("Atención médica\n\nMenores");
        await page.locator("[data-part=campaigns]").getByRole("button", { name: "Guardar" }).click();
        await page.locator("[data-part=campaigns]").getByText("Guardado").waitFor();
      });
    const kept = await answer<PrivacySettings>(admin.request("GET", "/api/consent/settings"));
    assert.deepEqual(kept.body.campaignsNotRecorded, ["Atención médica", "Menores"]);
  });
});
