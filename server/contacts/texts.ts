import type { Language } from "#contract";

const es = {
  notCsv: "no se puede leer como CSV: revisa las comillas",
  notWorkbook: "no es un libro .xlsx",
  noColumn: "falta la columna Teléfonos; la primera fila lleva los títulos (Nombre, Teléfonos, Notas)",
  formula: "es una fórmula o un error: deja solo su texto",
  noPhone: "falta el teléfono",
  notPhone: "no es un teléfono que exista: revisa las cifras y empieza por + y el país si es del extranjero",
  manyPhones: "más de 10 teléfonos",
  longName: "más de 120 letras",
  longNotes: "más de 4.000 letras",
  control: "tiene caracteres que no se ven: escríbelo otra vez",
  twice: (row: number) => `el mismo teléfono está en la fila ${row}`,
  twoContacts: "sus teléfonos son de dos contactos: sepáralos en dos filas",
};
type Texts = typeof es;

const en: Texts = {
  notCsv: "cannot be read as CSV: check the quotes",
  notWorkbook: "not an .xlsx workbook",
  noColumn: "the column Phones is missing; the first row has the headings (Name, Phones, Notes)",
  formula: "it is a formula or an error: leave only its text",
  noPhone: "the phone is missing",
  notPhone: "not a phone that exists: check the digits, and begin with + and the country if it is abroad",
  manyPhones: "more than 10 phones",
  longName: "more than 120 letters",
  longNotes: "more than 4,000 letters",
  control: "it has characters that cannot be seen: write it again",
  twice: (row) => `the same phone is in row ${row}`,
  twoContacts: "its phones are of two contacts: put them into two rows",
};

/** What a file's reader is told, by language. */
export const texts: Record<Language, Texts> = { es, en };
