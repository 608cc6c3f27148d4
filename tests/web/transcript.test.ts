import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { piecesOf, says, wordsOf } from "../../web/mobile/recordings/player/pieces.ts";
import { silencedOf } from "../../web/mobile/recordings/player/sound.ts";
import { openBrowser } from "./support/browser.ts";
import * as scene from "./support/scene.ts";
import { gaps, lines } from "./support/transcript-scene.ts";
import { DESK, own, PHONE, sent, visits } from "./support/visit.ts";

const OSCAR = scene.idOf(200);

test("a line in its pieces: masks, and the words that were looked for", () => {
  const pieces = piecesOf("Mi tarjeta es la [tarjeta], sin permanencia", true, wordsOf("PERMANÉN"));
  assert.deepEqual(pieces.slice(1), [
    { text: "tarjeta", mask: "card" },
    { text: ", sin " },
    { text: "permanencia", hit: true },
  ]);
  assert.deepEqual(piecesOf("un [tarjeta] de verdad", false, []), [{ text: "un [tarjeta] de verdad" }]);
  assert.ok(says("Sin permanencia, de verdad", wordsOf("sin perma")));
  assert.ok(!says("Sin permanencia", wordsOf("perma sin nada")), "all of the words, in one go");
  assert.ok(!says("Sin permanencia", wordsOf("  ")));
});

test("what was silenced for card data, once, whichever side it was", () => {
  assert.deepEqual(silencedOf(gaps), [
    { from: 232, to: 236, why: "card" },
    { from: 257, to: 289, why: "paused" },
  ]);
  const twice = silencedOf([
    { side: "agent", from: 5, to: 8, why: "card" },
    { side: "customer", from: 6, to: 9, why: "card" },
    { side: "both", from: 20, to: 21 },
  ]);
  assert.deepEqual(twice, [{ from: 5, to: 9, why: "card" }]);
});

describe("what was said, in the player", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  const openCall = async (page: Page, id = OSCAR): Promise<void> => {
    await page.locator(`[data-call="${id}"]`).click();
    await page.locator("dialog[open] [data-line], dialog[open] [data-said]").first().waitFor();
  };
  const line = (page: Page, n: number) => page.locator(`[data-line="${n}"]`);
  const at = (page: Page): Promise<number> =>
    page.locator(".lanes").getAttribute("aria-valuenow").then(Number);

  test("it is asked for when a recording is opened, by lane and time, with masks and what was silenced", () =>
    visit("/mobile#grabaciones", PHONE, {}, async (page, server) => {
      await page.locator("[data-call]").first().waitFor();
      assert.ok(!server.asked.some(({ path }) => path.startsWith("/api/transcripts")));
      await openCall(page);
      assert.equal(await page.locator("[data-line]").count(), lines.length);
      assert.match(await line(page, 3).innerText(), /^3:14\s+Cliente\s+Es que ahora mismo me parece caro/);
      assert.match(await line(page, 4).innerText(), /^3:19\s+Lucía\s/);
      assert.match(await line(page, 8).innerText(), /Le doy la tarjeta: tarjeta oculta, a mi nombre/);
      const silenced = await page.locator("[data-silenced]").allInnerTexts();
      assert.match(silenced[0] ?? "", /^3:52\s+4\ss sin sonido: se ha borrado un número de tarjeta/);
      assert.match(silenced[1] ?? "", /^4:17\s+Grabación en pausa 32\ss: datos de tarjeta/);
      assert.equal(await page.locator(".hatch").count(), 2);
    }));

  test("a pressed line is heard, and the current line follows the playback", () =>
    visit("/mobile#grabaciones", { ...DESK, clock: "real" }, {}, async (page) => {
      await openCall(page);
      await line(page, 3).getByRole("button").first().click();
      await page.waitForFunction("!document.querySelector('audio').paused");
      await eventually("the place", async () => (await at(page)) >= 194 && (await at(page)) < 198);
      await page.locator("[data-line='3'][data-current]").waitFor();
      await page.evaluate("document.querySelector('audio').currentTime = 200");
      await page.locator("[data-line='4'][data-current]").waitFor();
      assert.equal(await page.locator("[data-current]").count(), 1);
    }));

  test("it scrolls by itself, but not against the person, and never takes the focus", () =>
    visit("/mobile#grabaciones", { ...DESK, height: 700, clock: "real" }, {}, async (page) => {
      await openCall(page);
      const list = page.locator(".lines-said");
      const top = (): Promise<number> => list.evaluate((element) => element.scrollTop);
      await page.getByRole("button", { name: "Reproducir" }).click();
      await page.waitForFunction("!document.querySelector('audio').paused");
      await page.evaluate("document.querySelector('audio').currentTime = 231");
      await eventually("the list to follow", async () => (await top()) > 100);
      assert.equal(
        await page.evaluate("document.activeElement.getAttribute('aria-label')"),
        "Pausar",
        "the focus stays where it was",
      );
      await page.waitForTimeout(600);
      await list.hover();
      await page.mouse.wheel(0, -2000);
      await eventually("the person's scrolling", async () => (await top()) === 0);
      await page.evaluate("document.querySelector('audio').currentTime = 301");
      await page.locator("[data-line='9'][data-current]").waitFor();
      await page.waitForTimeout(600);
      assert.equal(await top(), 0);
    }));

  test("a line is corrected in place; what had been written can be seen", () =>
    visit("/mobile#grabaciones", PHONE, {}, async (page, server) => {
      await openCall(page);
      await line(page, 3).getByRole("button").first().click();
      await line(page, 3).getByRole("button", { name: "Corregir" }).click();
      const field = page.getByLabel("Lo que se dijo en esta línea");
      assert.equal(await field.inputValue(), lines[3]?.text);
      const audio = (what: string) => page.evaluate(`document.querySelector("audio").${what}`);
      await audio("pause()");
      const before = await audio("currentTime");
      await field.fill("Es que ahora mismo");
      // keys of the player are letters here, and Esc leaves the player open
      await field.press("Space");
      await field.press("ArrowLeft");
      assert.deepEqual([await audio("currentTime"), await audio("paused")], [before, true]);
      await field.press("Escape");
      assert.ok(await page.locator("dialog.dock[open]").isVisible());
      await line(page, 3).getByRole("button", { name: "Corregir" }).click();
      await field.fill(" Es que ahora mismo\nme parece barato. ");
      await field.press("Enter");
      await line(page, 3).getByText("corregida").waitFor();
      assert.deepEqual(sent(server, "PATCH", `/api/transcripts/${OSCAR}/lines/3`), {
        text: "Es que ahora mismo me parece barato.",
      });
      await page.getByText("Se había escrito: «Es que ahora mismo me parece caro, la verdad.»").waitFor();
    }));

  test("a line is confirmed as right", () =>
    visit("/mobile#grabaciones", PHONE, {}, async (page, server) => {
      await openCall(page);
      await line(page, 4).getByRole("button").first().click();
      await line(page, 4).getByRole("button", { name: "Está bien" }).click();
      await line(page, 4).getByText("comprobada").waitFor();
      assert.deepEqual(sent(server, "PATCH", `/api/transcripts/${OSCAR}/lines/4`), {
        text: lines[4]?.text,
      });
      assert.equal(await line(page, 4).getByRole("button", { name: "Está bien" }).count(), 0);
    }));

  test("what the server says against a correction stands at the line, and nothing typed is lost", () =>
    visit("/mobile#grabaciones", PHONE, {}, async (page) => {
      await openCall(page);
      await line(page, 5).getByRole("button").first().click();
      await line(page, 5).getByRole("button", { name: "Corregir" }).click();
      await page.route("**/api/transcripts/**", (route) => route.abort());
      const field = page.getByLabel("Lo que se dijo en esta línea");
      await field.fill("Son 29,90 €");
      await page.getByRole("button", { name: "Guardar" }).click();
      await line(page, 5).getByRole("alert").waitFor();
      assert.equal(await field.inputValue(), "Son 29,90 €");
    }));

  test("an executive reads and corrects nothing; an agent corrects the own calls", async () => {
    await visit("/mobile#grabaciones", DESK, { role: "executive" }, async (page) => {
      await openCall(page);
      await page.getByText("Pulsa una línea para oírla.", { exact: true }).waitFor();
      await line(page, 3).getByRole("button").first().click();
      assert.equal(await page.locator("[data-correct]").count(), 0);
      await line(page, 2).getByRole("button").first().click();
      await page.locator("[data-original]").waitFor();
    });
    await visit("/mobile#grabaciones", DESK, own("none"), async (page) => {
      await openCall(page);
      await line(page, 3).getByRole("button").first().click();
      await page.locator("[data-correct]").waitFor();
    });
  });

  test("the list finds what was said, and the player shows where", () =>
    visit("/mobile#grabaciones", DESK, {}, async (page) => {
      const field = page.getByRole("searchbox", { name: "Buscar grabaciones" });
      assert.equal(await field.getAttribute("placeholder"), "Nombre, teléfono o frase dicha");
      await field.fill("permanencia");
      await page.locator("[data-call]").nth(1).waitFor({ state: "detached" });
      await openCall(page);
      await page.getByText("2 líneas con «permanencia»").waitFor();
      assert.deepEqual(await page.locator("mark.hit").allInnerTexts(), ["permanencia", "permanencia"]);
      await eventually("the first of them in sight", () =>
        page.locator(".lines-said").evaluate((list) => list.scrollTop > 0),
      );
    }));

  test("without words it says why", async () => {
    await visit("/mobile#grabaciones", PHONE, {}, async (page) => {
      await openCall(page, scene.idOf(202));
      await page.getByText("Esta llamada no tiene transcripción.").waitFor();
      await page
        .getByText("Solo se escribe en los equipos en que administración lo permite", { exact: false })
        .waitFor();
    });
    await visit("/mobile#grabaciones", PHONE, {}, async (page) => {
      await openCall(page, scene.idOf(201));
      await page.getByText("No se ha reconocido ninguna frase.").waitFor();
      assert.equal(await page.locator("[data-talk]").count(), 0);
    });
  });

  const FIGURES = [
    "54 %|Habla el agente|1:52 de 3:28",
    "1:12|Monólogo más largo",
    "1|Interrupciones|del agente",
    "0:24|Silencio|nadie habla",
  ];
  const figures = async (page: Page): Promise<string[]> =>
    (await page.locator("[data-figure]").allInnerTexts()).map((text) =>
      text.replace(/\n+/g, "|").replaceAll("\u00a0", " "),
    );

  test("the agent sees the same figures as the supervisor; a tap says what one means", async () => {
    await visit("/mobile#grabaciones", DESK, {}, async (page) => {
      await openCall(page);
      assert.deepEqual(await figures(page), FIGURES);
      await page.locator("[data-figure=interruptions]").click();
      await page.getByText("no se deduce el ánimo de nadie", { exact: false }).waitFor();
      assert.equal(await page.locator("[data-figure][aria-expanded=true]").count(), 1);
    });
    await visit("/mobile#grabaciones", PHONE, own("none"), async (page) => {
      await openCall(page);
      assert.deepEqual(await figures(page), FIGURES);
    });
    await visit("/mobile", PHONE, own("call"), async (page) => {
      await page.locator(`[data-last-talk="${OSCAR}"]`).waitFor();
      assert.deepEqual(await figures(page), FIGURES);
      assert.deepEqual(await page.evaluate("layoutShifts"), []);
    });
  });

  test("in English all of it is English", () =>
    visit("/mobile#grabaciones", { ...DESK, language: "en" }, {}, async (page) => {
      await openCall(page);
      await page.getByRole("heading", { name: "What was said" }).waitFor();
      await page.getByText("card hidden").waitFor();
      await page.getByText("Longest monologue").waitFor();
    }));
});
