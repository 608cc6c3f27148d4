import type { Config } from "./config.ts";
import type { Store } from "./db/store.ts";
import type { Log } from "./http/log.ts";
import type { Bus } from "./live/bus.ts";
import type { RecordingStore } from "./recordings/store.ts";

/** What every room is made of; `main` decides which is real. */
export type Deps = {
  config: Config;
  store: Store;
  /** Where the sound lies. */
  recordings: RecordingStore;
  /** Tells every node of the server what happened. */
  bus: Bus;
  log: Log;
  /** Now; tests set it. */
  clock: () => Date;
  /** A fresh UUIDv7. */
  newId: () => string;
};
