import { language } from "./index.ts";
import type { PlayerTexts } from "./player.es.ts";

/** The texts of a recording that is listened to. Read them while rendering, never at the top of a module. */
export let player: PlayerTexts;

/** Turns them to the language that the page has chosen. */
export async function loadPlayerTexts(): Promise<void> {
  player = language === "en" ? (await import("./player.en.ts")).en : (await import("./player.es.ts")).es;
}
