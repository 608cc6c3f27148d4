import { language } from "./index.ts";
import type { TalkTexts } from "./talk.es.ts";

/** The texts of who spoke how much. Read them while rendering, never at the top of a module. */
export let talk: TalkTexts;

/** Turns them to the language that the page has chosen. */
export async function loadTalkTexts(): Promise<void> {
  talk = language === "en" ? (await import("./talk.en.ts")).en : (await import("./talk.es.ts")).es;
}
