import { language } from "./index.ts";
import type { EmptyTexts } from "./empty.es.ts";

/** The texts of a company that has just begun. Read them while rendering, never at the top of a module. */
export let empty: EmptyTexts;

/** Turns them to the language that the page has chosen. */
export async function loadEmptyTexts(): Promise<void> {
  empty = language === "en" ? (await import("./empty.en.ts")).en : (await import("./empty.es.ts")).es;
}
