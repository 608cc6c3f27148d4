import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { readConfig } from "../../tray/config.ts";
import { tryModel } from "../../tray/doctor/hears.ts";
import { models } from "../../tray/ears/command.ts";
import { fileLog, logFile } from "../../tray/log.ts";
import { AGENT_SAYS, AUDIO, CUSTOMER_SAYS, SoundServer } from "../support/audio.ts";
import { openBrowser } from "../support/browser.ts";
import { company } from "../support/company.ts";
import { Desktop, DESKTOP } from "../support/desktop.ts";
import { eventually } from "../support/eventually.ts";
import { dataFolder, root } from "../support/process.ts";
import { needs } from "../support/real.ts";
import { FIXTURE } from "../support/speech.ts";
import { TrayProcess } from "../support/tray.ts";

const run = promisify(execFile);

test("the doctor on a real PC", { skip: needs(...DESKTOP, ...AUDIO, "chromium") }, async (t) => {
  const office = await company(t);
  const folder = await dataFolder();
  t.after(() => folder.remove());
  const [desktop, sound] = await Promise.all([Desktop.open(), SoundServer.open()]);
  t.after(() => Promise.all([desktop.close(), sound.close()]));
  const env = {
    ...desktop.env,
    PULSE_SERVER: sound.env["PULSE_SERVER"],
    SERVER_URL: office.url,
    LANGUAGE: "es",
    TRAY_DATA: folder.path,
  };
  const say = async (...words: string[]) =>
    (await run(process.execPath, ["tray/main.ts", ...words], { cwd: root, env })).stdout;
  const [agent, customer] = await Promise.all([
    sound.speech("agent", AGENT_SAYS),
    sound.speech("customer", CUSTOMER_SAYS),
  ]);

  await t.test("hears both sides, and says what to do about what is missing", async () => {
    const talking = Promise.all([sound.agentSays(agent), sound.customerSays(customer)]);
    const found = await say("doctor");
    await talking;
    assert.match(found, /✓ Tu voz: se oye, pico -\d+ dB/);
    assert.match(found, /✓ Voz del cliente: se oye/);
    assert.match(found, /✓ Icono/);
    assert.match(found, /✓ Ctrl\+A/);
    assert.match(found, /✓ Navegador/);
    assert.match(found, /✗ Vinculación: este PC no está vinculado\n {2}→ .*pair CÓDIGO/);
    assert.match(found, /✓ Servidor/);
    assert.match(found, /! IA local: no responde al servidor\n {2}→ .*ollama pull/);
    assert.match(found, /✓ Disco: \d+ GB libres/);
    assert.match(found, new RegExp(`Registro.*${logFile(folder.path)}`));
  });

  await t.test("tells silence from a side that cannot be recorded", async () => {
    assert.match(await say("doctor"), /! Voz del cliente: ahora no suena nada\n {2}→/);
    const deaf = { ...env, CUSTOMER_DEVICE: "not-a-device" };
    const { stdout } = await run(process.execPath, ["tray/main.ts", "doctor"], { cwd: root, env: deaf });
    assert.match(stdout, /✗ Voz del cliente: no se puede grabar/);
  });

  await t.test("says whether what is said could be written down here, and how fast", async () => {
    const config = readConfig({ TRAY_DATA: folder.path });
    assert.deepEqual(await tryModel(config), null);
    const quiet = { say: () => undefined, progress: () => undefined };
    await models(["import", FIXTURE, "--accept-licence"], { config, output: quiet });
    assert.match(
      await say("doctor"),
      /✓ Transcripción: stt-es-espeak, 0\.\d+ s de trabajo por segundo de voz/,
    );
    const file = join(folder.path, "models", "stt-es-espeak", "model.onnx");
    writeFileSync(file, Buffer.alloc(statSync(file).size));
    assert.match(await say("doctor"), /✗ Transcripción: stt-es-espeak no se puede cargar/);
    await models(["remove", "stt-es-espeak"], { config, output: quiet });
    assert.match(await say("doctor"), /✓ Transcripción: no hay ningún modelo/);
  });

  await t.test("lists the devices, the standard ones marked", async () => {
    const devices = await say("devices");
    assert.match(devices, /● AGENT_DEVICE=mic /);
    assert.match(devices, /● CUSTOMER_DEVICE=headset\.monitor /);
    assert.match(devices, / {2}CUSTOMER_DEVICE=micfeed\.monitor /);
  });

  await t.test("the tray's own page pairs this PC with a code and shows the findings", async () => {
    const opened = join(folder.path, "opened");
    // stands in for the desktop's own opener, and notes what it was asked to open
    writeFileSync(join(folder.path, "xdg-open"), `#!/bin/sh\necho "$1" > "${opened}"\n`, { mode: 0o755 });
    const PATH = `${folder.path}:${process.env["PATH"]}`;
    const tray = await TrayProcess.start(folder.path, { ...env, PATH });
    t.after(() => tray.end("SIGKILL"));
    const item = await eventually("the icon", async () => (await desktop.icons())[0]);
    await desktop.click(item, "Vincular este PC");
    const url = await eventually("the page", () => readFileSync(opened, "utf8").trim());
    const browser = await openBrowser();
    t.after(() => browser.close());
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    await page.goto(url);
    assert.doesNotMatch(page.url(), /#/, "the ticket has left the address");
    await page.fill("#code", "AAAA-AAAA");
    await page.click("form button");
    await page
      .getByRole("alert")
      .getByText(/código/i)
      .waitFor();
    complaints.length = 0;
    await page.fill("#code", await office.code());
    await page.click("form button");
    await page.getByText("PC vinculado").waitFor();
    await page.getByText("Vinculación: es el PC de María").waitFor();
    assert.equal(await page.locator("#findings li").count(), 10, "each finding once");
    assert.deepEqual(complaints, []);
    assert.equal((await tray.ask("GET", "/status")).body["paired"], true);
    const picture = process.env["LOCAL_PAGE_PICTURE"];
    if (picture !== undefined) await page.screenshot({ path: picture });
  });

  await t.test("an agent declares a pause in the menu, and the office sees why", async () => {
    const item = await eventually("the icon", async () => (await desktop.icons())[0]);
    await desktop.click(item, "Pausa: comida");
    const row = async () => {
      const live = await fetch(`${office.url}/api/live`, { headers: { cookie: office.cookie } });
      const reader = live.body?.getReader();
      const text = new TextDecoder().decode((await reader?.read())?.value);
      await reader?.cancel();
      return /"state":"paused","reason":"Comida"/.test(text);
    };
    await eventually("the pause on the board", row);
  });
});

test("the log is a file for this user alone, and stays small", async () => {
  const folder = await dataFolder();
  const log = fileLog(folder.path, () => undefined);
  log("one line");
  const file = logFile(folder.path);
  assert.match(readFileSync(file, "utf8"), /^\d{4}-\d\d-\d\dT\S+Z one line\n$/);
  assert.equal(statSync(file).mode & 0o077, 0);
  const long = "x".repeat(1024 * 1024);
  for (let i = 0; i < 7; i++) log(long);
  assert.ok(statSync(file).size < 6 * 1024 * 1024);
  assert.ok(statSync(`${file}.1`).size < 7 * 1024 * 1024);
  await folder.remove();
});
