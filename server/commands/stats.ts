// `npm run stats -- rebuild`: writes the figures anew, from the calls and declared states in the server's own database.
import { v7 as uuidv7 } from "uuid";
import { openKept } from "../backups/open-kept.ts";
import { readConfig } from "../config.ts";
import { exitAfter } from "./exit.ts";
import type { Log } from "../http/log.ts";
import { createRebuild } from "../stats/rebuild/rebuild.ts";
import { createTime } from "../time/time.ts";
import { readOptions } from "./options.ts";
import { commandTexts } from "./texts.ts";

const { positionals, language } = readOptions(
  {},
  { es: commandTexts.es.statsUsage, en: commandTexts.en.statsUsage },
);
const texts = commandTexts[language];

async function rebuild(): Promise<number> {
  const failures: unknown[] = [];
  const log: Log = { info: () => undefined, error: (_text, _facts, cause) => void failures.push(cause) };
  const clock = (): Date => new Date();
  const store = await openKept(readConfig(process.env), { clock, log });
  const deps = { store, log, clock, newId: () => uuidv7() };
  const shown = process.stdout.isTTY;
  await createRebuild(deps, createTime(deps)).rebuild((done, all) => {
    if (shown) process.stdout.write(`\r${texts.rebuilding(done, all)}`);
  });
  await store.close();
  if (failures.length > 0) throw failures[0];
  console.log(`${shown ? "\n" : ""}${texts.rebuilt}`);
  return 0;
}

async function main(): Promise<number> {
  if (positionals.join(" ") === "rebuild") return rebuild();
  console.error(texts.statsUsage);
  return 2;
}

await exitAfter(main);
