import { language } from "./index.ts";
import { es, type TimeTexts } from "./time.es.ts";

/** The texts of time in states and its corrections. Read them while rendering, never at the top of a module. */
export let time: TimeTexts = es;

/** Turns them to the language that the page has chosen. */
export async function loadTimeTexts(): Promise<void> {
  time = language === "en" ? (await import("./time.en.ts")).en : es;
}
