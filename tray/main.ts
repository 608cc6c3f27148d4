import { chmodSync, mkdirSync } from "node:fs";
import { v7 as uuidv7 } from "uuid";
import { command } from "./commands.ts";
import { type Config, readConfig } from "./config.ts";
import { becomeOnly } from "./instance.ts";
import { fileLog, reason } from "./log.ts";
import { runTray } from "./tray.ts";

async function say(config: Config, words: string[]): Promise<void> {
  mkdirSync(config.TRAY_DATA, { recursive: true, mode: 0o700 });
  process.stdout.write(`${await command(words, config, process.env)}\n`);
}

async function start(config: Config): Promise<void> {
  mkdirSync(config.TRAY_DATA, { recursive: true, mode: 0o700 });
  chmodSync(config.TRAY_DATA, 0o700);
  const release = await becomeOnly(config.TRAY_DATA);
  if (!release) return say(config, ["summon"]);
  const clock = () => ({ at: new Date().toISOString(), ms: performance.now() });
  const tray = await runTray({
    config,
    env: process.env,
    clock,
    newId: () => uuidv7(),
    log: fileLog(config.TRAY_DATA),
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => tray.quit());
  await tray.gone;
  await release();
  process.exit(0);
}

try {
  const config = readConfig(process.env);
  const words = process.argv.slice(2);
  await (words.length > 0 ? say(config, words) : start(config));
} catch (error) {
  process.stderr.write(`${reason(error)}\n`);
  process.exit(1);
}
