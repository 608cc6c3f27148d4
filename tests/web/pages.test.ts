import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { needs } from "../support/real.ts";
import { openBrowser, openPage, type Look, type OpenPage } from "./support/browser.ts";
import { DIST, fakeServer, type FakeServer, type Options } from "./support/fake-server.ts";
import { callbacks, contacts } from "./support/office-scene.ts";
import * as scene from "./support/scene.ts";

const PHONE: Look = { width: 390, height: 844 };
const TABLET: Look = { width: 820, height: 1100, theme: "light" };
const DESK: Look = { width: 1440, height: 900 };
/** What the issue allows for the first load of /mobile, in bytes. */
const BUDGET = 45_000;

describe("the pages in Chromium", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());

  /** Opens a page of a server of its own, and closes both. */
  async function visit(
    path: string,
    look: Look,
    options: Options,
    deed: (view: OpenPage, server: FakeServer) => Promise<void>,
  ) {
    const server = await fakeServer(options);
    const view = await openPage(browser, look);
    try {
      await view.page.goto(server.url + path);
      await deed(view, server);
      assert.deepEqual(view.errors, []);
      assert.deepEqual([...view.hosts], [new URL(server.url).host], "a request went to another host");
    } finally {
      await view.close();
      await server.close();
    }
  }

  const agent: Options = { role: "agent" };
  const own = (which: "call" | "none" | "ended"): Options => ({
    ...agent,
    snapshot: scene.ownSnapshot(which),
  });
  const screens: [name: string, path: string, options: Options, ready: string][] = [
    ["the panel", "/mobile", {}, "[data-call]"],
    ["the team", "/mobile#equipo", {}, "[data-agent]"],
    ["the recordings", "/mobile#grabaciones", {}, "[data-call]"],
    ["the trends", "/mobile", { role: "executive", heldOut: true }, ".plot.daily canvas"],
    ["an agent's sheet", `/mobile#equipo/${scene.idOf(4)}`, {}, "[data-day]"],
    ["the contacts", "/mobile#contactos", { contacts }, "[data-contact]"],
    ["an agent's day", "/mobile", own("ended"), "[data-wrap-up]"],
    ["an agent's day in a call", "/mobile", { ...own("call"), callbacks }, "[data-goals]"],
    ["a new company", "/mobile", { role: "admin", snapshot: scene.emptySnapshot }, ".hero"],
    ["the copilot", "/assist", own("call"), "[data-state=idle]"],
    ["the house's models", "/admin#copiloto", { role: "admin" }, "[data-model]"],
    ["how the company works", "/admin#operacion", { role: "admin" }, "[data-outcome]"],
    ["who is listened to", "/admin#escucha", { role: "admin" }, "[data-team]"],
    ["the playbooks", "/admin#argumentarios", { role: "admin" }, "[data-playbook]"],
    ["a playbook", "/admin#argumentarios/fibra-es", { role: "admin" }, "[data-card]"],
    ["sign-in", "/login", { role: null }, "form"],
    ["set-up", "/setup?token=abc", { role: null }, "form"],
  ];
  for (const [name, path, options, ready] of screens)
    for (const look of [PHONE, TABLET, DESK])
      test(`${name} at ${look.width} px: quiet console, nothing from elsewhere, nothing too wide, nothing moves`, () =>
        visit(path, look, options, async ({ page, shifts }) => {
          await page.waitForSelector(ready);
          await page.waitForTimeout(300);
          assert.deepEqual(await shifts(), []);
          const over = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
          assert.ok(over <= 0, `${over} px too wide`);
        }));

  test("the first load of /mobile stays within its weight", () =>
    visit("/mobile", PHONE, {}, async ({ page, files }) => {
      await page.waitForSelector(".uplot");
      // what comes right after the board counts too, and the worker that follows it live
      await page.waitForSelector("link[rel=manifest]", { state: "attached" });
      const soon = readdirSync(join(DIST, "assets")).filter((name) =>
        /^(live-worker|install)-.*js$/.test(name),
      );
      assert.equal(soon.length, 2);
      const whole = [...files, ...soon.map((name) => `/assets/${name}`), "/icon.svg", "/app.es.webmanifest"];
      const paths = whole.map((path) => (path.startsWith("/mobile") ? "/mobile/index.html" : path));
      const weight = [...new Set(paths)].reduce(
        (sum, path) => sum + statSync(join(DIST, `${path}.br`)).size,
        0,
      );
      assert.ok(paths.length >= 6, paths.join(" "));
      assert.ok(weight <= BUDGET, `${weight} bytes in ${paths.join(" ")}`);
    }));

  test("live frames change the board and move nothing", () =>
    visit("/mobile", PHONE, {}, async ({ page, shifts }, server) => {
      await page.waitForSelector(".uplot");
      const { totals } = scene.stats;
      const [ended] = scene.snapshot.calls;
      assert.ok(ended);
      const call = {
        ...ended,
        id: scene.idOf(999),
        agentName: "Ana Beltrán",
        startedAt: scene.NOW.toISOString(),
        endedAt: null,
      };
      server.send(
        { event: "call", data: call },
        {
          event: "call",
          data: { ...ended, endedAt: scene.NOW.toISOString(), disposition: "sale", talkSeconds: 101 },
        },
        {
          event: "stats",
          data: {
            ...scene.stats,
            totals: {
              ...totals,
              calls: 1075,
              sales: 119,
              successRate: { value: 0.11, numerator: 119, denominator: 1075 },
              talkSeconds: 223_200,
            },
          },
        },
        ...scene.agents.map((row) => ({
          event: "agent" as const,
          data: { ...row, state: "on_call" as const, sales: row.sales + 9, calls: row.calls + 90 },
        })),
      );
      await page.getByText("1.075").first().waitFor();
      await page.waitForTimeout(1500);
      assert.deepEqual(await shifts(), []);
      assert.equal(await page.locator(".on-call [data-call]").count(), 5);
    }));

  test("the team and the recordings take new rows without moving the others", async () => {
    await visit("/mobile#equipo", DESK, {}, async ({ page, shifts }, server) => {
      await page.waitForSelector("[data-agent]");
      await page.waitForTimeout(300);
      const last = scene.agents.at(-1);
      assert.ok(last);
      server.send({ event: "agent", data: { ...last, state: "wrap_up", since: "2026-11-23T15:00:00.000Z" } });
      await page.locator(`.stack li:first-child [data-agent="${last.id}"]`).waitFor();
      await page.waitForTimeout(300);
      assert.deepEqual(await shifts(), []);
    });
    await visit("/mobile#grabaciones", DESK, {}, async ({ page, shifts }, server) => {
      await page.waitForSelector("[data-call]");
      await page.waitForTimeout(300);
      const [recording] = scene.recordings;
      assert.ok(recording);
      server.send({
        event: "recording",
        data: { ...recording, callId: scene.idOf(998), startedAt: scene.NOW.toISOString() },
      });
      await page.locator(`.stack li:first-child [data-call="${scene.idOf(998)}"]`).waitFor();
      await page.waitForTimeout(300);
      assert.deepEqual(await shifts(), []);
    });
  });

  test("a lost server is said calmly, and the board comes back by itself", () =>
    visit("/mobile", PHONE, {}, async ({ page }, server) => {
      await page.waitForSelector('[data-connection="live"]');
      server.drop();
      await page.waitForSelector('[data-connection="lost"]');
      assert.equal(await page.locator(".live").textContent(), "Sin conexión con el servidor…");
      await page.waitForSelector('[data-connection="live"]');
    }));

  test("without a session the board leads to sign-in and back", async () => {
    const server = await fakeServer({ role: null });
    const view = await openPage(browser, PHONE);
    try {
      await view.page.goto(`${server.url}/mobile#equipo`);
      await view.page.waitForURL((url) => url.pathname === "/login");
      assert.equal(new URL(view.page.url()).searchParams.get("next"), "/mobile#equipo");
      await view.page.fill("[name=email]", "luis@example.com");
      await view.page.fill("[name=password]", "equivocada");
      await view.page.click("[type=submit]");
      await view.page.getByText("No coincide. Revisa las mayúsculas; te quedan 4 intentos.").waitFor();
    } finally {
      await view.close();
      await server.close();
    }
  });

  test("English is a choice, and the server is asked in it", () =>
    visit("/mobile", { ...PHONE, language: "en" }, {}, async ({ page }, server) => {
      await page.getByText("Calls today").first().waitFor();
      assert.equal(await page.getAttribute("html", "lang"), "en");
      assert.equal(await page.title(), "Board · CallManager");
      assert.equal(server.asked[0]?.language, "en");
    }));

  test("every text asset has its brotli file, and it is what the browser gets", () =>
    visit("/mobile", PHONE, {}, async ({ page }) => {
      const html = readFileSync(join(DIST, "mobile/index.html"), "utf8");
      const [script] = /\/assets\/[^"]+\.js/.exec(html) ?? [];
      const encoding = await page.evaluate<string>(
        `fetch("${script}").then((r) => r.headers.get("content-encoding"))`,
      );
      assert.equal(encoding, "br");
      assert.doesNotMatch(html, /<script(?![^>]*src=)|\sstyle=/, "the CSP forbids inline code");
    }));
});
