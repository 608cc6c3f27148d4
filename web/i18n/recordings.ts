import { language } from "./index.ts";
import type { RecordingTexts } from "./recordings.es.ts";

/** The texts of recordings. Read them while rendering, never at the top of a module. */
export let recordings: RecordingTexts;

/** Turns them to the language that the page has chosen. */
export async function loadRecordingTexts(): Promise<void> {
  recordings =
    language === "en" ? (await import("./recordings.en.ts")).en : (await import("./recordings.es.ts")).es;
}
