import { language } from "./index.ts";
import type { OutcomeTexts } from "./outcome.es.ts";

/** The texts of how a call went. Read them while rendering, never at the top of a module. */
export let outcome: OutcomeTexts;

/** Turns them to the language that the page has chosen. */
export async function loadOutcomeTexts(): Promise<void> {
  outcome = language === "en" ? (await import("./outcome.en.ts")).en : (await import("./outcome.es.ts")).es;
}
