import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { PlaybookFile } from "./file.ts";
import { readYaml } from "./yaml.ts";

const folder = new URL("./starter/", import.meta.url);

/** The playbooks that come with CallManager: invented companies, written for this project. */
export async function starterPlaybooks(): Promise<PlaybookFile[]> {
  const names = (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith(".yaml")).toSorted();
  return Promise.all(
    names.map(async (name) => readYaml(await readFile(new URL(name, folder), "utf8"), "en")),
  );
}
