import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createIcon, type Look } from "../../tray/icon/icon.ts";
import { icoOf, imageOf } from "../../tray/icon/images.ts";
import { menuOf } from "../../tray/look.ts";
import type { MenuAction } from "../../tray/ports.ts";
import { initial } from "../../tray/session.ts";
import { es } from "../../tray/texts/es.ts";
import { Desktop, DESKTOP } from "../support/desktop.ts";
import { eventually } from "../support/eventually.ts";
import { needs } from "../support/real.ts";

const look: Look = {
  state: "idle",
  menu: menuOf(initial({ paired: true, hotkeyWhen: "always" }), es),
};
const data = mkdtempSync(join(tmpdir(), "icon-"));
after(() => rmSync(data, { recursive: true, force: true }));

const skip = needs(...DESKTOP);

test("the icon on a real desktop", { skip }, async (t) => {
  const desktop = await Desktop.open();
  t.after(() => desktop.close());
  const log: string[] = [];
  const icon = createIcon({
    data,
    look,
    log: (line) => log.push(line),
    env: desktop.env,
    restartWaits: [10, 10],
  });
  t.after(() => icon.stop());
  const actions: MenuAction[] = [];
  icon.onAction((action) => actions.push(action));
  assert.equal(await icon.start(), true);
  const shown = () => eventually("the icon", async () => (await desktop.icons())[0]);

  await t.test("registers with its rows, of which hidden ones are not seen", async () => {
    const rows = await desktop.menu(await shown());
    const visible = rows.filter((row) => row.visible).map((row) => row.label);
    assert.deepEqual(visible, [
      "CallManager: lista para llamadas",
      "Empezar llamada",
      "Terminar llamada",
      "Pausar grabación",
      "Abrir ayuda (Ctrl+A)",
      "Mi día",
      "● Disponible",
      "Pausa: descanso",
      "Pausa: comida",
      "Pausa: formación",
      "Pausa: reunión",
      "Diagnóstico",
      "Salir",
    ]);
    assert.equal(rows[0]?.enabled, false);
  });

  await t.test("a click in the menu is heard", async () => {
    await desktop.click(await shown(), "Empezar llamada");
    await eventually("the click", () => actions.includes("start-call"));
  });

  await t.test("a new state changes the drawing and the rows", async () => {
    const before = await desktop.iconProperty(await shown(), "IconName");
    const menu = look.menu.map((row) => (row.action === "pause-recording" ? { ...row, hidden: true } : row));
    icon.show("oncall", menu);
    await eventually("the row to hide", async () => {
      const rows = await desktop.menu(await shown());
      return rows.some((row) => row.label === "Pausar grabación" && !row.visible);
    });
    assert.notEqual(await desktop.iconProperty(await shown(), "IconName"), before);
  });

  await t.test("a killed helper comes back with the newest menu", async () => {
    const first = icon.programPid();
    assert.ok(first);
    const menu = look.menu.map((row) =>
      row.action === null ? { ...row, title: "En llamada: grabando" } : row,
    );
    process.kill(first, "SIGKILL");
    icon.show("oncall", menu);
    await eventually("the row of the newest state", async () => {
      const rows = await Promise.all((await desktop.icons()).map((one) => desktop.menu(one)));
      return rows.flat().some((row) => row.label === "En llamada: grabando");
    });
    assert.notEqual(icon.programPid(), first);
  });
});

test("without a place for icons the tray goes on", { skip }, async (t) => {
  const desktop = await Desktop.open({ host: false });
  t.after(() => desktop.close());
  const lines: string[] = [];
  const icon = createIcon({
    data: join(data, "no-host"),
    look,
    log: (line) => lines.push(line),
    env: desktop.env,
  });
  t.after(() => icon.stop());
  assert.equal(await icon.start(), false);
  icon.show("oncall", look.menu);
  assert.match(lines.join("\n"), /no place for icons/);
});

for (const [name, env, why] of [
  ["without a desktop", {}, /DISPLAY/],
  ["without a session bus", { DISPLAY: ":99" }, /session bus/],
] as const) {
  test(`${name} there is no icon, and no error`, { skip: process.platform !== "linux" }, async () => {
    const lines: string[] = [];
    const icon = createIcon({ data, look, log: (line) => lines.push(line), env });
    assert.equal(await icon.start(), false);
    assert.match(lines.join("\n"), why);
    await icon.stop();
  });
}

test("a helper that keeps ending is given up", { skip }, async (t) => {
  const lines: string[] = [];
  const env = { DISPLAY: ":9999", DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere" };
  const icon = createIcon({
    data: join(data, "dying"),
    look,
    log: (line) => lines.push(line),
    env,
    restartWaits: [5, 5],
  });
  t.after(() => icon.stop());
  assert.equal(await icon.start(), false);
  await eventually("giving up", () => lines.some((line) => line.includes("keeps ending")));
});

test("on Windows the drawing is an .ico around the same PNG", () => {
  const png = Buffer.from(imageOf("idle", "linux"), "base64");
  const ico = icoOf(png);
  assert.equal(ico.readUInt16LE(2), 1);
  assert.equal(ico.readUInt32LE(14), png.length);
  assert.deepEqual(ico.subarray(ico.readUInt32LE(18)), png);
  assert.equal(imageOf("idle", "win32"), ico.toString("base64"));
});
