import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import type { Call, Stats } from "#contract";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { served } from "../support/served.ts";
import { answer, PASSWORD, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";
import { openBrowser, openPage, type OpenPage } from "../web/support/browser.ts";
import { NOW } from "../web/support/scene.ts";
import { PHONE } from "../web/support/visit.ts";

const SECONDS = 20;
const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);

/** A tone as the recording of a call. */
async function record(device: Client, { id }: Call): Promise<void> {
  const { bytes, metadata } = toneWav(SECONDS);
  await device.request("PUT", `/api/recordings/${id}/parts/0`, bytes, contentDigest(bytes));
  const done = await device.request("POST", `/api/recordings/${id}`, {
    parts: 1,
    metadata: { ...metadata, number: 1 },
  });
  assert.equal(done.status, 200);
}

describe("a supervisor's day, tried as somebody new would", { skip: needs("chromium") }, () => {
  let browser: Browser;
  let server: TestServer;
  let pages: Awaited<ReturnType<typeof served>>;
  let lucia: Client;
  let diego: Client;
  let luis: string;

  before(async () => {
    browser = await openBrowser();
    server = await testServer();
    pages = await served(server);
    server.setNow(ago(300));
    luis = await server.person("supervisor", { name: "Luis Prieto" });
    lucia = await server.device({ name: "Lucía Ferrer" });
    diego = await server.device({ name: "Diego Salas" });
    const day: [minutes: number, name: string, disposition: string][] = [
      [120, "Juan García", "sale"],
      [90, "Rosa Molina", "not_interested"],
      [60, "Pedro Vidal", "no_answer"],
    ];
    for (const [minutes, name, disposition] of day) {
      const at = ago(minutes);
      server.setNow(new Date(at.getTime() + 120_000));
      const change = { disposition, wrapUpEndedAt: server.now().toISOString() };
      const call = await wholeCall(lucia, at, { start: { contact: { name } }, seconds: SECONDS, change });
      await record(lucia, call);
    }
    const declare = async (device: Client, minutes: number, body: object): Promise<void> => {
      server.setNow(ago(minutes));
      assert.ok((await device.request("POST", "/api/agents/me/state", body)).ok);
    };
    await declare(diego, 45, { state: "paused", reason: "Comida" });
    await declare(lucia, 12, { state: "available" });
    server.setNow(NOW);
  });
  after(async () => {
    await browser.close();
    pages.close();
    await server.close();
  });

  /** A phone on which somebody signs in. */
  async function phone(userId: string): Promise<OpenPage> {
    const view = await openPage(browser, { ...PHONE, language: "es", touch: true });
    const { page } = view;
    await page.goto(`${pages.url}/mobile`);
    await page.getByLabel("Correo").fill(`${userId}@example.com`);
    await page.getByLabel("Contraseña", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Entrar" }).tap();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.waitForURL(({ pathname }) => pathname === "/mobile");
    await page.locator('[data-connection="live"]').waitFor();
    assert.equal(asked.filter((path) => path === "/api/me").length, 1, "who is here is asked once");
    // before signing in the board was told that nobody is
    assert.deepEqual(
      view.errors.splice(0).filter((error) => !error.includes("401")),
      [],
    );
    return view;
  }
  const written = async (page: Page, name: string): Promise<string> =>
    ((await page.getByRole("dialog", { name }).innerText()) ?? "").replaceAll(/[\s\u00a0]+/g, " ");
  const shut = async (page: Page): Promise<void> => {
    await page.getByRole("dialog").getByRole("button", { name: "Cerrar" }).tap();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  const go = (page: Page, name: string): Promise<void> =>
    page.getByRole("navigation", { name: "Principal" }).getByRole("link", { name }).tap();

  test("who waits too long, why the rate is what it is, the call behind it, an alert less, a state put right", async () => {
    const view = await phone(luis);
    const { page, errors } = view;
    const waits = page.getByRole("link", { name: /Lucía Ferrer.*disponible · límite 5 min/ });

    // who waits too long stands on the first screen, and leads to that agent
    await page.getByRole("heading", { name: "Necesita tu atención" }).waitFor();
    await waits.tap();
    assert.match(await written(page, "Ficha de Lucía Ferrer"), /Lucía Ferrer.*Disponible.*12:\d\d/);
    await shut(page);

    // the rate: how it is counted, of what, and against what else it could be
    await go(page, "Panel");
    const totals = (await answer<Stats>((await server.session(luis, "browser")).request("GET", "/api/stats")))
      .body.totals.successRate;
    assert.deepEqual([totals.numerator, totals.denominator], [1, 2], "nobody answered the third call");
    await page.getByRole("button", { name: /^Tasa de éxito: 1 de 2/ }).tap();
    const made = page.getByRole("dialog", { name: "De qué está hecho: Tasa de éxito" });
    await made.getByRole("link", { name: /Juan García/ }).waitFor();
    const sheet = await written(page, "De qué está hecho: Tasa de éxito");
    assert.match(sheet, /50 % 1 de 2/);
    assert.match(sheet, /1 Ventas 2 Contactos/);
    assert.match(sheet, /Cómo se calcula ventas ÷ contactos.*Fuente /i);
    assert.equal(await made.getByRole("link").count(), 1, "the one sale");
    await made.getByRole("group", { name: "Qué llamadas" }).getByRole("button", { name: "Contactos" }).tap();
    await made.getByRole("link", { name: /Rosa Molina/ }).waitFor();
    assert.equal(await made.getByRole("link").count(), 2);
    const against = page.getByRole("dialog").getByRole("group", { name: "Ventas entre…" });
    await against.getByRole("button", { name: "Llamadas" }).tap();
    await page.getByRole("dialog").getByText("1 de 3").waitFor();
    await against.getByRole("button", { name: "Contactos" }).tap();

    // from the sale to its sound
    await made.getByRole("link", { name: /Juan García/ }).tap();
    const player = page.getByRole("dialog", { name: "Reproductor: Juan García" });
    await player.getByRole("button", { name: "Reproducir" }).tap();
    const heard = (): Promise<number> =>
      page.evaluate<number>("document.querySelector('audio')?.currentTime ?? 0");
    const first = await eventually("the recording to play", heard);
    await eventually("it to go on", async () => (await heard()) > first + 0.3);
    await player.getByRole("button", { name: "Pausar" }).tap();
    await shut(page);

    // one alert less, and back again
    await go(page, "Mi equipo");
    await waits.waitFor();
    await page.getByRole("button", { name: "Elegir avisos" }).tap();
    const long = page.getByRole("switch", { name: /Mucho tiempo disponible/ });
    await long.tap();
    await waits.waitFor({ state: "detached" });
    await long.tap();
    await waits.waitFor({ state: "attached" });
    await shut(page);

    // the pause was a course: put right with a reason, which stays
    await page.getByRole("button", { name: /Diego Salas/ }).tap();
    const diegos = page.getByRole("dialog", { name: "Ficha de Diego Salas" });
    await diegos.getByText("Ver los tramos").tap();
    await diegos.getByRole("button", { name: /^Corregir Pausa de las/ }).tap();
    await diegos.getByLabel("Motivo de la pausa").selectOption("Formación");
    await diegos.getByLabel("Por qué se corrige").fill("Estaba en el curso");
    await diegos.getByRole("button", { name: "Guardar la corrección" }).tap();
    await diegos.getByRole("region", { name: "Correcciones" }).waitFor();
    assert.match(
      await written(page, "Ficha de Diego Salas"),
      /Motivo: Comida → Formación «Estaba en el curso» Luis Prieto/,
    );
    assert.deepEqual(errors, []);
    await view.close();

    // whose state it is reads the same
    const own = await phone(diego.userId);
    await own.page.getByRole("heading", { name: "Hola, Diego" }).waitFor();
    const told = own.page.getByRole("region", { name: "Correcciones" });
    await told.waitFor();
    assert.match(
      (await told.innerText()).replaceAll(/\s+/g, " "),
      /Motivo: Comida → Formación «Estaba en el curso» Luis Prieto/,
    );
    await own.page.getByText("Pausa · Formación").first().waitFor();
    assert.deepEqual(own.errors, []);
    await own.close();
    assert.deepEqual(server.errors, []);
  });
});
