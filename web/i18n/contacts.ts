import type { ContactTexts } from "./contacts.es.ts";
import { language } from "./index.ts";

/** The texts of contacts. Read them while rendering, never at the top of a module. */
export let contacts: ContactTexts;

/** Turns them to the language that the page has chosen. */
export async function loadContactTexts(): Promise<void> {
  contacts =
    language === "en" ? (await import("./contacts.en.ts")).en : (await import("./contacts.es.ts")).es;
}
