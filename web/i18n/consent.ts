import { language } from "./index.ts";
import { es, type ConsentTexts } from "./consent.es.ts";

/** The texts of consent. Read them while rendering, never at the top of a module. */
export let consent: ConsentTexts = es;

/** Turns them to the language that the page has chosen. */
export async function loadConsentTexts(): Promise<void> {
  consent = language === "en" ? (await import("./consent.en.ts")).en : es;
}
