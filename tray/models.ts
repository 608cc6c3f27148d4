// `npm run models -- …`: the recognisers' models of this PC.
import { mkdirSync } from "node:fs";
import { readConfig } from "./config.ts";
import { models } from "./ears/command.ts";
import { reason } from "./log.ts";

const terminal = process.stdout.isTTY;
let open = false;
const output = {
  say: (line: string) => {
    process.stdout.write(`${open ? "\n" : ""}${line}\n`);
    open = false;
  },
  progress: (line: string) => {
    process.stdout.write(terminal ? `\r\u001B[K${line}` : `${line}\n`);
    open = terminal;
  },
};

try {
  const config = readConfig(process.env);
  mkdirSync(config.TRAY_DATA, { recursive: true, mode: 0o700 });
  const done = await models(process.argv.slice(2), { config, output });
  process.exit(done ? 0 : 1);
} catch (error) {
  process.stderr.write(`${reason(error)}\n`);
  process.exit(1);
}
