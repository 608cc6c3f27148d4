import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { AgentRow } from "#contract";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import { fakeServer, type FakeServer, type Options } from "./support/fake-server.ts";
import * as scene from "./support/scene.ts";

const LIVE = '[data-connection="live"]';
const [first] = scene.agents;
assert.ok(first);

describe("the tabs of one browser", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());

  /** One browser of one person, with a server of its own. */
  async function inBrowser(
    options: Options,
    deed: (
      server: FakeServer,
      open: (path: string) => Promise<Page>,
      context: BrowserContext,
    ) => Promise<void>,
  ): Promise<void> {
    const server = await fakeServer(options);
    const context = await browser.newContext();
    try {
      await deed(
        server,
        async (path) => {
          const page = await context.newPage();
          await page.goto(server.url + path);
          return page;
        },
        context,
      );
    } finally {
      await context.close();
      await server.close();
    }
  }
  const renamed = (name: string): { event: "agent"; data: AgentRow } => ({
    event: "agent",
    data: { ...first, name },
  });
  const shows = (page: Page, name: string): Promise<void> =>
    page.getByText(name, { exact: true }).first().waitFor();
  const streams = (server: FakeServer): number =>
    server.asked.filter(({ path }) => path.startsWith("/api/live")).length;

  test("three tabs follow one stream, and closing the first changes nothing for the others", () =>
    inBrowser({}, async (server, open) => {
      const tabs: Page[] = [];
      for (const _ of [1, 2, 3]) {
        const tab = await open("/mobile#equipo");
        await tab.waitForSelector(LIVE);
        tabs.push(tab);
      }
      assert.deepEqual([server.boards(), streams(server)], [1, 1]);
      server.send(renamed("Primera Prueba"));
      await Promise.all(tabs.map((tab) => shows(tab, "Primera Prueba")));
      await tabs[0]?.close();
      server.send(renamed("Segunda Prueba"));
      await Promise.all(tabs.slice(1).map((tab) => shows(tab, "Segunda Prueba")));
      assert.deepEqual([server.boards(), streams(server)], [1, 1]);
      await Promise.all(tabs.slice(1).map((tab) => tab.close()));
      await eventually("0 stream(s)", () => server.boards() === 0);
    }));

  test("a new tab shows what has changed before it came, at once", () =>
    inBrowser({}, async (server, open) => {
      const tab = await open("/mobile#equipo");
      await tab.waitForSelector(LIVE);
      server.send(renamed("Antes De Todo"));
      await shows(tab, "Antes De Todo");
      await shows(await open("/mobile#equipo"), "Antes De Todo");
      assert.equal(streams(server), 1);
    }));

  test("a lost server is said in every tab, and all come back", () =>
    inBrowser({}, async (server, open) => {
      const tabs = [await open("/mobile"), await open("/mobile#equipo")];
      await Promise.all(tabs.map((tab) => tab.waitForSelector(LIVE)));
      server.drop();
      await Promise.all(tabs.map((tab) => tab.waitForSelector('[data-connection="lost"]')));
      await Promise.all(tabs.map((tab) => tab.waitForSelector(LIVE)));
      assert.equal(server.boards(), 1);
    }));

  test("an agent's panel has a stream of its own beside the day's", () =>
    inBrowser({ role: "agent", snapshot: scene.ownSnapshot("call") }, async (server, open) => {
      await (await open("/mobile")).waitForSelector(LIVE);
      await (await open("/assist")).waitForSelector("[data-state=idle]");
      await eventually("2 stream(s)", () => server.boards() === 2);
      assert.ok(server.asked.some(({ path }) => path === "/api/live?scope=me"));
    }));

  test("signing out in one tab takes the board out of all of them", () =>
    inBrowser({}, async (server, open) => {
      const [here, there] = [await open("/mobile#equipo"), await open("/mobile#equipo")];
      await Promise.all([here, there].map((tab) => tab.waitForSelector("[data-agent]")));
      await here.click("summary");
      await here.getByText("Cerrar sesión").click();
      for (const tab of [here, there]) {
        await tab.waitForURL(/\/login/);
        assert.equal(await tab.getByText("Rubén Aguirre").count(), 0);
      }
      await here.goBack();
      await here.waitForURL(/\/login/);
      assert.equal(await here.getByText("Rubén Aguirre").count(), 0);
      await eventually("0 stream(s)", () => server.boards() === 0);
    }));

  test("when somebody else is signed in, no tab goes on with the person before", () =>
    inBrowser({}, async (server, open) => {
      const before = await open("/mobile#equipo");
      await before.waitForSelector("[data-agent]");
      server.signIn("agent");
      await (await open("/mobile")).getByText("Hola, Lucía").waitFor();
      await before.getByText("Hola, Lucía").waitFor();
      await eventually("1 stream(s)", () => server.boards() === 1);
    }));

  test("a session that ended while the server was away leads every tab to sign-in", () =>
    inBrowser({}, async (server, open) => {
      const tabs = [await open("/mobile"), await open("/mobile#equipo")];
      await Promise.all(tabs.map((tab) => tab.waitForSelector(LIVE)));
      server.signIn(null);
      server.drop();
      await Promise.all(tabs.map((tab) => tab.waitForURL(/\/login/)));
    }));
});
