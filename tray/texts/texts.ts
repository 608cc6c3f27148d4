import type { Language } from "#contract";
import { en } from "./en.ts";
import { es, type Texts } from "./es.ts";

export type { Texts } from "./es.ts";

/** All that the tray shows a person, in their language. */
export const texts: Record<Language, Texts> = { es, en };
