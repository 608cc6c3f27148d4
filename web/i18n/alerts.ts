import { language } from "./index.ts";
import type { AlertTexts } from "./alerts.es.ts";

/** The texts of what needs somebody. Read them while rendering, never at the top of a module. */
export let alerts: AlertTexts;

/** Turns them to the language that the page has chosen. */
export async function loadAlertTexts(): Promise<void> {
  alerts = language === "en" ? (await import("./alerts.en.ts")).en : (await import("./alerts.es.ts")).es;
}
