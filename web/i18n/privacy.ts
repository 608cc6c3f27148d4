import { language } from "./index.ts";
import type { PrivacyTexts } from "./privacy.es.ts";

/** The texts of consent and privacy. Read them while rendering, never at the top of a module. */
export let privacy: PrivacyTexts;

/** Turns them to the language that the page has chosen. */
export async function loadPrivacyTexts(): Promise<void> {
  privacy = language === "en" ? (await import("./privacy.en.ts")).en : (await import("./privacy.es.ts")).es;
}
