import { language } from "./index.ts";
import type { KeepingTexts } from "./keeping.es.ts";

/** The texts of how long things are kept. Read them while rendering, never at the top of a module. */
export let keeping: KeepingTexts;

/** Turns them to the language that the page has chosen. */
export async function loadKeepingTexts(): Promise<void> {
  keeping = language === "en" ? (await import("./keeping.en.ts")).en : (await import("./keeping.es.ts")).es;
}
