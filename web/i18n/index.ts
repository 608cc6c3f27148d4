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
  document.documentElement.lang = wanted;
}

/** What this device chose; null when nobody has chosen yet. */
export function storedLanguage(): Language | null {
  const stored = localStorage.getItem("language");
  return stored === "es" || stored === "en" ? stored : null;
}

/** Remembers the language on this device and starts the page again in it. */
export function switchLanguage(wanted: Language): void {
  localStorage.setItem("language", wanted);
  location.reload();
}
