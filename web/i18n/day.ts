import { language } from "./index.ts";
import type { DayTexts } from "./day.es.ts";

/** The texts of an agent's day. Read them while rendering, never at the top of a module. */
export let day: DayTexts;

/** Turns them to the language that the page has chosen. */
export async function loadDayTexts(): Promise<void> {
  day = language === "en" ? (await import("./day.en.ts")).en : (await import("./day.es.ts")).es;
}
