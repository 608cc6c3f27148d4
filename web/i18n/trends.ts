import type { TrendTexts } from "./trends.es.ts";
import { language } from "./index.ts";

/** The texts of the executive's trends. Read them while rendering, never at the top of a module. */
export let trends: TrendTexts;

/** Turns them to the language that the page has chosen. */
export async function loadTrendTexts(): Promise<void> {
  trends = language === "en" ? (await import("./trends.en.ts")).en : (await import("./trends.es.ts")).es;
}
