import type { HouseTexts } from "./house.es.ts";
import { language } from "./index.ts";

/** The texts of the house's models and playbooks. Read them while rendering, never at the top of a module. */
export let house: HouseTexts;

/** Turns them to the language that the page has chosen. */
export async function loadHouseTexts(): Promise<void> {
  house = language === "en" ? (await import("./house.en.ts")).en : (await import("./house.es.ts")).es;
}
