import type { AssistTexts } from "./assist.es.ts";
import { language } from "./index.ts";

/** The texts of the copilot's window. Read them while rendering, never at the top of a module. */
export let assist: AssistTexts;

/** Turns them to the language that the page has chosen. */
export async function loadAssistTexts(): Promise<void> {
  assist = language === "en" ? (await import("./assist.en.ts")).en : (await import("./assist.es.ts")).es;
}
