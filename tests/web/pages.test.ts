import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { needs } from "../support/real.ts";
import { openBrowser, openPage, type Look, type OpenPage } from "./support/browser.ts";
import { DIST, fakeServer, type FakeServer, type Options } from "./support/fake-server.ts";
import { BUDGET, FIRST_SCREENS, firstLoad, weightOf } from "./support/first-load.ts";
import { callbacks, contacts } from "./support/office-scene.ts";
import * as scene from "./support/scene.ts";

const PHONE: Look = { width: 390, height: 844 };
const TABLET: Look = { width: 820, height: 1100, theme: "light" };
const DESK: Look = { width: 1440, height: 900 };

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

  for (const [who, options, ready] of FIRST_SCREENS)
    test(`the first load of /mobile stays within its weight in both languages: ${who}`, async (t) => {
      for (const language of ["es", "en"] as const) {
        const load = await firstLoad(browser, options, ready, language);
        t.diagnostic(`${language}: ${weightOf(load)} bytes`);
        for (const part of [
          /^\/mobile$/,
          /app-.*css$/,
          /live-worker/,
          /install/,
          /webmanifest$/,
          /icon\.svg$/,
        ])
          assert.ok(
            Object.keys(load).some((path) => part.test(path)),
            `${part} is in it`,
          );
        assert.ok(weightOf(load) <= BUDGET, `${weightOf(load)} bytes: ${JSON.stringify(load)}`);
        const other = language === "es" ? "en" : "es";
        assert.deepEqual(
          Object.keys(load).filter((path) => new RegExp(`[./]${other}-`).test(path)),
          [],
          "words of the other language",
        );
      }
    });

  test("each role loads its own first screen and nobody else's", async () => {
    const own: Record<string, RegExp> = { agent: /my-day/, supervisor: /panel/, executive: /trends/ };
    for (const [who, options, ready] of FIRST_SCREENS.filter(([who]) => who in own)) {
      const paths = Object.keys(await firstLoad(browser, options, ready));
      for (const [role, screen] of Object.entries(own))
        assert.equal(
          paths.some((path) => screen.test(path)),
          role === who,
          `${role}'s screen for the ${who}`,
        );
      assert.equal(
        paths.some((path) => path.includes("charts")),
        who !== "agent",
      );
    }
  });

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
      assert.equal(server.asked.find(({ path }) => path.startsWith("/api/calls"))?.language, "en");
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
