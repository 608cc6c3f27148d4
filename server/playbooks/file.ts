import { z } from "zod";
import {
  cardContent,
  playbookContent,
  slug,
  type CardContent,
  type Language,
  type PlaybookContent,
} from "#contract";
import { AppError } from "../errors.ts";
import { parseOptions, translated } from "../http/messages.ts";

export const FORMAT = "callmanager-playbook/1";

/** A playbook outside of the database: a YAML file or a workbook. */
export type PlaybookFile = PlaybookContent & { id: string; cards: (CardContent & { id: string })[] };

/** What a playbook says beside its cards, in the order of a file. */
export const contentOf = ({
  name,
  language,
  industry,
  product,
  about,
  facts,
  forbidden,
}: PlaybookContent): PlaybookContent => ({ name, language, industry, product, about, facts, forbidden });

const fileCard = cardContent.extend({
  id: slug,
  // for whoever reads the file; here versions count up by themselves
  version: z.int().optional(),
  approvedBy: z.string().nullable().optional(),
  approvedOn: z.string().optional(),
});
const playbookFile = playbookContent.extend({
  format: z.literal(FORMAT),
  id: slug,
  cards: z.array(fileCard).min(1).max(500),
});

/** Where in a file something is wrong, as its reader finds it: a line, or a row and column. */
export type Place = (path: PropertyKey[]) => string;

/**
 * Checks what was read from a file.
 * @throws import_invalid with every mistake and its place
 */
export function checkedFile(read: unknown, place: Place, language: Language): PlaybookFile {
  const result = playbookFile.safeParse(read, parseOptions(language));
  if (!result.success)
    throw new AppError("import_invalid", {
      errors: result.error.issues
        .slice(0, 200)
        .map(({ path, message }) => ({ path: place(path), message: translated(message, language) })),
    });
  const { format: _format, cards, ...content } = result.data;
  const repeats = (field: "id" | "key") => repeated(cards, field, place, REPEATED[language]);
  const errors = [...repeats("id"), ...repeats("key")];
  if (errors.length > 0) throw new AppError("import_invalid", { errors });
  return {
    ...content,
    cards: cards.map(({ version: _v, approvedBy: _by, approvedOn: _on, ...card }) => card),
  };
}

const REPEATED: Record<Language, string> = {
  es: "lo usa ya otra tarjeta",
  en: "another card uses it already",
};

function repeated(
  cards: (CardContent & { id: string })[],
  field: "id" | "key",
  place: Place,
  message: string,
) {
  const seen = new Set<unknown>();
  return cards.flatMap((card, i) => {
    const value = card[field];
    if (value === null || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ path: place(["cards", i, field]), message: `${value}: ${message}` }];
  });
}
