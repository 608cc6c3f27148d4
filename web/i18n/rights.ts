import { language } from "./index.ts";
import type { RightsTexts } from "./rights.es.ts";

/** What a person may ask for. Read them while rendering, never at the top of a module. */
export let rights: RightsTexts;

/** Turns them to the language that the page has chosen. */
export async function loadRightsTexts(): Promise<void> {
  rights = language === "en" ? (await import("./rights.en.ts")).en : (await import("./rights.es.ts")).es;
}
