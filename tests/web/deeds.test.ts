import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import * as scene from "./support/scene.ts";
import { DESK, own, PHONE, sent, visits } from "./support/visit.ts";

describe("what people do on the pages", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());

  const visit = visits(() => browser);
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
      await page.keyboard.press("l");
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
        page.evaluate("document.querySelectorAll('[data-agent]').length === 4"),
      );
      await page.click("[data-agent]");
      await page.getByRole("dialog", { name: "Ficha de Rubén Aguirre" }).waitFor();
      await page.keyboard.press("Escape");
      await eventually("the page to follow", () =>
        page.evaluate("document.querySelector('dialog') === null"),
      );
    }));

  test("an agent marks the last call on the phone", () =>
    visit("/mobile", PHONE, own("ended"), async (page, server) => {
      await page.click("[data-disposition=not_interested]");
      await eventually("the page to follow", () =>
        page.evaluate("document.querySelector('[data-wrap-up]') === null"),
      );
      assert.equal(sent(server, "PATCH", "/api/calls/")["disposition"], "not_interested");
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
