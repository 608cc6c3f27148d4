import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { needs } from "../support/real.ts";
import { busy } from "./support/board-pictures.ts";
import { openBrowser } from "./support/browser.ts";
import type { FakeServer } from "./support/fake-server.ts";
import { ofFibre } from "./support/office-scene.ts";
import * as scene from "./support/scene.ts";
import { DESK, own, PANEL, sent, visits } from "./support/visit.ts";

const [call] = scene.ownSnapshot("ended").calls;
assert.ok(call);

/** What was sent of the call, without when its wrap-up ended. */
function marked(server: FakeServer): Record<string, unknown> {
  const { wrapUpEndedAt, ...change } = sent(server, "PATCH", `/api/calls/${call?.id}`);
  assert.match(String(wrapUpEndedAt), /^2026-11-23T15:4/);
  return change;
}

describe("how a call went", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const done = (page: Page) => page.waitForSelector("[data-wrap-up]", { state: "detached" });

  test("on the day's page one key says it, with what was noted", () =>
    visit("/mobile", DESK, busy("ended"), async (page, server) => {
      await page.waitForSelector("[data-disposition]");
      await page.getByLabel("Notas (opcional)").fill("1 hijo, llamar por la tarde");
      await page.keyboard.press("Tab");
      await page.evaluate("document.activeElement.blur()");
      await page.keyboard.press("3");
      await done(page);
      assert.deepEqual(marked(server), {
        disposition: "not_interested",
        notes: "1 hijo, llamar por la tarde",
      });
    }));

  test("a digit in the notes is a digit", () =>
    visit("/mobile", DESK, busy("ended"), async (page, server) => {
      await page.waitForSelector("[data-disposition]");
      await page.getByLabel("Notas (opcional)").pressSequentially("3 líneas");
      assert.equal(await page.getByLabel("Notas (opcional)").inputValue(), "3 líneas");
      assert.equal(
        server.asked.some(({ method }) => method === "PATCH"),
        false,
      );
    }));

  const quick: [key: string, callbackAt: string | undefined][] = [
    ["1", "2026-11-24T09:00:00.000Z"],
    ["4", undefined],
  ];
  for (const [key, callbackAt] of quick)
    test(`a follow-up asks when: ${callbackAt ?? "without a date"}`, () =>
      visit("/assist", PANEL, own("ended"), async (page, server) => {
        await page.waitForSelector("[data-disposition]");
        await page.keyboard.press("2");
        await page.waitForSelector("[data-when]");
        await page.keyboard.press(key);
        await page.waitForSelector("[data-state=no-call]");
        assert.deepEqual(marked(server), { disposition: "follow_up", ...(callbackAt && { callbackAt }) });
        await page.getByText("Guardado: Seguimiento").first().waitFor();
      }));

  test("in two hours is two hours from now", () =>
    visit("/assist", PANEL, own("ended"), async (page, server) => {
      await page.waitForSelector("[data-disposition]");
      await page.keyboard.press("2");
      await page.waitForSelector("[data-when]");
      await page.keyboard.press("2");
      await page.waitForSelector("[data-state=no-call]");
      assert.match(String(marked(server)["callbackAt"]), /^2026-11-23T17:4/);
    }));

  test("another date is chosen at the site's time", () =>
    visit("/mobile", DESK, busy("ended"), async (page, server) => {
      await page.locator("[data-disposition=follow_up]").click();
      await page.locator("[data-quick=date]").click();
      await page.getByLabel("Día").fill("2026-11-26");
      await page.getByLabel("Hora").fill("18:15");
      await page.keyboard.press("Enter");
      await done(page);
      assert.deepEqual(marked(server), {
        disposition: "follow_up",
        callbackAt: "2026-11-26T17:15:00.000Z",
      });
    }));

  test("a campaign has its own outcomes, the tenth on a letter, in the panel and on the day's page", async () => {
    const options = { dispositions: ofFibre };
    await visit("/assist", PANEL, own("ended", options), async (page, server) => {
      await page.waitForSelector("[data-disposition=complaint]");
      assert.equal(await page.locator("[data-disposition]").count(), 11);
      await page.keyboard.press("a");
      await page.waitForSelector("[data-state=no-call]");
      assert.deepEqual(marked(server), { disposition: "complaint" });
      await page.getByText("Guardado: Queja").first().waitFor();
      assert.ok(server.asked.some(({ path }) => path === "/api/dispositions?campaign=Fibra"));
    });
    await visit("/mobile", DESK, busy("ended", options), async (page, server) => {
      await page.waitForSelector("[data-disposition=robinson]");
      await page.keyboard.press("B");
      await done(page);
      assert.deepEqual(marked(server), { disposition: "robinson" });
    });
  });

  test("going back from the amount asks again", () =>
    visit("/mobile", DESK, busy("ended"), async (page, server) => {
      await page.locator("[data-disposition=sale]").click();
      await page.waitForSelector("input[name=amount]:focus");
      await page.getByRole("button", { name: "Cancelar" }).click();
      await page.waitForSelector("[data-disposition]");
      assert.equal(
        server.asked.some(({ method }) => method === "PATCH"),
        false,
      );
    }));
});
