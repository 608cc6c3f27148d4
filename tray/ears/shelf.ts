import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "#contract";
import { z } from "zod";
import { readIfThere } from "../files.ts";
import type { SpeechModel } from "../ports.ts";
import { modelEntry } from "./manifest.ts";

/** What lies beside the files of an installed model; written last, so that without it nothing is installed. */
export const installedModel = modelEntry.extend({
  installedAt: z.iso.datetime(),
  /** Seconds of work for a second of sound, as the probe measured it here. */
  realTimeFactor: z.number().min(0),
  /** Files whose digest nobody knew before they were fetched. */
  unverified: z.array(z.string()),
});
export type InstalledModel = z.infer<typeof installedModel>;

/** The name of that description. */
export const DESCRIPTION = "model.json";

/** The models of this PC, in `models/` of the tray's data folder: a folder each, and `.incoming` for those that come. */
export class Shelf {
  readonly folder: string;

  constructor(data: string) {
    this.folder = join(data, "models");
  }

  folderOf(id: string): string {
    return join(this.folder, id);
  }

  /** Where a model's files lie until it is whole and tried. */
  incoming(id: string): string {
    const folder = join(this.folder, ".incoming", id);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Those that are whole: a description that can be read, and every file with the size it was tried with. */
  installed(): InstalledModel[] {
    return this.#names().flatMap((id) => {
      const model = this.#read(id);
      return model && this.#isWhole(model) ? [model] : [];
    });
  }

  /** The one to listen with; `wanted` is an id that the configuration names. One of the language before one of many. */
  modelFor(language: Language, wanted?: string): SpeechModel | null {
    const fit = this.installed().filter(({ id, language: of }) =>
      wanted ? id === wanted : of === language || of === "multi",
    );
    const model = fit.find(({ language: of }) => of === language) ?? fit[0];
    return model ? speechModel(model, this.folderOf(model.id)) : null;
  }

  /** Returns false when there is no such model. */
  remove(id: string): boolean {
    const known = this.#names().includes(id);
    if (known) rmSync(this.folderOf(id), { recursive: true, force: true });
    rmSync(join(this.folder, ".incoming", id), { recursive: true, force: true });
    return known;
  }

  #names(): string[] {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    return readdirSync(this.folder).filter((name) => !name.startsWith("."));
  }

  #read(id: string): InstalledModel | null {
    try {
      const model = installedModel.parse(JSON.parse(readIfThere(join(this.folderOf(id), DESCRIPTION)) ?? ""));
      return model.id === id ? model : null;
    } catch {
      return null;
    }
  }

  #isWhole({ id, files }: InstalledModel): boolean {
    return files.every(
      ({ path, bytes }) => statSync(join(this.folderOf(id), path), { throwIfNoEntry: false })?.size === bytes,
    );
  }
}

/** A model's files in `folder`, for the engine. */
export function speechModel(entry: z.infer<typeof modelEntry>, folder: string): SpeechModel {
  const { id, kind, language, params } = entry;
  const files = Object.fromEntries(entry.files.map(({ part, path }) => [part, path]));
  return { id, kind, language, folder, files, tailMs: params.tailMs };
}
