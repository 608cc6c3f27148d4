import { language } from "./index.ts";
import type { TimeTexts } from "./time.es.ts";

/** The texts of time in states and its corrections. Read them while rendering, never at the top of a module. */
export let time: TimeTexts;

/** Turns them to the language that the page has chosen. */
export async function loadTimeTexts(): Promise<void> {
  time = language === "en" ? (await import("./time.en.ts")).en : (await import("./time.es.ts")).es;
}
