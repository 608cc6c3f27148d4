import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import type { KnownContact } from "#contract";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";
import { busy } from "./support/board-pictures.ts";
import { openBrowser } from "./support/browser.ts";
import { marks } from "./support/library-scene.ts";
import { callbacks } from "./support/office-scene.ts";
import * as scene from "./support/scene.ts";
import { DESK, own, PHONE, sent, visits } from "./support/visit.ts";

describe("an agent's day", { skip: needs("chromium") }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());
  const visit = visits(() => browser);

  test("a pause needs its reason; what is declared is sent once it is known", () =>
    visit("/mobile", PHONE, busy("none"), async (page, server) => {
      await page.getByRole("button", { name: "Pausa", exact: true }).click();
      await page.waitForSelector("[data-reasons]");
      assert.equal(
        server.asked.some(({ path }) => path === "/api/agents/me/state"),
        false,
      );
      await page.locator("[data-reason=almuerzo]").click();
      await page.waitForSelector("[data-reasons]", { state: "detached" });
      assert.deepEqual(sent(server, "POST", "/api/agents/me/state"), { state: "paused", reason: "almuerzo" });
      const row = scene.ownSnapshot("none").agents[0];
      assert.ok(row);
      server.send({ event: "agent", data: { ...row, state: "paused", reason: "almuerzo" } });
      await page.locator("[data-declare=paused][aria-pressed=true]").waitFor();
      await page.locator("[data-declare=available]").click();
      await page.locator("[data-declare=available]:not([disabled])").waitFor();
      assert.deepEqual(sent(server, "POST", "/api/agents/me/state"), { state: "available" });
    }));

  test("comments that are new lead to where they are, and wait while there is a call", async () => {
    const asked = (server: { asked: { path: string }[] }) =>
      server.asked.filter(({ path }) => path.endsWith("/marks/unseen")).length;
    await visit("/mobile", PHONE, own("none"), async (page, server) => {
      const news = page.getByRole("link", { name: "1 comentario nuevo" });
      await news.click();
      await page.getByRole("dialog", { name: "Reproductor: Óscar Medina" }).waitFor();
      await page.locator("[data-comment='2']").getByText("nuevo").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Mi día" }).click();
      await page.locator("[data-goals]").waitFor();
      await eventually("the day, the list and the day again to ask", () => asked(server) === 3);
      assert.equal(await news.count(), 0, "they are seen");
    });
    const [, comment] = marks;
    assert.ok(comment);
    const elsewhere = { ...comment, id: scene.idOf(799), callId: scene.idOf(201) };
    await visit("/mobile", PHONE, { ...own("none"), marks: [...marks, elsewhere] }, async (page) => {
      await page.getByRole("link", { name: "2 comentarios nuevos" }).click();
      await page.locator("[data-call] .tag.acc").nth(1).waitFor();
      assert.equal(await page.locator("[data-call]").count(), 2);
      await page.locator("[data-found]").getByText("2 comentarios nuevos").waitFor();
    });
    await visit("/mobile", PHONE, busy("call"), async (page, server) => {
      await page.locator("[data-goals]").waitFor();
      assert.equal(await page.locator("[data-news]").count(), 0);
      const row = scene.ownSnapshot("none").agents[0];
      assert.ok(row);
      server.send({ event: "agent", data: row });
      await page.locator("[data-news='1']").waitFor();
      assert.equal(asked(server), 1, "not before the call was over");
    });
  });

  test("during a call what is declared is what comes after it", () =>
    visit("/mobile", DESK, busy("call"), async (page, server) => {
      await page.getByText("Al colgar pasarás a posllamada, y después a").waitFor();
      await page.locator("[data-declare=available][aria-pressed=true]").waitFor();
      await page.locator("[data-declare=offline]").click();
      await page.locator("[data-declare=offline][aria-pressed=true]").waitFor();
      assert.deepEqual(sent(server, "POST", "/api/agents/me/state"), { state: "offline" });
      await page.getByText("Se graban las dos voces").waitFor();
    }));

  test("goals say what is missing and what is usual by now", () =>
    visit("/mobile", DESK, busy("call"), async (page) => {
      await page.getByText("Te falta 1. A esta hora lo normal son 2,7").waitFor();
      await page.getByText("Te faltan 3. A esta hora lo normal son 8").waitFor();
      await page.getByText("Te quedan 2, una ya vencida").waitFor();
      await page.getByText("Buen ritmo").waitFor();
    }));

  test("without goals nothing is made up: it says who sets them", () =>
    visit("/mobile", DESK, own("none", { goals: "none" }), async (page) => {
      await page.getByText("Tu equipo no tiene metas. Las pone administración, en «Operación».").waitFor();
      assert.equal(await page.locator("[data-goals='0']").count(), 1);
      await page.getByText("No tienes a nadie pendiente de llamar.").waitFor();
    }));

  test("callbacks stand by their time, are called, done and undone", () =>
    visit("/mobile", PHONE, busy("none"), async (page, server) => {
      const gloria = page.locator(`[data-callback="${callbacks[0]?.id}"]`);
      await gloria.getByText("16:15 · vencida hace 27 min").waitFor();
      await page.getByText("17:00 · Consultarlo con su mujer").waitFor();
      await page.getByText("mañana 10:30 · Enviar precio").waitFor();
      const call = page.getByRole("link", { name: "Llamar a Gloria Requena" });
      assert.equal(await call.getAttribute("href"), "tel:+34612345418");
      await page.getByRole("button", { name: "Rellamada hecha: Gloria Requena" }).click();
      await gloria.getByText("Hecha: Gloria Requena").waitFor();
      assert.deepEqual(sent(server, "PATCH", `/api/calls/${callbacks[0]?.id}`), { callbackDone: true });
      await gloria.getByRole("button", { name: "Deshacer" }).click();
      await gloria.getByText("16:15 · vencida hace 27 min").waitFor();
      assert.deepEqual(sent(server, "PATCH", `/api/calls/${callbacks[0]?.id}`), { callbackDone: false });
    }));

  test("the day's time is told in words, pauses by reason, and what others corrected about it", () =>
    visit("/mobile", DESK, busy("none"), async (page) => {
      const time = page.locator("[data-own-time]");
      await time.getByText("Pausas: descanso 18 min · almuerzo 1 h 2").waitFor();
      const bar = await time.getByRole("img").getAttribute("aria-label");
      assert.match(String(bar), /^Reparto de la jornada: En llamada 33\smin, Disponible 5\sh\s40/);
      await time.getByText("«Eligió el motivo equivocado»").waitFor();
      await time.getByText("Luis Prieto · 11:32").waitFor();
      assert.equal(await time.getByRole("button").count(), 0, "an agent corrects nothing");
    }));

  test("a call shows whom it is with and what was before", () => {
    const contact: KnownContact = {
      id: scene.idOf(900),
      name: "Álvaro Quesada Ruiz",
      phones: ["+34612345418"],
      notes: "Prefiere por la tarde",
      team: "Ventas Norte",
      createdAt: scene.NOW.toISOString(),
      updatedAt: scene.NOW.toISOString(),
      lastCallAt: null,
      doNotRecord: false,
    };
    const snapshot = scene.ownSnapshot("call");
    const [call, ...others] = snapshot.calls;
    assert.ok(call);
    const calls = [
      { ...call, contactId: contact.id, contact: { name: null, phone: "+34612345418" } },
      ...others.map((one) => ({ ...one, contactId: contact.id })),
    ];
    return visit(
      "/mobile",
      DESK,
      { role: "agent", snapshot: { ...snapshot, calls }, contacts: [contact] },
      async (page) => {
        await page.getByText("Álvaro Quesada Ruiz · +34 612 ··· 418").waitFor();
        await page
          .getByText("1 llamada antes, la última 23 nov · Venta · Notas: Prefiere por la tarde")
          .waitFor();
      },
    );
  });
});
