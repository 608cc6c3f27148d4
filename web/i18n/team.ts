import { language } from "./index.ts";
import type { TeamTexts } from "./team.es.ts";

/** The texts of «Mi equipo». Read them while rendering, never at the top of a module. */
export let team: TeamTexts;

/** Turns them to the language that the page has chosen. */
export async function loadTeamTexts(): Promise<void> {
  team = language === "en" ? (await import("./team.en.ts")).en : (await import("./team.es.ts")).es;
}
