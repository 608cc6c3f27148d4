import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import type { Ai } from "./support/fake-copilot.ts";
import type { FakeServer } from "./support/fake-server.ts";
import * as scene from "./support/scene.ts";
import { own, PANEL, sent, visits } from "./support/visit.ts";

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("the copilot's window", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  const copied = (page: Page): Promise<string> => page.evaluate<string>("navigator.clipboard.readText()");
  /** Presses 1 once the keys have come, and waits for the state that it brings. */
  async function press1(page: Page, state: string): Promise<void> {
    await page.waitForSelector("[data-key='1']:has-text('Es caro')");
    await page.keyboard.press("1");
    await page.waitForSelector(`[data-state=${state}]`);
  }
  /** What has been told of the last question, once `enough` of it is there. */
  async function told(server: FakeServer, enough: (all: Record<string, unknown>) => boolean) {
    const id = String(sent(server, "POST", "/api/copilot/ask")["id"]);
    const all = (): Record<string, unknown> => ({ ...server.told.get(id) });
    await eventually("the feedback", () => enough(all()));
    return all();
  }

  const dismissals = ({ asked }: FakeServer): number =>
    asked.filter(({ body }) => JSON.stringify(body)?.includes('"dismissed"')).length;

  test("a key brings the card, the words under it and the doubt about them", () =>
    visit("/assist", { ...PANEL, clock: "real" }, own("call"), async (page, server) => {
      // the call comes with the first frame of the board
      await page.getByText("Álvaro Quesada").first().waitFor();
      await press1(page, "done");
      assert.equal(
        await page.locator("[data-card=fibre-price] b").textContent(),
        "Le entiendo: nadie quiere pagar de más.",
      );
      assert.equal(await page.locator("[data-suggestion] mark").textContent(), "15 %");
      await page.getByText("15 % sin verificar").waitFor();
      await eventually("the mark of the painted card", () =>
        page.evaluate("performance.getEntriesByName('card-painted').length === 1"),
      );
      const { id, ...asked } = sent(server, "POST", "/api/copilot/ask");
      assert.match(String(id), UUID7);
      assert.deepEqual(asked, { text: "Es muy caro", callId: scene.agents[4]?.callId, context: "Fibra" });
      const { shownMs } = await told(server, (all) => "shownMs" in all);
      assert.ok(Number.isInteger(shownMs) && Number(shownMs) < 10_000, String(shownMs));
    }));

  test("Enter copies the approved answer, Ctrl+Enter the model's, and both are told", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await press1(page, "done");
      await page.keyboard.press("Enter");
      await page.locator("[data-copy=approved]:has-text('Copiada')").waitFor();
      assert.match(await copied(page), /^Le entiendo/);
      await told(server, ({ copied: what }) => what === "approved");
      await page.keyboard.press("Control+Enter");
      await told(server, ({ copied: what }) => what === "ai");
      assert.match(await copied(page), /^Es normal/);
    }));

  test("a thumb is given, changed and taken back", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await press1(page, "done");
      const up = page.getByRole("button", { name: "Me sirve", exact: true });
      const down = page.getByRole("button", { name: "No me sirve" });
      await up.click();
      await told(server, ({ thumbs }) => thumbs === "up");
      await down.click();
      await told(server, ({ thumbs }) => thumbs === "down");
      assert.equal(await up.getAttribute("aria-pressed"), "false");
      assert.equal(await down.getAttribute("aria-pressed"), "true");
      await down.click();
      await told(server, ({ thumbs }) => thumbs === null);
      assert.equal(await down.getAttribute("aria-pressed"), "false");
    }));

  test("digits are text while there is text, and Enter asks with it", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await page.waitForSelector("[data-key='1']:has-text('Es caro')");
      await page.keyboard.type("me ofrecen 25 euros");
      assert.equal(
        server.asked.some(({ path }) => path === "/api/copilot/ask"),
        false,
      );
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-state=done]");
      assert.equal(sent(server, "POST", "/api/copilot/ask")["text"], "me ofrecen 25 euros");
      assert.equal(await page.inputValue(".as-said input"), "");
    }));

  const troubles: [ai: Ai, title: string, hint: string][] = [
    ["down", "IA no disponible", "La IA está apagada"],
    ["busy", "IA ocupada", "La IA atiende otras llamadas: prueba en unos segundos."],
    ["slow", "IA lenta", "La IA va lenta. Usa la respuesta aprobada."],
    ["superseded", "Otra pregunta en marcha", "Has preguntado otra cosa."],
    ["held_out", "Solo respuestas aprobadas", "Llamada de comparación"],
  ];
  for (const [ai, title, hint] of troubles)
    test(`${ai}: the card stays, with a calm line`, () =>
      visit("/assist", PANEL, own("call", { ai }), async (page) => {
        await press1(page, "offline");
        assert.ok(await page.locator("[data-card=fibre-price]").isVisible());
        const line = page.locator("[data-suggestion=offline]");
        assert.equal(await line.locator("header").innerText(), title);
        assert.ok((await line.locator("p").innerText()).startsWith(hint));
      }));

  test("a server that is gone is said, and what to do", () =>
    visit("/assist", PANEL, own("call"), async (page) => {
      await page.route("**/api/copilot/ask", (route) => route.abort());
      await press1(page, "offline");
      await page.getByText("Sin conexión con el servidor", { exact: true }).waitFor();
    }));

  test("no approved answer: to offer a call back is what helps", async () => {
    await visit("/assist", PANEL, own("call", { ai: "none" }), async (page) => {
      await press1(page, "done");
      await page.getByText("Sin respuesta aprobada").waitFor();
      await page.getByText("Ofrece consultarlo y devolver la llamada.").waitFor();
      assert.ok(await page.locator("[data-copy=approved]").isDisabled());
    });
    await visit("/assist", PANEL, own("call", { ai: "nothing" }), async (page) => {
      await press1(page, "offline");
      await page.getByText("La IA está apagada. Ofrece consultarlo y devolver la llamada.").waitFor();
    });
  });

  test("the suggestion as it stands replaces what streamed; another language is said; doubts are named", async () => {
    await visit("/assist", PANEL, own("call", { ai: "cut" }), async (page) => {
      await press1(page, "done");
      assert.equal(
        await page.locator("[data-suggestion] p").innerText(),
        "Es normal que 29,90 € suene a gasto nuevo.",
      );
    });
    await visit("/assist", PANEL, own("call", { ai: "foreign" }), async (page) => {
      await press1(page, "done");
      await page.getByText("en otro idioma").waitFor();
    });
    await visit("/assist", PANEL, own("call", { ai: "promises" }), async (page) => {
      await press1(page, "done");
      await page.getByText("4 sin verificar").waitFor();
      await page.getByText("Sin verificar: 3 primeros meses · 19,90 € · garantizo · gratis").waitFor();
      assert.equal(await page.locator("mark").count(), 4);
    });
  });

  test("Esc hides; an answer that nobody copied counts as dismissed, once", () =>
    visit("/assist", PANEL, own("call", { ai: "half" }), async (page, server) => {
      await page.evaluate("window.hidden = []; window.callmanagerHide = (reason) => hidden.push(reason)");
      await press1(page, "streaming");
      await page.waitForSelector(".caret b");
      await page.keyboard.press("Escape");
      assert.deepEqual(await page.evaluate("hidden"), [""]);
      await told(server, ({ dismissed }) => dismissed === true);
      await page.evaluate("dispatchEvent(new Event('callmanager:summon'))");
      await page.waitForSelector("[data-state=idle]");
      assert.equal(await page.evaluate("document.activeElement.tagName"), "INPUT");
      assert.equal(dismissals(server), 1);
    }));

  test("what was copied is not dismissed", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await page.evaluate("window.callmanagerHide = () => undefined");
      await press1(page, "done");
      await page.keyboard.press("Enter");
      await told(server, ({ copied: what }) => what === "approved");
      await page.keyboard.press("Escape");
      await page.evaluate("dispatchEvent(new Event('callmanager:summon'))");
      await page.waitForSelector("[data-state=idle]");
      assert.equal(dismissals(server), 0);
    }));

  test("when the call ends one key marks it; a sale takes its amount", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await page.waitForSelector("[data-state=idle]");
      const [call] = scene.ownSnapshot("ended").calls;
      assert.ok(call);
      server.send({ event: "call", data: call });
      await page.waitForSelector("[data-state=wrap-up]");
      await page.keyboard.press("1");
      await page.waitForSelector("input[name=amount]:focus");
      await page.keyboard.type("29,90");
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-state=no-call]");
      await page.getByText("Guardado: Venta").first().waitFor();
      const { wrapUpEndedAt, ...change } = sent(server, "PATCH", `/api/calls/${call.id}`);
      assert.deepEqual(change, { disposition: "sale", saleAmount: 29.9 });
      assert.match(String(wrapUpEndedAt), /^2026-11-23T15:42/);
    }));

  test("the keys are those of the call's product", () =>
    visit("/assist", PANEL, own("none"), async (page, server) => {
      await page.waitForSelector("[data-key='3']:has-text('Ya tengo')");
      const [call] = scene.ownSnapshot("call").calls;
      assert.ok(call);
      server.send({ event: "call", data: { ...call, campaign: "Seguro de hogar" } });
      await page.waitForSelector("[data-key='2']:has-text('Ya tengo seguro')");
      assert.equal(await page.locator("[data-key]").count(), 3);
      assert.ok(server.asked.some(({ path }) => path === "/api/copilot/status?context=Seguro+de+hogar"));
    }));
});
