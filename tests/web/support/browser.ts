import { chromium, type Browser, type Page } from "playwright-core";
import * as scene from "./scene.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export const openBrowser = (...more: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: [...ARGS, ...more] });

export type Look = {
  width: number;
  height: number;
  theme?: "dark" | "light";
  language?: "es" | "en";
  clock?: "real";
  /** A finger instead of a mouse. */
  touch?: boolean;
  /** Nothing is kept for the time without a server. */
  bare?: boolean;
};
/** Something that moved by itself, and how far. */
export type Shift = { value: number; what: string[] };

/** Runs in the page: notes what moves without the person having touched anything. */
const WATCH_SHIFTS = `
  window.layoutShifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      if (!hadRecentInput)
        layoutShifts.push({ value, what: sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 120)) });
  }).observe({ type: "layout-shift", buffered: true });`;

/** A page whose clock starts at the scene's time, and what must not happen on it. */
export async function openPage(browser: Browser, look: Look) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme ?? "dark",
    timezoneId: "America/Lima",
    ...(look.bare && { serviceWorkers: "block" }),
    ...(look.touch && { hasTouch: true, isMobile: true }),
  });
  const page: Page = await context.newPage();
  const errors: string[] = [];
  const hosts = new Set<string>();
  const files = new Set<string>();
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("request", (request) => {
    const { host, pathname } = new URL(request.url());
    hosts.add(host);
    if (!pathname.startsWith("/api/")) files.add(pathname);
  });
  // a clock that is not real also hides the measurements of `performance`
  if (look.clock !== "real") await page.clock.install({ time: scene.NOW });
  await page.addInitScript(WATCH_SHIFTS);
  if (look.language) await page.addInitScript(`localStorage.setItem("language", "${look.language}")`);
  return {
    page,
    /** Messages of the console and exceptions that nobody caught. */
    errors,
    /** Every host that the page asked for anything. */
    hosts,
    /** Every file of the server that it asked for. */
    files,
    shifts: () => page.evaluate<Shift[]>("layoutShifts"),
    close: () => context.close(),
  };
}
export type OpenPage = Awaited<ReturnType<typeof openPage>>;
