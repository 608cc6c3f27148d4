import type { ExportTexts } from "./exports.es.ts";
import { language } from "./index.ts";

/** The texts of exports. Read them while rendering, never at the top of a module. */
export let exports: ExportTexts;

/** Turns them to the language that the page has chosen. */
export async function loadExportTexts(): Promise<void> {
  exports = language === "en" ? (await import("./exports.en.ts")).en : (await import("./exports.es.ts")).es;
}
