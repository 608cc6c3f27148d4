import { v7 as uuidv7 } from "uuid";
import { openReader } from "../db/open.ts";
import type { Store } from "../db/store.ts";
import { works } from "../jobs/apart.ts";
import { readConfig } from "../config.ts";
import { make } from "./make.ts";
import type { Order } from "./source.ts";

/** What the thread that writes exports is given. */
export type Assignment = {
  database: string;
  settings: { TIME_ZONE: string; CURRENCY: string };
  order: Order;
};

/** One connection of its own, only to read, as long as the thread lives. */
let opened: { url: string; store: Promise<Store> } | null = null;
const storeOf = (url: string): Promise<Store> => {
  if (opened?.url !== url) opened = { url, store: openReader(url) };
  return opened.store;
};

works(async (input, tell) => {
  // it comes from exports.ts, which sends nothing else
  const { database, settings, order } = input as Assignment;
  const deps = {
    store: await storeOf(database),
    clock: () => new Date(order.now),
    newId: () => uuidv7(),
    log: { info: () => undefined, error: () => undefined },
    config: readConfig(settings),
  };
  let told = -Infinity;
  return make(order, deps, async (done, total) => {
    if (performance.now() - told < 250) return;
    told = performance.now();
    await tell({ done, total });
  });
});
