import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createIcon, type Look } from "../../tray/icon/icon.ts";
import { imageOf } from "../../tray/icon/images.ts";
import { menuOf } from "../../tray/look.ts";
import type { IconState, MenuAction } from "../../tray/ports.ts";
import { initial } from "../../tray/state.ts";
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

test("on Windows the drawing is an .ico with a PNG for each size", () => {
  const ico = Buffer.from(imageOf("idle", "win32"), "base64");
  assert.deepEqual([ico.readUInt16LE(2), ico.readUInt16LE(4)], [1, 3]);
  for (const [i, size] of [16, 32, 64].entries()) {
    const entry = 6 + i * 16;
    const [bytes, at] = [ico.readUInt32LE(entry + 8), ico.readUInt32LE(entry + 12)];
    const png = ico.subarray(at, at + bytes);
    assert.equal(png.subarray(1, 4).toString(), "PNG");
    assert.deepEqual([ico[entry], png.readUInt32BE(16), png.readUInt32BE(20)], [size, size, size]);
  }
  const png = Buffer.from(imageOf("idle", "linux"), "base64");
  assert.deepEqual(ico.subarray(-png.length), png);
});

const STATES: IconState[] = ["idle", "oncall", "paused", "offline", "error"];
for (const size of [16, 64])
  for (const ground of ["#202020", "#f3f3f3"])
    test(
      `without colour, at ${size} pixels on ${ground}, the five drawings are told apart`,
      {
        skip: needs("convert"),
      },
      async () => {
        const greys = await Promise.all(
          STATES.map(async (state) => {
            const file = fileURLToPath(new URL(`../../tray/icon/${state}-${size}.png`, import.meta.url));
            const grey = ["-background", ground, "-flatten", "-colorspace", "Gray", "-depth", "8", "gray:-"];
            return (await promisify(execFile)("convert", [file, ...grey], { encoding: "buffer" })).stdout;
          }),
        );
        for (const [i, one] of greys.entries())
          for (const [j, other] of greys.entries()) {
            if (j <= i) continue;
            assert.equal(one.length, size * size);
            const differs = one.filter((pixel, at) => Math.abs(pixel - (other[at] ?? 0)) > 40).length;
            const share = differs / one.length;
            assert.ok(share > 0.1, `${STATES[i]} and ${STATES[j]} differ in ${share}`);
          }
      },
    );
