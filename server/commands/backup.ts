// `npm run backup`: copies the server's database, checks the copy and puts it beside the others. The server may run.
import { createAudit } from "../audit/audit.ts";
import { createBackups } from "../backups/backups.ts";
import { openKept } from "../backups/open-kept.ts";
import { readConfig } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Log } from "../http/log.ts";
import { readOptions } from "./options.ts";
import { commandTexts } from "./texts.ts";

const usage = { es: commandTexts.es.backupUsage, en: commandTexts.en.backupUsage };
const { positionals, language } = readOptions({}, usage);
const silent: Log = { info: () => undefined, error: () => undefined };
const texts = commandTexts[language];

async function main(): Promise<number> {
  if (positionals.length > 0) {
    console.error(texts.backupUsage);
    return 2;
  }
  const config = readConfig(process.env);
  const clock = (): Date => new Date();
  const store = await openKept(config, { clock, log: silent });
  const audit = createAudit({ store, clock, config, log: silent });
  const backups = createBackups({ store, config, clock }, { audit });
  try {
    const { file, bytes, goesAt } = await backups.now(null);
    console.log(texts.backedUp(`${config.DATA_FOLDER}/backups/${file}`, bytes, goesAt.slice(0, 10)));
    return 0;
  } finally {
    await audit.stop();
    await store.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const problem = error instanceof AppError ? error.toProblem(language) : null;
  console.error(problem ? `${problem.detail} ${problem.hint}` : (error as Error).message);
  process.exitCode = 1;
}
