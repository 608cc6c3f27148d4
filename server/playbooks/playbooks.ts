import type { Card, CopilotStatus, Language } from "#contract";
import { fibreEn } from "./fibre.en.ts";
import { fibreEs } from "./fibre.es.ts";
import type { Playbook, PlaybookCard } from "./playbook.ts";
import { indexCards } from "./search.ts";
import { stems } from "./words.ts";

type Shelved = { playbook: Playbook; search: (text: string) => PlaybookCard | null };

function shelved(playbook: Playbook): Shelved {
  return { playbook, search: indexCards(playbook) };
}

const shelves: Record<Language, Shelved[]> = { es: [shelved(fibreEs)], en: [shelved(fibreEn)] };

/** The playbook that a call's context is about; the house's first one where none or no context fits. */
function shelfFor(context: string | undefined, language: Language): Shelved {
  const words = new Set(stems(context ?? "", language));
  const shared = ({ playbook }: Shelved) =>
    stems(playbook.about, language).filter((word) => words.has(word)).length;
  return shelves[language].toSorted((a, b) => shared(b) - shared(a))[0]!;
}

/**
 * The approved answer to what a customer said; null when nothing fits well enough.
 * Takes well under a millisecond, and never a regular expression or a query made from the text.
 */
export function findCard(text: string, context: string | undefined, language: Language): Card | null {
  const found = shelfFor(context, language).search(text);
  if (found === null) return null;
  const { key: _key, says: _says, triggers: _triggers, ...card } = found;
  return card;
}

/** What is true of the product that the context is about. */
export const productFacts = (context: string | undefined, language: Language): string[] =>
  shelfFor(context, language).playbook.facts;

/** The objections on the panel's keys 1 to 9. */
export const objections = (language: Language): CopilotStatus["objections"] =>
  shelfFor(undefined, language).playbook.cards.map(({ key, title, says }) => ({
    key,
    label: title,
    text: says,
  }));
