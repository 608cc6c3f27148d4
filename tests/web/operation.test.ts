import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { openBrowser } from "./support/browser.ts";
import type { Options } from "./support/fake-server.ts";
import { ofFibre } from "./support/office-scene.ts";
import * as scene from "./support/scene.ts";
import { DESK, PHONE, sent, visits } from "./support/visit.ts";

const admin: Options = { role: "admin", users: [scene.me("supervisor")], dispositions: ofFibre };

describe("how the company works", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);
  const page = "/admin#operacion";
  const part = (name: string) => `[data-part=${name}]`;

  test("outcomes are added, ordered and saved; what nobody renamed keeps every language's name", () =>
    visit(page, DESK, admin, async (view, server) => {
      await view.waitForSelector("[data-outcome=other]");
      const outcomes = view.locator(part("outcomes"));
      await outcomes.locator("[data-add]").click();
      await view.getByLabel("Nombre de la fila 6").fill("Pide más información");
      await view.getByLabel("Pide: Pide más información").selectOption("callback");
      await view.getByRole("button", { name: "Subir Pide más información" }).click();
      await view.getByRole("button", { name: "Quitar No interesa" }).click();
      await outcomes.getByRole("button", { name: "Guardar" }).click();
      await outcomes.getByText("Guardado").waitFor();
      assert.deepEqual(sent(server, "PUT", "/api/dispositions"), {
        campaign: null,
        items: [
          { code: "sale", name: null, kind: "sale", asksFor: "amount" },
          { code: "follow_up", name: null, kind: "contact", asksFor: "callback" },
          { code: "no_answer", name: null, kind: "no_contact", asksFor: null },
          {
            code: "pide_mas_informacion",
            name: "Pide más información",
            kind: "contact",
            asksFor: "callback",
          },
          { code: "other", name: null, kind: "contact", asksFor: null },
        ],
      });
    }));

  test("a campaign has its own list, and goes back to everybody's", () =>
    visit(page, PHONE, admin, async (view, server) => {
      await view.getByLabel("Campaña").fill("Fibra");
      await view.keyboard.press("Tab");
      await view.waitForSelector("[data-outcome=robinson]");
      await view.getByText("Esta campaña tiene su propia lista.").waitFor();
      await view.getByRole("button", { name: "Volver a la lista de todas" }).click();
      await view.getByText("Usa la lista de todas. Al guardar tendrá la suya.").waitFor();
      assert.deepEqual(sent(server, "PUT", "/api/dispositions"), { campaign: "Fibra", items: [] });
    }));

  test("reasons for a pause", () =>
    visit(page, DESK, admin, async (view, server) => {
      const reasons = view.locator(part("reasons"));
      await reasons.getByLabel("Nombre de la fila 4").waitFor();
      await reasons.getByRole("button", { name: "Quitar almuerzo" }).click();
      await reasons.locator("[data-add]").click();
      await reasons.getByLabel("Nombre de la fila 4").fill("Baño");
      await reasons.getByRole("switch").first().press("Space");
      await reasons.getByRole("button", { name: "Guardar" }).click();
      await reasons.getByText("Guardado").waitFor();
      assert.deepEqual(sent(server, "PUT", "/api/agents/pause-reasons"), {
        items: [
          { name: "descanso", productive: true },
          { name: "formación", productive: true },
          { name: "reunión", productive: true },
          { name: "Baño", productive: false },
        ],
      });
    }));

  test("limits, where empty means never", () =>
    visit(page, DESK, admin, async (view, server) => {
      const limits = view.locator(part("limits"));
      await limits.getByLabel("Posllamada: Mirar (min)").fill("1.5");
      await limits.getByLabel("Pausa: Actuar (min)").fill("");
      await limits.getByRole("button", { name: "Guardar" }).click();
      await limits.getByText("Guardado").waitFor();
      assert.deepEqual(sent(server, "PUT", "/api/alerts/limits"), {
        ...scene.limits,
        wrap_up: { warn: 1.5, bad: 4 },
        paused: { warn: 25, bad: null },
      });
    }));

  test("goals of a team, and the teams of a supervisor", () =>
    visit(page, DESK, admin, async (view, server) => {
      const goals = view.locator(part("goals"));
      await goals.getByLabel("Ventas Sur: Ventas").fill("4");
      await goals.getByRole("button", { name: "Guardar" }).click();
      await goals.getByText("Guardado").waitFor();
      assert.deepEqual(sent(server, "PATCH", `/api/teams/${scene.idOf(501)}`), {
        goals: { calls: null, sales: 4 },
      });
      await view.getByRole("checkbox", { name: "Luis Prieto supervisa Ventas Sur" }).click();
      await view.locator("[data-supervisor='Luis Prieto'] input:checked").waitFor();
      const asked = await eventually("the change of the supervisor", () =>
        sent(server, "PATCH", "/api/users/"),
      );
      assert.deepEqual(asked, { teams: ["Ventas Sur"] });
    }));
});
