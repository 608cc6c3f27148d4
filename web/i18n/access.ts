import type { AccessTexts } from "./access.es.ts";
import { language } from "./index.ts";

/** The texts of passwords, sessions and keys. Read them while rendering, never at the top of a module. */
export let access: AccessTexts;

/** Turns them to the language that the page has chosen. */
export async function loadAccessTexts(): Promise<void> {
  access = language === "en" ? (await import("./access.en.ts")).en : (await import("./access.es.ts")).es;
}
