import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import * as scene from "./support/scene.ts";
import { own, PHONE, sent, visits } from "./support/visit.ts";

describe("a recording that is held", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const [first] = scene.recordings;
  const path = `/mobile#grabaciones`;

  test("a supervisor holds it with a reason, the player says so, and lets it go", () =>
    visit(path, PHONE, {}, async (page, server) => {
      assert.ok(first);
      await page.locator(`[data-call="${first.callId}"]`).click();
      const [button, form] = [page.locator("[data-hold]"), page.locator("[data-why]")];
      await button.click();
      await form.getByRole("button", { name: "Cancelar" }).click();
      await button.click();
      await page.getByLabel("Por qué se retiene").fill("Reclamación 4512");
      await form.getByRole("button", { name: "Retener" }).click();
      await page.locator("[data-held]").waitFor();
      assert.equal(await form.count(), 0);
      assert.deepEqual(sent(server, "POST", `/api/recordings/${first.callId}/hold`), {
        why: "Reclamación 4512",
      });
      await page.getByRole("button", { name: "Liberar" }).click();
      await page.locator("[data-held]").waitFor({ state: "detached" });
      await page.locator("[data-hold=false]").waitFor();
    }));

  test("an agent cannot", () =>
    visit(path, PHONE, own("none"), async (page) => {
      assert.ok(first);
      await page.locator(`[data-call="${first.callId}"]`).click();
      await page.locator("[data-heard]").waitFor();
      assert.equal(await page.locator("[data-hold]").count(), 0);
    }));
});
