import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Pairing } from "#contract";
import { openBrowser, PHONE } from "./browser.ts";
import { company } from "./company.ts";
import { callEnd, callStart } from "./server.ts";

/** Longer than a frame of the live board holds changes back, so that none waits for the one before. */
const APART_MS = 600;

/** In the page: resolves to the instant at which an agent's row in this state has been painted. */
const painted = (state: string): string => `new Promise((resolve) => {
  const shown = () => document.querySelector("[data-agent][data-state=${state}]") !== null;
  const observer = new MutationObserver(() => {
    if (!shown()) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true });
})`;

/**
 * Begins and ends calls as an agent's PC does, while somebody has the team on a phone, in real Chromium.
 * Resolves to the milliseconds from each request to the painted row.
 */
export async function changesOnScreen(t: Pick<TestContext, "after">, changes: number): Promise<number[]> {
  const { url, cookie, code } = await company(t);
  const paired = await fetch(`${url}/api/pair`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: await code(), device: "PC" }),
  });
  const { token } = (await paired.json()) as Pairing;
  const post = async (path: string, body: object): Promise<void> => {
    const { status } = await fetch(url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.ok(status < 300, `${path}: ${status}`);
  };
  await post("/api/agents/me/state", { state: "available" });

  const browser = await openBrowser();
  t.after(() => browser.close());
  const context = await browser.newContext({ viewport: PHONE });
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  await page.goto(`${url}/mobile`);
  await page.click("nav >> text=Mi equipo");
  await page.locator("[data-agent][data-state=available]").waitFor();

  const times: number[] = [];
  let start = callStart(new Date());
  for (let i = 0; i < changes; i++) {
    await wait(APART_MS);
    const begins = i % 2 === 0;
    if (begins) start = callStart(new Date());
    const seen = page.evaluate<number>(painted(begins ? "on_call" : "wrap_up"));
    // the page must be looking before anything changes
    await page.evaluate("0");
    const sentAt = Date.now();
    if (begins) await post("/api/calls/start", start);
    else await post("/api/calls/end", callEnd(start, 0));
    times.push((await seen) - sentAt);
  }
  return times;
}
