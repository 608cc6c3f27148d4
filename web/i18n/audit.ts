import type { AuditTexts } from "./audit.es.ts";
import { language } from "./index.ts";

/** The texts of who did what. Read them while rendering, never at the top of a module. */
export let audit: AuditTexts;

/** Turns them to the language that the page has chosen. */
export async function loadAuditTexts(): Promise<void> {
  audit = language === "en" ? (await import("./audit.en.ts")).en : (await import("./audit.es.ts")).es;
}
