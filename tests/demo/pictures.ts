// `npm run pictures -- --demo`: the README's picture and its moving one, from the demo that runs.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page as Tab } from "playwright-core";
import type { Call, Page, PanelTicket, Recording, Role } from "#contract";
import { openBrowser } from "../support/browser.ts";
import { root } from "../support/process.ts";
import { readKept } from "./kept.ts";
import { asBrowser, asDevice, signedIn } from "./wire.ts";

const { values } = parseArgs({
  options: {
    demo: { type: "boolean" },
    folder: { type: "string", default: join(root, "demo-data") },
    out: { type: "string", default: join(root, "web/pictures") },
  },
});
const kept = readKept(values.folder);
const url = kept?.run?.url ?? "";
const alive = await fetch(`${url}/health`).then(
  ({ ok }) => ok,
  () => false,
);
if (!kept || !alive) throw new Error("Start the demo first, in another terminal: npm run demo");

const login = (role: Role) =>
  signedIn(url, "/api/login", kept.people.find((person) => person.role === role) ?? {});

/** A page of somebody who is signed in, at two device pixels for each of CSS. */
async function open(
  browser: Browser,
  path: string,
  of: { cookie?: string; theme?: "dark" | "light"; height?: number; scale?: number },
): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width: 390, height: of.height ?? 844 },
    colorScheme: of.theme ?? "dark",
    deviceScaleFactor: of.scale ?? 2,
    timezoneId: "Europe/Madrid",
  });
  const [name = "", value = ""] = (of.cookie ?? "").split("=");
  if (value !== "") await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  await page.goto(url + path);
  return page;
}

/** The copilot's window of somebody who talks about fibre just now, with an answer in it. */
async function copilot(browser: Browser, cookie: string): Promise<Buffer> {
  const { items } = await asBrowser(url, cookie)<Page<Call>>("GET", "/api/calls?limit=50");
  const call = items.find(({ endedAt, campaign }) => endedAt === null && campaign === "Fibra");
  const token = kept?.tokens[call?.agentId ?? ""] ?? Object.values(kept?.tokens ?? {})[0] ?? "";
  const { ticket } = await asDevice(url, token)<PanelTicket>("POST", "/api/panel-tickets");
  const page = await open(browser, `/assist?ticket=${ticket}`, { height: 594 });
  await page.locator("[data-key='1']").getByText("Es caro").waitFor();
  await page.keyboard.press("1");
  await page.getByText(/total \d/).waitFor();
  return page.screenshot();
}

async function player(browser: Browser, cookie: string): Promise<Buffer> {
  const ask = asBrowser(url, cookie);
  const { items } = await ask<Page<Recording>>("GET", "/api/recordings?disposition=sale");
  const best =
    items.find(({ aiAsks, completeness }) => aiAsks > 0 && completeness.customer === 1) ?? items[0];
  const page = await open(browser, "/mobile#grabaciones", { cookie });
  await page
    .locator(best ? `[data-call="${best.callId}"]` : "[data-call]")
    .first()
    .click();
  await page.waitForSelector("[data-line]");
  await page.getByRole("button", { name: "Reproducir" }).click();
  await page.waitForTimeout(4000);
  return page.screenshot();
}

async function still(browser: Browser, cookie: string): Promise<Buffer[]> {
  const panel = await open(browser, "/mobile", { cookie });
  await panel.waitForSelector(".uplot");
  const team = await open(browser, "/mobile#equipo", { cookie, theme: "light" });
  await team.waitForSelector("[data-agent]");
  await team.waitForTimeout(500);
  return [
    await panel.screenshot(),
    await team.screenshot(),
    await player(browser, cookie),
    await copilot(browser, cookie),
  ];
}

/** The four pages side by side, on the grey that both themes stand out from. */
async function sideBySide(browser: Browser, shots: Buffer[], file: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 741 } });
  const images = shots.map((shot) => `<img src="data:image/png;base64,${shot.toString("base64")}">`);
  await page.setContent(
    `<style>body{margin:7px;background:#8d929b;display:flex;gap:14px;align-items:start}img{width:336px}</style>${images.join("")}`,
  );
  await page.screenshot({ path: `${file}.tmp.png` });
  execFileSync("convert", [`${file}.tmp.png`, "-colors", "255", `PNG8:${file}`]);
  await rm(`${file}.tmp.png`);
}

const FRAME_MS = 250;
/** Eight seconds of pictures, chosen from four times as many. */
const FRAMES = 8000 / FRAME_MS;

/** The team at work, four pictures a second as they were: of half a minute the part in which most happens. */
async function moving(browser: Browser, cookie: string, file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-frames-"));
  const page = await open(browser, "/mobile#equipo", { cookie, scale: 1 });
  await page.waitForSelector("[data-agent]");
  const frame = (n: number) => join(folder, `${n}.png`);
  const states: string[] = [];
  const began = performance.now();
  for (let n = 0; n < 4 * FRAMES; n++) {
    await page.waitForTimeout(Math.max(0, began + n * FRAME_MS - performance.now()));
    await page.screenshot({ path: frame(n) });
    // without the clocks: what is left changes only when something happens
    states.push((await page.locator("main").innerText()).replace(/\d+:\d\d/g, ""));
  }
  const happened = (from: number) =>
    states.slice(from + 1, from + FRAMES).filter((state, i) => state !== states[from + i]).length;
  const starts = Array.from({ length: 3 * FRAMES }, (_, from) => from);
  const best = starts.reduce((a, b) => (happened(b) > happened(a) ? b : a));
  const frames = Array.from({ length: FRAMES }, (_, i) => frame(best + i));
  const few = ["+dither", "-colors", "96", "-layers", "OptimizePlus"];
  execFileSync("convert", ["-delay", String(FRAME_MS / 10), "-loop", "0", ...frames, ...few, file]);
  await rm(folder, { recursive: true });
}

const browser = await openBrowser();
const cookie = await login("supervisor");
await sideBySide(browser, await still(browser, cookie), join(values.out, "board.png"));
await moving(browser, cookie, join(values.out, "board.gif"));
await browser.close();
