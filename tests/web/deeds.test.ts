import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser, openPage, type Look } from "./support/browser.ts";
import { fakeServer, type FakeServer, type Options } from "./support/fake-server.ts";
import * as scene from "./support/scene.ts";

const PHONE: Look = { width: 390, height: 844 };
const DESK: Look = { width: 1440, height: 900 };
const PANEL: Look = { width: 420, height: 640 };

describe("what people do on the pages", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());

  async function visit(
    path: string,
    look: Look,
    options: Options,
    deed: (page: Page, server: FakeServer) => Promise<void>,
  ) {
    const server = await fakeServer(options);
    const view = await openPage(browser, look);
    try {
      await view.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await view.page.goto(server.url + path);
      await deed(view.page, server);
    } finally {
      await view.close();
      await server.close();
    }
  }
  const own = (which: "call" | "none" | "ended", ai: Options["ai"] = "done"): Options => ({
    role: "agent",
    snapshot: scene.ownSnapshot(which),
    ai,
  });
  /** The body of the first request of that kind. */
  const sent = (server: FakeServer, method: string, path: string): Record<string, unknown> => {
    const found = server.asked.find((one) => one.method === method && one.path.startsWith(path));
    assert.ok(found, `${method} ${path} was never asked`);
    return found.body as Record<string, unknown>;
  };
  const copied = (page: Page): Promise<string> => page.evaluate<string>("navigator.clipboard.readText()");

  test("a key brings the card, the words under it and the doubt about them", () =>
    visit("/assist", { ...PANEL, clock: "real" }, own("call"), async (page, server) => {
      await page.waitForSelector("[data-key='1']:has-text('Es caro')");
      await page.keyboard.press("1");
      await page.waitForSelector("[data-state=done]");
      assert.equal(
        await page.locator("[data-card=price] b").textContent(),
        "Le entiendo: nadie quiere pagar de más.",
      );
      assert.equal(await page.locator("[data-suggestion] mark").textContent(), "15 %");
      await page.getByText("15 % sin verificar").waitFor();
      await eventually("the mark of the painted card", () =>
        page.evaluate("performance.getEntriesByName('card-painted').length === 1"),
      );
      const asked = sent(server, "POST", "/api/copilot/ask");
      assert.deepEqual(asked, {
        text: "Es muy caro",
        callId: scene.agents[4]?.callId,
        context: "Fibra",
      });
      await page.keyboard.press("Enter");
      await page.getByText("Copiada").first().waitFor();
      assert.match(await copied(page), /^Le entiendo/);
      await page.keyboard.press("Control+Enter");
      await page.waitForTimeout(100);
      assert.match(await copied(page), /^Es normal/);
    }));

  test("digits are text while there is text, and Enter asks with it", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await page.waitForSelector("[data-key='1']:has-text('Es caro')");
      await page.keyboard.type("me ofrecen 25 euros");
      assert.equal(
        server.asked.some(({ path }) => path === "/api/copilot/ask"),
        false,
      );
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-state=done]");
      const asked = sent(server, "POST", "/api/copilot/ask");
      assert.equal(asked["text"], "me ofrecen 25 euros");
      assert.equal(await page.inputValue(".as-said input"), "");
    }));

  test("without the model the card stays, with a calm line", () =>
    visit("/assist", PANEL, own("call", "down"), async (page) => {
      await page.waitForSelector("[data-key='1']:has-text('Es caro')");
      await page.keyboard.press("1");
      await page.waitForSelector("[data-state=offline]");
      assert.ok(await page.locator("[data-card=price]").isVisible());
      await page
        .getByText("Usa la respuesta aprobada; si sigue así en 5 min, avisa a tu supervisora.")
        .waitFor();
    }));

  test("a half answer shows as being written; a summons starts afresh; Esc hides", () =>
    visit("/assist", PANEL, own("call", "half"), async (page) => {
      await page.evaluate("window.hidden = []; window.callmanagerHide = (reason) => hidden.push(reason)");
      await page.waitForSelector("[data-key='1']:has-text('Es caro')");
      await page.keyboard.press("1");
      await page.waitForSelector("[data-state=streaming] .caret b");
      await page.evaluate("dispatchEvent(new Event('callmanager:summon'))");
      await page.waitForSelector("[data-state=idle]");
      assert.equal(await page.evaluate("document.activeElement.tagName"), "INPUT");
      await page.keyboard.press("Escape");
      assert.deepEqual(await page.evaluate("hidden"), [""]);
    }));

  test("when the call ends one key marks it; a sale takes its amount", () =>
    visit("/assist", PANEL, own("call"), async (page, server) => {
      await page.waitForSelector("[data-state=idle]");
      const [call] = scene.ownSnapshot("ended").calls;
      assert.ok(call);
      server.send({ event: "call", data: call });
      await page.waitForSelector("[data-state=wrap-up]");
      await page.keyboard.press("1");
      await page.waitForSelector("input[name=amount]:focus");
      await page.keyboard.type("29,90");
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-state=no-call]");
      await page.getByText("Guardado: Venta").first().waitFor();
      const { wrapUpEndedAt, ...change } = sent(server, "PATCH", `/api/calls/${call.id}`);
      assert.deepEqual(change, { disposition: "sale", saleAmount: 29.9 });
      assert.match(String(wrapUpEndedAt), /^2026-11-23T15:42/);
    }));

  test("a recording is found, played, sought and downloaded", () =>
    visit("/mobile#grabaciones", PHONE, {}, async (page) => {
      await page.waitForSelector("[data-call]");
      await page.fill("[type=search]", "óscar");
      await eventually("the page to follow", () =>
        page.evaluate("document.querySelectorAll('.row[data-call]').length === 1"),
      );
      await page.click(".row[data-call]");
      const player = page.getByRole("dialog", { name: "Reproductor: Óscar Medina" });
      await player.waitFor();
      await page.click(".play");
      await eventually("the page to follow", () =>
        page.evaluate("document.querySelector('audio').currentTime > 0.2"),
      );
      await page.focus("[role=slider]");
      await page.keyboard.press("ArrowRight");
      await eventually("the page to follow", () =>
        page.evaluate("Number(document.querySelector('[role=slider]').ariaValueNow) >= 10"),
      );
      const link = await page.getAttribute(".sheet a[download]", "href");
      assert.equal(link, `/api/recordings/${scene.idOf(200)}/audio?download=1`);
      await page.keyboard.press("Escape");
      await eventually("the page to follow", () =>
        page.evaluate("document.querySelector('dialog[open]') === null"),
      );
    }));

  test("on a desk the player stands beside the list", () =>
    visit("/mobile#grabaciones", DESK, {}, async (page) => {
      await page.getByText("Elige una grabación").waitFor();
      await page.locator(".row[data-call]").nth(1).click();
      await page.getByRole("dialog", { name: "Reproductor: Teresa Maldonado" }).waitFor();
      await page.locator(".row[data-call]").nth(3).click();
      await page.getByRole("dialog", { name: "Reproductor: Jorge Iniesta" }).waitFor();
      assert.equal(await page.locator("dialog[open]").count(), 1);
    }));

  test("the team is filtered, and a row opens that agent's day", () =>
    visit("/mobile#equipo", PHONE, {}, async (page) => {
      await page.getByRole("button", { name: /Avisos/ }).click();
      await eventually("the page to follow", () =>
        page.evaluate("document.querySelectorAll('[data-agent]').length === 3"),
      );
      await page.click("[data-agent]");
      await page.getByRole("dialog", { name: "Ficha de Rubén Aguirre" }).waitFor();
      await page.keyboard.press("Escape");
      await eventually("the page to follow", () =>
        page.evaluate("document.querySelector('dialog') === null"),
      );
    }));

  test("the workbook comes as a download of today", () =>
    visit("/mobile", DESK, {}, async (page, server) => {
      const coming = page.waitForEvent("download");
      await page.getByRole("button", { name: "Exportar las llamadas de hoy a Excel" }).click();
      assert.equal((await coming).suggestedFilename(), "llamadas_2026-11-23.xlsx");
      const asked = server.asked.find(({ path }) => path.startsWith("/api/exports"));
      assert.equal(asked?.path, "/api/exports/calls.xlsx?from=2026-11-23&to=2026-11-23");
    }));

  test("an agent marks the last call on the phone", () =>
    visit("/mobile", PHONE, own("ended"), async (page, server) => {
      await page.click("[data-disposition=follow_up]");
      await eventually("the page to follow", () =>
        page.evaluate("document.querySelector('[data-wrap-up]') === null"),
      );
      assert.equal(sent(server, "PATCH", "/api/calls/")["disposition"], "follow_up");
    }));

  test("set-up: the first admin, a person, and a code for her PC", () =>
    visit("/setup?token=abc", DESK, { role: null, snapshot: scene.emptySnapshot }, async (page, server) => {
      const fill = async (name: string, email: string): Promise<void> => {
        await page.fill("[name=name]", name);
        await page.fill("[name=email]", email);
        await page.fill("[name=password]", "una clave larga");
        await page.click("[type=submit]");
      };
      await fill("Elena Vega", "elena@example.com");
      await page.getByText("Añade a tu equipo").waitFor();
      assert.deepEqual(server.asked.find(({ path }) => path === "/api/setup")?.body, {
        token: "abc",
        name: "Elena Vega",
        email: "elena@example.com",
        password: "una clave larga",
      });
      assert.ok(await page.locator("[data-next=pair]").isDisabled());
      await fill("María Soto", "maria@example.com");
      await page.getByText("Hecho. María Soto ya puede entrar.").waitFor();
      await page.click("[data-next=pair]");
      await page.click("[data-code]");
      await page.locator(".code", { hasText: "K7M4-29QX" }).waitFor();
      await page.getByText(/Caduca en 9:\d\d/).waitFor();
    }));

  test("set-up: one click pairs the PC on which the page is open", () =>
    visit(
      "/admin",
      DESK,
      { role: "admin", users: [{ ...scene.me("agent") }], snapshot: scene.emptySnapshot },
      async (page) => {
        const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
        const codes: unknown[] = [];
        await page.route("http://127.0.0.1:5055/pair", async (route) => {
          const method = route.request().method();
          if (method === "POST") codes.push(route.request().postDataJSON());
          await route.fulfill({
            status: 200,
            headers: cors,
            json: { paired: method === "POST", device: "PC-7" },
          });
        });
        await page.reload();
        await page.click("[data-pair]");
        await page.getByText("PC conectado").waitFor();
        assert.deepEqual(codes, [{ code: "K7M4-29QX" }]);
      },
    ));
});
