import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import { fakeServer, type FakeServer, type Options } from "./support/fake-server.ts";
import * as scene from "./support/scene.ts";

const LIVE = '[data-connection="live"]';
const LOST = '[data-connection="lost"]';
const MINUTES = 60_000;

/** A certificate that nobody has signed but itself. */
function ownCertificate(): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), "callmanager-tls-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost";
  execFileSync("openssl", [...made.split(" "), "-keyout", key, "-out", cert], { stdio: "ignore" });
  const pair = { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
  rmSync(folder, { recursive: true });
  return pair;
}

describe("the board on a home screen", { skip: needs("chromium", "openssl") }, () => {
  let browser: Browser;
  let tls: { cert: string; key: string };
  before(async () => {
    tls = ownCertificate();
    browser = await openBrowser("--ignore-certificate-errors");
  });
  after(() => browser.close());

  /** A phone that has opened the board over TLS and kept its shell. */
  async function onPhone(
    options: Options,
    deed: (page: Page, server: FakeServer, context: BrowserContext) => Promise<void>,
  ): Promise<void> {
    const server = await fakeServer({ tls, ...options });
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      ignoreHTTPSErrors: true,
    });
    try {
      const page = await context.newPage();
      await page.goto(`${server.url}/mobile`);
      await page.waitForSelector(LIVE);
      await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
      await deed(page, server, context);
    } finally {
      await context.close();
      await server.close();
    }
  }
  const cached = (page: Page): Promise<string[]> =>
    page.evaluate<string[]>(`(async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
      return found;
    })()`);
  const kept = (page: Page): Promise<string | null> => page.evaluate(`localStorage.getItem("last-seen")`);

  test("Chromium finds nothing that keeps it from being installed", () =>
    onPhone({}, async (page, _server, context) => {
      const devtools = await context.newCDPSession(page);
      const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
      assert.deepEqual(
        installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"),
        [],
      );
      const { url, errors, data = "" } = await devtools.send("Page.getAppManifest");
      assert.deepEqual([new URL(url).pathname, errors], ["/app.es.webmanifest", []]);
      const {
        icons,
        start_url: start,
        display,
      } = JSON.parse(data) as {
        icons: { src: string; sizes: string }[];
        start_url: string;
        display: string;
      };
      assert.deepEqual([start, display], ["/mobile", "standalone"]);
      for (const { src, sizes } of icons.filter((icon) => icon.sizes !== "any")) {
        const size = await page.evaluate<string>(
          `fetch("${src}").then((r) => r.blob()).then(createImageBitmap).then(({ width, height }) => width + "x" + height)`,
        );
        assert.equal(size, sizes, src);
      }
    }));

  test("without the server the shell opens, shows what was seen last and how old it is, and comes back by itself", () =>
    onPhone({}, async (page, server) => {
      const before = await page.locator(".tile").first().textContent();
      await page.goto(`${server.url}/icon.svg`);
      await page.evaluate(`(() => {
        const seen = JSON.parse(localStorage.getItem("last-seen"));
        seen.board.heardAt -= ${12 * MINUTES};
        localStorage.setItem("last-seen", JSON.stringify(seen));
      })()`);
      await server.close();
      await page.goto(`${server.url}/mobile`);
      await page.waitForSelector(LOST);
      await page.getByText("Sin conexión · datos de hace 12 min").waitFor();
      assert.equal(await page.locator(".tile").first().textContent(), before);
      await page.evaluate("location.hash = '#equipo'");
      await page.getByText("Rubén Aguirre").waitFor();
      const again = await fakeServer({ tls, port: Number(new URL(server.url).port) });
      try {
        await page.waitForSelector(LIVE);
      } finally {
        await again.close();
      }
    }));

  test("no answer of the API is kept, and nobody whom a customer could be", () =>
    onPhone({}, async (page, server) => {
      await page.goto(`${server.url}/mobile#grabaciones`);
      await page.waitForSelector("[data-call]");
      await page.goto(`${server.url}/mobile#equipo`);
      await page.waitForSelector("[data-agent]");
      const paths = await cached(page);
      assert.ok(paths.includes("/mobile") && paths.length > 20, paths.join(" "));
      assert.deepEqual(
        paths.filter((path) => path.startsWith("/api")),
        [],
      );
      const text = (await kept(page)) ?? "";
      assert.match(text, /Rubén Aguirre/);
      const people = scene.snapshot.calls.flatMap(({ contact }) => [contact.name, contact.phone]);
      const told = [...people, ...scene.agents.map(({ contact }) => contact)].filter((one) => one !== null);
      assert.ok(told.length > 5);
      assert.deepEqual(
        told.filter((one) => text.includes(one)),
        [],
      );
    }));

  test("signing out takes what was kept away, and offline there is nothing to see", () =>
    onPhone({}, async (page, server, context) => {
      assert.ok(await kept(page));
      await page.click("summary");
      await page.getByText("Cerrar sesión").click();
      await page.waitForURL(/\/login/);
      assert.equal(await kept(page), null);
      await context.setOffline(true);
      await page.goto(`${server.url}/mobile`);
      await page.getByText("Sin conexión con el servidor…").waitFor();
      assert.equal(await page.locator(".tile").count(), 0);
    }));

  test("a new version waits while somebody works, and is there when nobody looks", () =>
    onPhone({}, async (page, server) => {
      await page.evaluate("window.sameLoad = true; location.hash = '#equipo'");
      await page.locator("[data-agent]").first().click();
      await page.waitForSelector("dialog[open]");
      server.release("2");
      await page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())");
      await eventually("the new version", () =>
        page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.waiting !== null)"),
      );
      const hide = `Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"))`;
      await page.evaluate(hide);
      assert.equal(await page.evaluate("window.sameLoad"), true, "a sheet was open");
      await page.keyboard.press("Escape");
      await page.locator("dialog[open]").waitFor({ state: "detached" });
      await page.evaluate(hide);
      await eventually("the page to start again", () => page.evaluate("window.sameLoad !== true"));
      await page.waitForSelector("[data-agent]");
    }));

  test("the copilot's window keeps nothing and installs nothing", async () => {
    const server = await fakeServer({ tls, role: "agent", snapshot: scene.ownSnapshot("call") });
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    try {
      const page = await context.newPage();
      await page.goto(`${server.url}/assist`);
      await page.waitForSelector("[data-state=idle]");
      await page.waitForTimeout(500);
      assert.equal(
        await page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)"),
        0,
      );
      assert.deepEqual([await kept(page), await page.locator("link[rel=manifest]").count()], [null, 0]);
    } finally {
      await context.close();
      await server.close();
    }
  });
});
