import type { Config } from "../config.ts";
import { type Probed, probe } from "../ears/probe.ts";
import { Shelf } from "../ears/shelf.ts";

/** More of a core than this for two voices at once, and the call's own programs would feel it. */
export const MOST_LOAD = 0.5;

/** The model that calls are listened to with, and what it takes here; `probed` is null for one that cannot be loaded. */
export type Hearing = { id: string; probed: Probed | null };

/** Tries the installed model in a process of its own; takes about a second. Null when none is installed. */
export async function tryModel(config: Config): Promise<Hearing | null> {
  const model = new Shelf(config.TRAY_DATA).modelFor(config.LANGUAGE, config.SPEECH_MODEL);
  return model && { id: model.id, probed: await probe(model) };
}
