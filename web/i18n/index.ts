import type { Language } from "#contract";
import type { Texts } from "./es.ts";

export type { Texts } from "./es.ts";

/** The texts of the chosen language. Read it while rendering, never at the top of a module. */
export let t: Texts;
export let language: Language = "es";

/** Turns the page to a language, which comes by itself: nobody loads the words of the other one. */
export async function chooseLanguage(wanted: Language): Promise<void> {
  t = wanted === "en" ? (await import("./en.ts")).en : (await import("./es.ts")).es;
  language = wanted;
}
