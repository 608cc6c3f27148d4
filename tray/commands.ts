import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setAutostart } from "./autostart.ts";
import { type Config, VARIABLES } from "./config.ts";
import { ask, requestOf, REQUESTS } from "./control/client.ts";
import { listDevices } from "./doctor/devices.ts";
import { examine } from "./doctor/doctor.ts";
import { report } from "./doctor/report.ts";
import { logFile } from "./log.ts";
import { texts } from "./texts/texts.ts";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const OWN: Record<string, (config: Config, env: NodeJS.ProcessEnv) => Promise<string>> = {
  doctor,
  devices,
  "autostart on": (config, env) => autostart(true, config, env),
  "autostart off": (config, env) => autostart(false, config, env),
};

/**
 * Does what the words of a command line say, by itself or by the tray that runs.
 * @returns what is to be printed
 * @throws Error with what can be said instead
 */
export async function command(words: string[], config: Config, env: NodeJS.ProcessEnv): Promise<string> {
  const own = OWN[words.join(" ")];
  if (own) return own(config, env);
  const request = requestOf(words);
  if (request)
    return JSON.stringify(await ask({ port: config.CONTROL_PORT, data: config.TRAY_DATA }, request));
  const known = [...Object.keys(OWN), ...REQUESTS].join(" | ");
  throw new Error(`«${words.join(" ")}» is not known. Use: ${known}; without a word the tray starts.`);
}

async function doctor(config: Config, env: NodeJS.ProcessEnv): Promise<string> {
  const findings = await examine({ config, env, texts: texts[config.LANGUAGE] });
  return report(findings, logFile(config.TRAY_DATA), texts[config.LANGUAGE]);
}

async function devices(_config: Config, env: NodeJS.ProcessEnv): Promise<string> {
  const found = await listDevices(env);
  const variable = { agent: "AGENT_DEVICE", customer: "CUSTOMER_DEVICE" };
  return found
    .map(
      ({ side, name, description, standard }) =>
        `${standard ? "●" : " "} ${variable[side]}=${name}  ${description}`,
    )
    .join("\n");
}

/** A session knows nothing of the variables that a shell had, so what is set now is written beside the data. */
async function autostart(on: boolean, config: Config, env: NodeJS.ProcessEnv): Promise<string> {
  const file = join(config.TRAY_DATA, "tray.env");
  const set = VARIABLES.filter((name) => env[name]).map((name) => `${name}=${JSON.stringify(env[name])}`);
  if (on) await writeFile(file, `${set.join("\n")}\n`, { mode: 0o600 });
  const where = await setAutostart(on, [process.execPath, `--env-file-if-exists=${file}`, MAIN], env);
  return where;
}
