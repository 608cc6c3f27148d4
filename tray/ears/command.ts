import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { readIfThere } from "../files.ts";
import { texts, type Texts } from "../texts/texts.ts";
import { failureLine, ModelFailure } from "./failure.ts";
import { bring, type InstallOptions, mirrored, pull } from "./install.ts";
import { isVerified, manifest, type ModelEntry, modelEntry } from "./manifest.ts";
import { DESCRIPTION, type InstalledModel, Shelf } from "./shelf.ts";

const OPTIONS = {
  "accept-licence": { type: "boolean", default: false },
  "accept-unverified": { type: "boolean", default: false },
  mirror: { type: "string" },
} as const;

/** `say` prints a line for good, `progress` one that the next replaces. */
export type Output = { say: (line: string) => void; progress: (line: string) => void };
export type ModelsOptions = { config: Config; output: Output } & Pick<InstallOptions, "free" | "tryOut">;

/**
 * Does what the words of `npm run models -- …` say.
 * @returns whether it was done
 */
export async function models(args: string[], options: ModelsOptions): Promise<boolean> {
  const words = texts[options.config.LANGUAGE];
  try {
    await run(args, options, words);
    return true;
  } catch (error) {
    options.output.say(error instanceof ModelFailure ? failureLine(error, words) : usage(error, words));
    return false;
  }
}

const usage = (error: unknown, { models }: Texts): string => {
  // parseArgs speaks of the options it does not know; anything else is a mistake of ours
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (!code.startsWith("ERR_PARSE_ARGS")) throw error;
  return models.usage;
};

async function run(args: string[], { config, output, ...rest }: ModelsOptions, words: Texts): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [verb, what, ...more] = positionals;
  const shelf = new Shelf(config.TRAY_DATA);
  const mirror = values.mirror ?? config.MODELS_MIRROR;
  const install: InstallOptions = {
    ...rest,
    shelf,
    acceptLicence: values["accept-licence"],
    acceptUnverified: values["accept-unverified"],
    onProgress: progressLines(output),
  };
  if (verb === "list" && !what) return list(shelf, output, words);
  if (!what || more.length > 0) return output.say(words.models.usage);
  if (verb === "remove") {
    if (!shelf.remove(what)) throw new ModelFailure("unknown", { id: what, known: known(shelf) });
    return output.say(words.models.removed(what));
  }
  if (verb !== "pull" && verb !== "import") return output.say(words.models.usage);
  const entry = verb === "pull" ? await entryOf(what, mirror) : entryIn(what);
  output.say(about(entry, words));
  const model =
    verb === "pull" ? await pull(entry, { ...install, mirror }) : await bring(entry, what, install);
  output.say(words.models.installed(model.id, model.realTimeFactor));
  for (const { path, sha256 } of model.files.filter((file) => model.unverified.includes(file.path)))
    output.say(words.models.tookDigest(path, sha256 ?? ""));
}

/** The entry of a name: a known one, or one that the company's mirror describes. */
async function entryOf(id: string, mirror: string | undefined): Promise<ModelEntry> {
  const entry = manifest.find((one) => one.id === id);
  if (entry) return entry;
  const known = manifest.map((one) => one.id).join(", ");
  if (!mirror || !/^[a-z0-9][a-z0-9.-]*$/.test(id)) throw new ModelFailure("unknown", { id, known });
  try {
    const response = await fetch(mirrored(mirror, id, DESCRIPTION), { signal: AbortSignal.timeout(15_000) });
    const described = modelEntry.parse(await response.json());
    if (described.id === id) return described;
  } catch (cause) {
    throw new ModelFailure("not_described", { id, known, cause: String(cause) });
  }
  throw new ModelFailure("not_described", { id, known });
}

/** The entry of a folder: its own description, or the known one whose files lie in it. */
function entryIn(folder: string): ModelEntry {
  const text = readIfThere(join(folder, DESCRIPTION));
  if (text === null) {
    const there = (path: string) => readsAs(join(folder, path));
    const fits = manifest.filter(({ files }) => files.every(({ path }) => there(path)));
    if (fits.length === 1 && fits[0]) return fits[0];
    throw new ModelFailure("no_description", { folder });
  }
  try {
    return modelEntry.parse(JSON.parse(text));
  } catch {
    throw new ModelFailure("no_description", { folder });
  }
}

function readsAs(file: string): boolean {
  try {
    return readIfThere(file) !== null;
  } catch {
    return false;
  }
}

const known = (shelf: Shelf): string =>
  shelf
    .installed()
    .map(({ id }) => id)
    .join(", ") || "-";

function about(entry: ModelEntry, { models }: Texts): string {
  const lines = [entry.title, `${models.licence}: ${entry.licence}. ${entry.attribution}`, entry.remarks];
  return lines.filter(Boolean).join("\n");
}

function list(shelf: Shelf, output: Output, { models }: Texts): void {
  const installed = new Map(shelf.installed().map((model) => [model.id, model]));
  const all: (ModelEntry | InstalledModel)[] = [
    ...installed.values(),
    ...manifest.filter(({ id }) => !installed.has(id)),
  ];
  for (const entry of all) {
    const here = installed.get(entry.id);
    const state = here ? models.here(here.realTimeFactor) : isVerified(entry) ? "" : models.notVerified;
    output.say(
      `${here ? "●" : "○"} ${entry.id} · ${entry.language} · ${entry.title} · ${entry.licence}${state && ` · ${state}`}`,
    );
  }
}

/** One line per whole per cent and file. */
function progressLines({ progress }: Output): NonNullable<InstallOptions["onProgress"]> {
  let last = "";
  return (completed, total, file) => {
    const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
    const share = total ? `${Math.floor((completed / total) * 100)} %` : "";
    const step = `${file} ${share || Math.floor(completed / 1_000_000)}`;
    if (step === last) return;
    last = step;
    const of = total ? ` / ${megabytes(total)}` : "";
    progress(`${share} ${megabytes(completed)}${of} MB · ${file}`.trim());
  };
}
