import type { Language } from "#contract";
import { es, type Texts } from "./es.ts";

export type { Texts } from "./es.ts";

/** The texts of the chosen language. Read it while rendering, never at the top of a module. */
export let t: Texts = es;
export let language: Language = "es";

/** Turns the page to a language; English arrives only when it is asked for. */
export async function chooseLanguage(wanted: Language): Promise<void> {
  t = wanted === "en" ? (await import("./en.ts")).en : es;
  language = wanted;
}
