import { chmodSync, mkdirSync } from "node:fs";
import { v7 as uuidv7 } from "uuid";
import { type Config, readConfig } from "./config.ts";
import { ask, requestOf, USAGE } from "./control/client.ts";
import { becomeOnly } from "./instance.ts";
import { reason, stderrLog } from "./log.ts";
import { runTray } from "./tray.ts";

async function command(config: Config, words: string[]): Promise<void> {
  const request = requestOf(words);
  if (!request)
    throw new Error(`«${words.join(" ")}» is not known. Use: ${USAGE}; without a word the tray starts.`);
  const answer = await ask({ port: config.CONTROL_PORT, data: config.TRAY_DATA }, request);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function start(config: Config): Promise<void> {
  mkdirSync(config.TRAY_DATA, { recursive: true, mode: 0o700 });
  chmodSync(config.TRAY_DATA, 0o700);
  const release = await becomeOnly(config.TRAY_DATA);
  if (!release) return command(config, ["summon"]);
  const clock = () => ({ at: new Date().toISOString(), ms: performance.now() });
  const tray = await runTray({
    config,
    env: process.env,
    clock,
    newId: () => uuidv7(),
    log: stderrLog,
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => tray.quit());
  await tray.gone;
  await release();
  process.exit(0);
}

try {
  const config = readConfig(process.env);
  const words = process.argv.slice(2);
  await (words.length > 0 ? command(config, words) : start(config));
} catch (error) {
  process.stderr.write(`${reason(error)}\n`);
  process.exit(1);
}
