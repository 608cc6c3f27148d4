import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import type { Options } from "./support/fake-server.ts";
import { retention } from "./support/keeping-scene.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

const admin: Options = { role: "admin" };

describe("how long things are kept", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const page = "/admin#conservacion";

  test("rules say what they would do before they can be saved", () =>
    visit(page, DESK, admin, async (view, server) => {
      const rules = view.locator("[data-part=rules]");
      await rules.locator("[data-add]").click();
      await view.getByLabel("Sede de la regla 4").selectOption({ label: "Sevilla" });
      await view.getByLabel("Resultado de la regla 4").selectOption({ label: "Tipo: sin contacto" });
      await view.getByLabel("Borrar desde (días), regla 4").fill("30");
      await view.getByLabel("Borrar desde (días), regla 1").fill("");
      await view.getByRole("button", { name: "Quitar la regla 3" }).click();
      assert.equal(await rules.getByRole("button", { name: "Guardar" }).count(), 0);
      await rules.getByRole("button", { name: "Ver qué cambiaría" }).click();
      await rules.getByText("Con esto, hoy cambiarían 312 grabaciones y se borrarían 18.").waitFor();
      await rules.getByText("Retenidas, que no se tocan: 1.", { exact: false }).waitFor();
      assert.ok(!server.asked.some(({ method }) => method === "PUT"), "looking changes nothing");
      await view.getByLabel("FLAC desde (días), regla 1").fill("14");
      await rules.locator("[data-preview]").waitFor({ state: "detached" });
      await rules.getByRole("button", { name: "Ver qué cambiaría" }).click();
      await rules.getByRole("button", { name: "Guardar" }).click();
      await rules.getByText("Guardado. Se aplica esta noche.").waitFor();
      const [all, sales] = retention.rules;
      const own = {
        siteId: retention.sites[1]?.id,
        kind: "no_contact",
        code: null,
        flacAfter: null,
        opusAfter: null,
      };
      assert.deepEqual(sent(server, "PUT", "/api/retention"), {
        rules: [{ ...all, flacAfter: 14, deleteAfter: null }, sales, { ...own, deleteAfter: 30 }],
      });
    }));

  test("days out of order are said at their rule, a rule that is there twice below them", () =>
    visit(page, PHONE, { ...admin, keeping: "new" }, async (view) => {
      const rules = view.locator("[data-part=rules]");
      await rules.locator("[data-add]").click();
      await view.getByLabel("FLAC desde (días), regla 1").fill("30");
      await view.getByLabel("Opus desde (días), regla 1").fill("7");
      await rules.getByRole("button", { name: "Ver qué cambiaría" }).click();
      await rules.locator("[data-rule='1']", { hasText: "Cada paso más tarde que el anterior" }).waitFor();
      await view.getByLabel("Opus desde (días), regla 1").fill("90");
      await rules.locator("[data-add]").click();
      await view.getByLabel("FLAC desde (días), regla 2").fill("14");
      await rules.getByRole("button", { name: "Ver qué cambiaría" }).click();
      await rules.getByText("Hay dos reglas para la misma sede y el mismo resultado. Deja una.").waitFor();
    }));

  test("a program that is missing is said, and the step waits", () =>
    visit(page, PHONE, { ...admin, keeping: "full" }, async (view) => {
      await view.locator("[data-tool=opus][data-there=false]").waitFor();
      await view.getByText("Instala ffmpeg con libopus en el servidor", { exact: false }).waitFor();
      await view.getByRole("button", { name: "Ver qué cambiaría" }).click();
      await view
        .getByText("Esperan, porque falta el programa que las convierte: 312.", { exact: false })
        .waitFor();
      assert.ok(await view.getByRole("button", { name: "Copiar ahora" }).isDisabled());
    }));

  test("a disk that is soon full is said here and on administration's first screen", async () => {
    await visit(page, DESK, { ...admin, keeping: "full" }, async (view) => {
      await view.getByRole("alert").getByText("se llena en 17 días", { exact: false }).waitFor();
    });
    await visit("/admin", DESK, { ...admin, keeping: "full" }, async (view) => {
      await view.locator("a [data-full='17']").click();
      await view.locator("[data-part=rules]").waitFor();
    });
    await visit("/admin", DESK, admin, async (view, server) => {
      await view.locator("form").first().waitFor();
      await eventually("the question", () =>
        server.asked.some(({ path }) => path === "/api/retention/capacity"),
      );
      await view.waitForTimeout(300);
      assert.equal(await view.locator("[data-full]").count(), 0);
    });
  });

  test("out of the trash, free again, and one more copy", () =>
    visit(page, DESK, admin, async (view, server) => {
      const trash = view.locator("[data-part=trash]");
      await trash.getByText("Por una regla. Se borra el 29 nov").waitFor();
      await trash.getByText("La borró Elena Vega. Se borra el 30 nov").waitFor();
      await trash
        .getByRole("button", { name: /^Recuperar/ })
        .first()
        .click();
      await trash.locator("[data-kept]").nth(1).waitFor({ state: "detached" });
      const holds = view.locator("[data-part=holds]");
      await holds.getByText("Luis Prieto, 23 nov: Reclamación 4711", { exact: false }).waitFor();
      await holds.getByRole("button", { name: /^Liberar/ }).click();
      await holds.getByText("Ninguna grabación está retenida.").waitFor();
      const backups = view.locator("[data-part=backups]");
      await backups.getByText("De la noche · hasta el 21 dic").waitFor();
      assert.equal(await backups.locator("[data-backup]").count(), 4);
      await backups.getByText("Están en el servidor, en callmanager-data/backups. No se descargan").waitFor();
      await backups.getByRole("button", { name: "Copiar ahora" }).click();
      await backups.locator("[data-backup]").nth(4).waitFor();
      assert.ok(server.asked.some(({ method, path }) => method === "DELETE" && path.endsWith("/hold")));
    }));

  test("a company that has just begun keeps everything; in English it is English", () =>
    visit("/admin", { ...PHONE, language: "en" }, { ...admin, keeping: "new" }, async (view) => {
      await view.getByLabel("More options").click();
      await view.getByRole("link", { name: "Retention" }).click();
      await view.getByText("There are no rules yet: nothing is deleted or converted.").waitFor();
      await view.getByText("The trash is empty.").waitFor();
      await view.getByText("Over 10 years").waitFor();
    }));
});
