import { language } from "./index.ts";
import type { ConsentTexts } from "./consent.es.ts";

/** The texts of consent. Read them while rendering, never at the top of a module. */
export let consent: ConsentTexts;

/** Turns them to the language that the page has chosen. */
export async function loadConsentTexts(): Promise<void> {
  consent = language === "en" ? (await import("./consent.en.ts")).en : (await import("./consent.es.ts")).es;
}
