import { existsSync, statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { Language } from "#contract";
import { openPage } from "./browser.ts";
import { DIST, fakeServer, type Options } from "./fake-server.ts";
import * as scene from "./scene.ts";

/** What the issue allows for the first load of /mobile, in bytes. */
export const BUDGET = 45_000;
/** What follows the first figures comes within a second; after so long without anything new nothing more does. */
const QUIET_MS = 2_000;

/** Who opens /mobile, and how one sees that their first screen is there. */
export const FIRST_SCREENS: [who: string, options: Options, ready: string][] = [
  ["agent", { role: "agent", snapshot: scene.ownSnapshot("ended") }, "[data-disposition]"],
  // the copilot's code comes too, so that it is there when it is needed
  ["agent in a call", { role: "agent", snapshot: scene.ownSnapshot("call") }, "[data-goals]"],
  ["supervisor", {}, "[data-attention]"],
  ["executive", { role: "executive" }, ".plot.daily canvas"],
];

/** Bytes of a file as the server sends it. */
function sent(path: string): number {
  const file = join(DIST, path === "/mobile" ? "mobile/index.html" : path);
  return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
}

/**
 * What a browser that has nothing yet fetches when somebody opens /mobile, in bytes by path: page, styles, code with what
 * it brings by itself, worker, icon, and the manifest, which a browser without a window does not fetch. What the
 * service worker then keeps for the time without a server is not in it.
 */
export async function firstLoad(
  browser: Browser,
  options: Options,
  ready: string,
  language: Language = "es",
): Promise<Record<string, number>> {
  const server = await fakeServer(options);
  const { page, files, close } = await openPage(browser, {
    width: 390,
    height: 844,
    clock: "real",
    language,
  });
  try {
    await page.goto(`${server.url}/mobile`);
    await page.waitForSelector(ready);
    const link = page.locator("link[rel=manifest]");
    await link.waitFor({ state: "attached" });
    for (let seen = 0; seen < files.size; await wait(QUIET_MS)) seen = files.size;
    const manifest = (await link.getAttribute("href")) ?? "";
    return Object.fromEntries([...files, manifest].map((path) => [path, sent(path)]));
  } finally {
    await close();
    await server.close();
  }
}

export const weightOf = (load: Record<string, number>): number =>
  Object.values(load).reduce((sum, bytes) => sum + bytes, 0);
