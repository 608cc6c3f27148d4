import { language } from "./index.ts";
import type { SaidTexts } from "./said.es.ts";

/** The texts of what was said in a call. Read them while rendering, never at the top of a module. */
export let said: SaidTexts;

/** Turns them to the language that the page has chosen. */
export async function loadSaidTexts(): Promise<void> {
  said = language === "en" ? (await import("./said.en.ts")).en : (await import("./said.es.ts")).es;
}
