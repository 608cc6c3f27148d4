// `npm run restore [-- <backup>]`: puts a copy in the place of the database, or lists the copies that there are.
import { v7 as uuidv7 } from "uuid";
import { openKept } from "../backups/open-kept.ts";
import { recordingsErasedSince, restore, type Restored } from "../backups/restore.ts";
import { backupShelf } from "../backups/shelf.ts";
import { readConfig, type Config } from "../config.ts";
import { exitAfter } from "./exit.ts";
import { AppError } from "../errors.ts";
import type { Log } from "../http/log.ts";
import { memoryBus } from "../live/bus.ts";
import { folderStore } from "../recordings/folder.ts";
import { createRooms } from "../rooms.ts";
import { readOptions } from "./options.ts";
import { commandTexts } from "./texts.ts";

const usage = { es: commandTexts.es.restoreUsage, en: commandTexts.en.restoreUsage };
const { positionals, language } = readOptions({}, usage);
const texts = commandTexts[language];
const silent: Log = { info: () => undefined, error: () => undefined };
const clock = (): Date => new Date();

async function list(config: Config): Promise<number> {
  const all = await backupShelf(config.DATA_FOLDER).list();
  for (const { id, made, goesAt, files } of all)
    console.log(
      texts.backup(
        id,
        made.slice(0, 16),
        files.reduce((sum, { bytes }) => sum + bytes, 0),
        goesAt.slice(0, 10),
      ),
    );
  console.log(all.length === 0 ? texts.noBackups : `\n${texts.restoreUsage}`);
  return all.length === 0 ? 1 : 0;
}

/** The database that came back must not bring back what was erased, nor miss what was made smaller since. */
async function bringUpToDate(config: Config, done: Restored) {
  const store = await openKept(config, { clock, log: silent });
  const recordings = folderStore(config.RECORDINGS_URL.replace(/^file:/, ""));
  const deps = { store, recordings, clock, log: silent, config, bus: memoryBus(), newId: () => uuidv7() };
  const { audit, keeping, conversions, library, erasure } = createRooms(deps);
  await audit.restored(done.from.id, done.lost);
  const recordingsAgain = { erased: 0, held: 0 };
  for (const callId of await recordingsErasedSince(done))
    await keeping.erase(null, callId).then(
      () => (recordingsAgain.erased += 1),
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        if (error.code === "recording_held") recordingsAgain.held += 1;
        // what the copy does not have needs no erasing
        else if (error.code !== "not_found") throw error;
      },
    );
  const personsAgain = await erasure.again();
  const lost = await conversions.findFiles();
  await library.stop();
  await audit.stop();
  await store.close();
  return { recordingsAgain, personsAgain, lost };
}

async function main(): Promise<number> {
  const config = readConfig(process.env);
  const [id, ...more] = positionals;
  if (id === undefined) return list(config);
  if (more.length > 0) {
    console.error(texts.restoreUsage);
    return 2;
  }
  const done = await restore(config, id, clock());
  if (typeof done === "string") {
    console.error(texts.refused[done]);
    return 1;
  }
  const { recordingsAgain, personsAgain, lost } = await bringUpToDate(config, done);
  console.log(texts.restored(done.from.id));
  if (done.aside) console.log(texts.aside(done.aside.id, done.aside.goesAt.slice(0, 10)));
  if (recordingsAgain.erased > 0) console.log(texts.erasedAgain(recordingsAgain.erased));
  if (recordingsAgain.held > 0) console.log(texts.erasedHeld(recordingsAgain.held));
  if (personsAgain.erased > 0) console.log(texts.personsAgain(personsAgain.erased));
  if (personsAgain.held > 0) console.log(texts.personsHeld(personsAgain.held));
  if (lost > 0) console.log(texts.lost(lost));
  console.log(texts.restoreNext);
  return 0;
}

await exitAfter(main);
