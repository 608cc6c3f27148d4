import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { entryFor } from "../../tray/autostart.ts";
import { dataFolder, root } from "../support/process.ts";

const run = promisify(execFile);
const COMMAND = ["/opt/call manager/node", "--env-file-if-exists=/home/maría/50% $HOME.env", "/opt/main.ts"];
const place = { env: {}, home: "/home/maría" };

test("each system is told in its own way, whatever the path holds", () => {
  const linux = entryFor(COMMAND, { ...place, platform: "linux" });
  assert.ok("file" in linux);
  assert.equal(linux.file, "/home/maría/.config/autostart/callmanager.desktop");
  const exec = String.raw`Exec="/opt/call manager/node" "--env-file-if-exists=/home/maría/50%% \\$HOME.env" "/opt/main.ts"`;
  assert.ok(linux.text.includes(exec), linux.text);
  const mac = entryFor(["/a&b"], { ...place, platform: "darwin" });
  assert.ok("file" in mac && mac.text.includes("<string>/a&amp;b</string>"));
  const windows = entryFor([String.raw`C:\Program Files\node.exe`, "main.ts"], {
    ...place,
    platform: "win32",
  });
  assert.ok("add" in windows);
  assert.ok(windows.add.includes(String.raw`"C:\Program Files\node.exe" "main.ts"`));
});

test("on Linux it is switched on with what is set now, and off again", async () => {
  const folder = await dataFolder();
  const config = join(folder.path, "config");
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: config,
    TRAY_DATA: folder.path,
    SERVER_URL: "http://10.0.0.7:5000",
  };
  const say = (...words: string[]) => run(process.execPath, ["tray/main.ts", ...words], { cwd: root, env });
  const file = join(config, "autostart", "callmanager.desktop");
  assert.equal((await say("autostart", "on")).stdout.trim(), file);
  assert.match(readFileSync(file, "utf8"), /Exec=.*tray\.env.*main\.ts/);
  assert.match(readFileSync(join(folder.path, "tray.env"), "utf8"), /SERVER_URL="http:\/\/10\.0\.0\.7:5000"/);
  await say("autostart", "off");
  assert.equal(existsSync(file), false);
  await say("autostart", "off");
  await folder.remove();
});
