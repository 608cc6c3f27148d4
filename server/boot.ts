import { createWriteStream } from "node:fs";
import { v7 as uuidv7 } from "uuid";
import { createApp } from "./app.ts";
import { openKept } from "./backups/open-kept.ts";
import { readConfig, type Config } from "./config.ts";
import type { Host } from "./http/host.ts";
import { jsonLog, type Log } from "./http/log.ts";
import { memoryBus } from "./live/bus.ts";
import { reachLines } from "./network.ts";
import { folderStore } from "./recordings/folder.ts";

/** What both runtimes do before they listen. */
export type Booted = {
  config: Config;
  log: Log;
  fetch: (request: Request, env?: object) => Response | Promise<Response>;
  /** Lines for the console once the server listens at `url`. */
  greeting(url: string): Promise<string[]>;
  /** Ends the live boards. Once no new request comes in, so that they do not come back. */
  hangUp(): void;
  /** After the last request: closes the database. */
  stop(): Promise<void>;
};

/**
 * Reads the configuration, opens database and recordings, makes the app.
 * @throws Error with a readable message when something cannot be used
 */
export async function boot(variables: Record<string, string | undefined>, host: Host): Promise<Booted> {
  const config = readConfig(variables);
  // sound, words and tokens' digests are nobody's who has an account on this machine and is not of the server's group
  process.umask(0o027);
  const log = jsonLog(writer(config.LOG_FILE));
  const clock = (): Date => new Date();
  const store = await openKept(config, { clock, log });
  const recordings = folderStore(config.RECORDINGS_URL.replace(/^file:/, ""));
  await recordings.check();
  const deps = {
    config,
    log,
    store,
    recordings,
    bus: memoryBus(),
    clock,
    newId: () => uuidv7(),
  };
  const { app, offerSetup, start, hangUp, stop } = createApp(deps, host);
  await start();

  return {
    config,
    log,
    fetch: (request, env) => app.fetch(request, env),
    async greeting(url) {
      const base = config.PUBLIC_URL?.replace(/\/$/, "") ?? url;
      const token = await offerSetup();
      return [
        `CallManager ${host.version} listens on ${url} (${host.runtime})`,
        ...reachLines(config, url),
        token === null
          ? `Board: ${base}/mobile`
          : `First start. Set it up here: ${base}/setup?token=${token}`,
      ];
    },
    hangUp,
    async stop() {
      await stop();
      await store.close();
    },
  };
}

/** Where log lines go: a file if there is one, else stderr, so that stdout stays for people. */
function writer(file: string | undefined): (line: string) => void {
  if (file === undefined) return (line) => void process.stderr.write(line);
  const stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  let lines = "";
  // those of one turn together: a busy server would go to the disk for each request's line
  return (line) => {
    if (lines === "") setImmediate(() => (stream.write(lines), (lines = "")));
    lines += line;
  };
}
