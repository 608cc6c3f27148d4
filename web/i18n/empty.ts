import { language } from "./index.ts";
import { es, type EmptyTexts } from "./empty.es.ts";

/** The texts of a company that has just begun. Read them while rendering, never at the top of a module. */
export let empty: EmptyTexts = es;

/** Turns them to the language that the page has chosen. */
export async function loadEmptyTexts(): Promise<void> {
  empty = language === "en" ? (await import("./empty.en.ts")).en : es;
}
