import type { Language } from "#contract";
import { searchable } from "../db/searchable.ts";

/** The columns of a file of contacts, `[es, en]`, in their order. Several phones stand in one cell, or in several columns. */
export const HEADINGS = {
  name: ["Nombre", "Name"],
  phones: ["Teléfonos", "Phones"],
  notes: ["Notas", "Notes"],
  team: ["Equipo", "Team"],
} as const;
export type Column = keyof typeof HEADINGS;
export const headings = (language: Language): string[] =>
  Object.values(HEADINGS).map((names) => names[language === "es" ? 0 : 1]);

/** Other words that files from elsewhere use, in lower case without accents. */
const OTHERS: Record<Exclude<Column, "team">, RegExp> = {
  name: /^(nombre|name|contacto|contact|cliente|customer|nombre completo|full name)$/,
  phones: /^(telefonos?|tel\.?|tfno\.?|movil|phones?|telephone|mobile)( \d+)?$/,
  notes: /^(notas?|notes?|comentarios?|comments?|observaciones)$/,
};

/** What a column holds by its heading; undefined for one that contacts have no use for. */
export function columnOf(heading: string): Exclude<Column, "team"> | undefined {
  const wanted = searchable(heading);
  return (["name", "phones", "notes"] as const).find((column) => OTHERS[column].test(wanted));
}
