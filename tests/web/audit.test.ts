import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import { broken } from "./support/fake-audit.ts";
import type { FakeServer, Options } from "./support/fake-server.ts";
import * as scene from "./support/scene.ts";
import { DESK, PHONE, visits } from "./support/visit.ts";

const luis = { ...scene.me("supervisor"), id: scene.idOf(700), name: "Luis Prieto" };
const admin: Options = { role: "admin", users: [luis] };

describe("who did what", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const page = "/admin#auditoria";
  /** The query of the last list that was asked for. */
  const asked = (server: FakeServer): string =>
    server.asked.findLast(({ path }) => path.startsWith("/api/audit?"))?.path ?? "";

  test("in plain words, newest first, page by page; who was erased has no name", () =>
    visit(page, DESK, admin, async (view) => {
      const first = view.locator("[data-entry='48211']");
      await first.waitFor();
      assert.deepEqual((await first.innerText()).split("\n"), [
        "Luis Prieto",
        "escuchó una grabación · Óscar Medina",
        "n.º 48.211 · navegador · 192.0.2.14",
        "16:39",
        "23 nov",
      ]);
      assert.match(await view.locator("[data-entry='48208']").innerText(), /límites de los avisos/);
      assert.match(await view.locator("[data-entry='48207']").innerText(), /^\(borrado\)\n.*\(borrado\)/);
      assert.match(await view.locator("[data-entry='48205']").innerText(), /^El programa\nhizo una copia/);
      await view.locator("[data-more]").click();
      await view.locator("[data-entry='48191']").waitFor();
      assert.equal(await view.locator("[data-more]").count(), 0);
    }));

  test("narrowed by person, deed and days, and wide again", () =>
    visit(page, PHONE, admin, async (view, server) => {
      await view.locator("[data-entry]").first().waitFor();
      await view.getByLabel("Todas las personas").selectOption("Luis Prieto");
      await view.locator("[data-entry='48209']").waitFor({ state: "detached" });
      await view.getByLabel("Todo lo que se hace").selectOption("recording_downloaded");
      await view.locator("[data-entry='48211']").waitFor({ state: "detached" });
      await view.locator("[data-entry='48210']").waitFor();
      await view.getByLabel("Desde", { exact: true }).fill("2026-11-23");
      await eventually("the first day", async () => asked(server).includes("&from=2026-11-23&limit"));
      // a last day before the first one takes it along
      await view.getByLabel("Hasta", { exact: true }).fill("2026-11-20");
      await eventually("the days", async () => asked(server).includes("from=2026-11-20&to=2026-11-20"));
      await view.getByText("Nadie ha hecho nada así.").waitFor();
      await view.getByLabel("Hasta", { exact: true }).fill("2026-11-24");
      await eventually("the days", async () => asked(server).includes("from=2026-11-20&to=2026-11-24"));
      await view.locator("[data-entry='48210']").waitFor();
      assert.match(asked(server), new RegExp(`who=${luis.id}&what=recording_downloaded`));
      await view.getByLabel("Todo lo que se hace").selectOption("restored");
      await view.getByRole("button", { name: "Quitar los filtros" }).click();
      await view.locator("[data-entry='48211']").waitFor();
      assert.equal(asked(server), "/api/audit?limit=50");
    }));

  test("narrowed to what an entry is about, or to somebody", () =>
    visit(page, DESK, admin, async (view, server) => {
      const about = view.getByLabel("Sobre cualquier cosa");
      await view
        .locator("[data-entry='48211']")
        .getByRole("button", { name: "Todo sobre Óscar Medina" })
        .click();
      await view.locator("[data-entry='48210']").waitFor({ state: "detached" });
      assert.match(await view.locator("[data-entry='48209']").innerText(), /guardó.*Óscar Medina/s);
      assert.equal(asked(server), `/api/audit?subject=${scene.idOf(200)}&limit=50`);
      const chosen = () => about.evaluate((one: HTMLSelectElement) => one.selectedOptions[0]?.text);
      assert.equal(await chosen(), "Óscar Medina");
      await about.selectOption("Luis Prieto");
      await eventually("the person", async () => asked(server).includes(`subject=${luis.id}`));
      await view.getByText("Nadie ha hecho nada así.").waitFor();
      await about.selectOption({ label: "límites de los avisos" });
      await view.locator("[data-entry='48208']").waitFor();
      await about.selectOption("");
      await view.locator("[data-entry='48211']").waitFor();
      assert.equal(await view.locator("[data-entry='48205'] button").count(), 0, "about nothing");
    }));

  test("a check shows how far it is, and then that all is whole", () => {
    const { promise: checking, resolve: end } = Promise.withResolvers<void>();
    return visit(page, DESK, { ...admin, checked: broken, checking }, async (view) => {
      await view.waitForSelector("[data-found=wrong]");
      const chain = view.locator("[data-chain]");
      assert.match(await chain.innerText(), /la anotación 31\.077 está cambiada/);
      assert.match(await chain.innerText(), /no son lo que se anotó: 1/);
      assert.match(await chain.innerText(), /npm run audit -- verify/);
      await chain.locator("[data-check]").click();
      await chain.locator("progress").waitFor();
      end();
      await view.waitForSelector("[data-found=whole]");
      assert.match(await chain.innerText(), /ninguna cambiada hasta la 48\.211/);
      assert.equal(await chain.locator("progress").count(), 0);
    });
  });

  test("where nobody has done anything yet", () =>
    visit(page, PHONE, { ...admin, audit: [], checked: null }, async (view) => {
      await view.getByText("Todavía no se ha anotado nada.").waitFor();
      await view.getByText("Todavía no se ha comprobado.").waitFor();
    }));
});
