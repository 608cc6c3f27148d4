import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { within } from "../support/bounds.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import type { FakeServer } from "./support/fake-server.ts";
import * as scene from "./support/scene.ts";
import { hears, inTray, summon, tells, trayCalls } from "./support/tray.ts";
import { own, PANEL, sent, visits } from "./support/visit.ts";

const DEAR = "Es que ahora mismo me parece caro, la verdad.";

describe("the copilot's window hears the customer", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  const questions = ({ asked }: FakeServer): unknown[] =>
    asked.flatMap(({ path, body }) => (path === "/api/copilot/ask" ? [(body as { text: string }).text] : []));
  const words = (page: Page): Promise<string> =>
    page
      .locator(".as-line q")
      .innerText()
      .then((text) => text.slice(1, -1));
  /** Everything is there: the call, and the keys. */
  const ready = (page: Page) => page.waitForSelector("[data-state=idle] [data-key='1']:has-text('Es caro')");

  test("what is said grows and settles above the field, and nothing moves", () =>
    visit("/assist", PANEL, own("call"), async (page) => {
      await ready(page);
      await tells(page, { recording: "running", ears: "listening" });
      await page.getByText("Escuchando…").waitFor();
      await page.waitForTimeout(200);
      await page.evaluate("layoutShifts.length = 0");
      await hears(page, "es que ahora", { final: false, ended: false });
      await page.waitForSelector("[data-heard=guess]");
      assert.equal(await words(page), "es que ahora");
      await hears(page, "es que ahora mismo me parece caro", { final: false, ended: false });
      await hears(page, DEAR);
      await page.waitForSelector("[data-heard=final]");
      assert.equal(await words(page), DEAR);
      await page.getByText("Cliente · ahora").waitFor();
      await page.clock.fastForward(6000);
      await page.getByText(/Cliente · hace [6-9]\ss/).waitFor();
      assert.deepEqual(await page.evaluate("layoutShifts"), []);
    }));

  test("the summons asks what has just been said, with no typing, and the card is there before the answer", (t) =>
    visit("/assist", { ...PANEL, clock: "real" }, own("call"), async (page, server) => {
      await ready(page);
      await hears(page, DEAR);
      await page.waitForSelector("[data-hint]");
      assert.deepEqual(sent(server, "POST", "/api/copilot/find"), { text: DEAR, context: "Fibra" });
      assert.equal(await page.locator("[data-card]").count(), 0, "it never pops up by itself");
      assert.match(await page.locator("[data-hint]").innerText(), /^Parece «Es caro»: pulsa\s+1/);
      // an answer that takes its time: the card does not wait for it
      await page.route("**/api/copilot/ask", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 1500));
        await route.continue();
      });
      const asked = page.waitForRequest("**/api/copilot/ask");
      const from = Date.now();
      await summon(page);
      await page.waitForSelector("[data-card=fibre-price]");
      within(t, "the card", Date.now() - from, 700);
      assert.deepEqual((await asked).postDataJSON().text, DEAR);
      await page.waitForSelector("[data-state=done]");
      assert.equal(await words(page), DEAR);
      const { id } = sent(server, "POST", "/api/copilot/ask");
      await eventually("how long it took", () => "shownMs" in { ...server.told.get(String(id)) });
      const { shownMs } = server.told.get(String(id)) as { shownMs: number };
      within(t, "the card, as the page measures it", shownMs, 700);
      await page.keyboard.press("Enter");
      await eventually("the copy", () => "copied" in { ...server.told.get(String(id)) });
    }));

  test("a second summons of the same words keeps the answer; new words bring another", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await ready(page);
      await hears(page, DEAR);
      await summon(page);
      await page.waitForSelector("[data-state=done]");
      await summon(page);
      await page.waitForTimeout(100);
      assert.deepEqual(questions(server), [DEAR]);
      await page.clock.fastForward(30_000);
      await summon(page);
      await page.waitForTimeout(100);
      assert.ok(await page.locator("[data-state=done]").isVisible(), "also when she has read for long");
      await hears(page, "¿Y si me arrepiento?", { t: 9000 });
      await page.locator("[data-since]:has-text('¿Y si me arrepiento?')").waitFor();
      assert.equal(await words(page), DEAR, "the answer stands with its question");
      await summon(page);
      await page.locator(".as-line q:has-text('¿Y si me arrepiento?')").waitFor();
      await eventually("both questions", () => questions(server).length === 2);
      // put away, it is done with: the same words are asked anew
      await inTray(page);
      await page.keyboard.press("Escape");
      await summon(page);
      await eventually("a third question", () => questions(server).length === 3);
    }));

  test("words are at hand for 20 seconds; then the summons is as without them", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await ready(page);
      await hears(page, DEAR);
      await page.clock.fastForward(21_000);
      await summon(page);
      await page.waitForSelector("[data-state=idle]");
      assert.equal(await page.evaluate("document.activeElement.tagName"), "INPUT");
      assert.deepEqual(questions(server), []);
      await page.keyboard.press("1");
      await page.waitForSelector("[data-state=done]");
      assert.deepEqual(questions(server), ["Es muy caro"]);
    }));

  test("in the middle of a sentence it is the question from 400 ms on, and is asked again when it is whole", () =>
    visit("/assist", PANEL, own("call", { ai: "none" }), async (page, server) => {
      await ready(page);
      await hears(page, "Ya tengo otra compañía.", { t: 100 });
      await hears(page, "es que", { final: false, ended: false, t: 5000 });
      await summon(page);
      await page.waitForSelector("[data-state=done]");
      assert.deepEqual(questions(server), ["Ya tengo otra compañía."], "a syllable is no question");
      await page.clock.fastForward(500);
      await hears(page, "es que ahora", { final: false, ended: false, t: 5000 });
      await summon(page);
      await eventually("the guess", () => questions(server).length === 2);
      await hears(page, "es que ahora no tengo", { t: 5000, ended: false });
      await eventually("the sentence", () => questions(server).length === 3);
      await hears(page, "tiempo", { t: 7000 });
      await eventually("what its length had cut off", () => questions(server).length === 4);
      assert.deepEqual(questions(server).slice(1), [
        "es que ahora",
        "es que ahora no tengo",
        "es que ahora no tengo tiempo",
      ]);
    }));

  test("the words can be edited: by a click, or by typing; Enter asks again", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await ready(page);
      await hears(page, DEAR);
      await summon(page);
      await page.waitForSelector("[data-state=done]");
      await page.getByRole("button", { name: "Corregir lo que ha dicho" }).click();
      assert.equal(await page.evaluate("getSelection().toString()"), DEAR);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.type(" Son 25 euros");
      await page.keyboard.press("Enter");
      await eventually("the second question", () => questions(server).length === 2);
      assert.equal(await words(page), `${DEAR} Son 25 euros`);
      await page.keyboard.type("me sale caro");
      assert.equal(await page.inputValue(".as-said input"), "me sale caro");
      await page.keyboard.press("Enter");
      await eventually("the third question", () => questions(server).length === 3);
      await page.waitForSelector("[data-state=done]");
      // not being edited: a digit is a key again
      await page.keyboard.press("2");
      await eventually("the key's question", () => questions(server).length === 4);
      assert.deepEqual(questions(server).slice(1), [`${DEAR} Son 25 euros`, "me sale caro", "Lo pienso"]);
    }));

  test("it is seen while what is said is written down, and calmly when it cannot be", () =>
    visit("/assist", PANEL, own("call"), async (page) => {
      await ready(page);
      assert.equal(await page.locator("[data-ears]").count(), 0);
      await tells(page, { recording: "running", ears: "listening" });
      await page.locator("[data-ears=listening]:has-text('Transcribiendo')").waitFor();
      await tells(page, { recording: "running", ears: "unavailable" });
      await page.locator("[data-ears=unavailable]:has-text('Sin transcripción')").waitFor();
      await summon(page);
      assert.equal(await page.evaluate("document.activeElement.tagName"), "INPUT");
      // a tray that does not tell: its words do
      await tells(page, { recording: "running" });
      await page.locator("[data-ears]").waitFor({ state: "detached" });
      await hears(page, "hola");
      await page.locator("[data-ears=listening]").waitFor();
      // another call: nothing has been said yet
      await hears(page, "");
      await page.locator("[data-ears]").waitFor({ state: "detached" });
      await page.locator(".as-line").waitFor({ state: "detached" });
    }));

  test("what was said in a call that is over is no question any more", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await ready(page);
      await hears(page, DEAR);
      const [call] = scene.ownSnapshot("ended").calls;
      assert.ok(call);
      server.send({ event: "call", data: { ...call, disposition: "sale", wrapUpEndedAt: call.endedAt } });
      await page.waitForSelector("[data-state=no-call]");
      await summon(page);
      await page.waitForTimeout(100);
      assert.deepEqual(questions(server), []);
      assert.equal(await page.locator(".as-line").count(), 0);
    }));

  test("the recording is paused and resumed, by button and by key, with its time", () =>
    visit("/assist", PANEL, own("call"), async (page) => {
      await ready(page);
      await tells(page, { recording: "running", ears: "listening" });
      assert.equal(await page.locator("[data-pause]").count(), 0, "only the tray's window can pause");
      await inTray(page);
      await tells(page, { recording: "starting" });
      await tells(page, { recording: "running", ears: "listening" });
      await page.getByRole("button", { name: "Pausar la grabación" }).click();
      assert.deepEqual(await trayCalls(page), ["pause"]);
      await tells(page, { recording: "paused", ears: "listening" });
      await page.locator("[data-ears]").waitFor({ state: "detached" });
      await page.clock.fastForward(32_000);
      await page.getByText(/Grabación en pausa 3[2-5]\ss: datos de tarjeta/).waitFor();
      await page.keyboard.press("Alt+p");
      assert.deepEqual(await trayCalls(page), ["pause", "resume"]);
      await tells(page, { recording: "running", ears: "listening" });
      await page.getByText("Se graba de nuevo").waitFor();
      await page.getByRole("button", { name: "Pausar la grabación" }).waitFor();
      await page.keyboard.press("Alt+p");
      assert.deepEqual(await trayCalls(page), ["pause", "resume", "pause"]);
      await tells(page, { recording: null });
      await page.locator("[data-pause]").waitFor({ state: "detached" });
    }));
});
