import type { OfficeTexts } from "./office.es.ts";
import { language } from "./index.ts";

/** The texts of sign-in, set-up and administration. Read them while rendering, never at the top of a module. */
export let office: OfficeTexts;

/** Turns them to the language that the page has chosen. */
export async function loadOfficeTexts(): Promise<void> {
  office = language === "en" ? (await import("./office.en.ts")).en : (await import("./office.es.ts")).es;
}
