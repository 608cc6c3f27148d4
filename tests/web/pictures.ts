// Every page at three widths in both themes, to be looked at beside the design.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, openPage } from "./support/browser.ts";
import { fakeServer, type Options } from "./support/fake-server.ts";
import * as scene from "./support/scene.ts";

const WIDTHS: [width: number, height: number][] = [
  [390, 844],
  [820, 1180],
  [1440, 900],
];
const own = (which: "call" | "none" | "ended"): Options => ({
  role: "agent",
  snapshot: scene.ownSnapshot(which),
});
const PAGES: [name: string, path: string, options: Options, ready: string, click?: string][] = [
  ["panel", "/mobile", {}, ".uplot"],
  ["team", "/mobile#equipo", {}, "[data-agent]"],
  ["team-sheet", "/mobile#equipo", {}, "[data-agent]", "[data-agent]"],
  ["recordings", "/mobile#grabaciones", {}, "[data-call]"],
  ["player", "/mobile#grabaciones", {}, "[data-call]", "[data-call]"],
  ["day", "/mobile", own("ended"), "[data-wrap-up]"],
  ["empty", "/mobile", { role: "admin", snapshot: scene.emptySnapshot }, ".hero"],
  ["assist", "/assist", own("call"), "[data-state=idle]"],
  ["login", "/login", { role: null }, "form"],
  ["setup", "/setup?token=abc", { role: null }, "form"],
  ["admin", "/admin", { role: "admin" }, "form"],
];

const folder = process.argv[2] ?? "pictures";
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
for (const [name, path, options, ready, click] of PAGES) {
  const server = await fakeServer(options);
  for (const [width, height] of WIDTHS)
    for (const theme of ["dark", "light"] as const) {
      const { page, close } = await openPage(browser, { width, height, theme });
      await page.goto(server.url + path);
      await page.waitForSelector(ready);
      if (click !== undefined) await page.locator(click).first().click();
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`) });
      await close();
    }
  await server.close();
}
await browser.close();
