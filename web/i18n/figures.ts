import type { FigureTexts } from "./figures.es.ts";
import { language } from "./index.ts";

/** The texts of a number that is opened. Read them while rendering, never at the top of a module. */
export let figures: FigureTexts;

/** Turns them to the language that the page has chosen. */
export async function loadFigureTexts(): Promise<void> {
  figures = language === "en" ? (await import("./figures.en.ts")).en : (await import("./figures.es.ts")).es;
}
