import type { Language } from "#contract";
import { AppError } from "../errors.ts";
import { letterOf } from "../exports/book.ts";
import { readBook, type ReadSheet, type SheetRow } from "../sheets/sheets.ts";
import { checkedFile, FORMAT, type PlaybookFile } from "./file.ts";
import { LABELS, LISTS, NUMBERS, ROWS, SHEETS, type Field } from "./sheet-columns.ts";

const TEXTS = {
  es: {
    row: "fila",
    notWorkbook: "no es un libro .xlsx",
    noSheet: (name: string) => `falta la hoja ${name}`,
    tooMany: `más de ${ROWS - 1} tarjetas`,
    formula: "una fórmula o un error, no texto",
  },
  en: {
    row: "row",
    notWorkbook: "not an .xlsx workbook",
    noSheet: (name: string) => `there is no sheet ${name}`,
    tooMany: `more than ${ROWS - 1} cards`,
    formula: "a formula or an error, not text",
  },
} as const;

type Mistake = { path: string; message: string };

/**
 * A playbook from a workbook, its headings in either language.
 * @throws import_invalid with the row and column of every mistake
 */
export async function readSheet(bytes: Uint8Array, language: Language): Promise<PlaybookFile> {
  const texts = TEXTS[language];
  const sheets = await readBook(bytes, ROWS).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    throw refused([{ path: "", message: texts.notWorkbook }], cause);
  });
  const [product, cards] = (["product", "cards"] as const).map((which) => {
    const found = sheets.find(({ name }) => SHEETS[which].some((label) => label === name));
    if (!found) throw refused([{ path: "", message: texts.noSheet(SHEETS[which].join(" / ")) }]);
    return found;
  }) as [ReadSheet, ReadSheet];

  const formulas: Mistake[] = [];
  /** The words of a cell, whatever its type; a formula is noted as a mistake. */
  function textOf(sheet: ReadSheet, { row, cells }: SheetRow, column: number): string {
    const text = cells[column] ?? (column in cells ? null : "");
    const path = `${sheet.name}, ${texts.row} ${row}, ${letterOf(column)}${row}`;
    if (text === null) formulas.push({ path, message: texts.formula });
    return text ?? "";
  }

  const about: Record<string, unknown> = {};
  for (const row of product.rows) {
    const field = fieldOf(textOf(product, row, 0));
    if (field) about[field] = valueOf(textOf(product, row, 1), field);
  }
  const head = cards.rows.find(({ row }) => row === 1);
  const rest = cards.rows.filter((row) => row !== head);
  const columns = (head?.cells ?? []).flatMap((_, column): [number, Field][] => {
    const field = head ? fieldOf(textOf(cards, head, column)) : undefined;
    return field ? [[column, field]] : [];
  });
  if ((rest.at(-1)?.row ?? 0) > ROWS) throw refused([{ path: cards.name, message: texts.tooMany }]);
  const rows: number[] = [];
  const read: unknown[] = [];
  for (const row of rest) {
    rows.push(row.row);
    const fields = columns.map(([column, field]) => [field, valueOf(textOf(cards, row, column), field)]);
    read.push(nested(Object.fromEntries(fields) as Record<string, unknown>));
  }
  if (formulas.length > 0) throw refused(formulas);

  const placed = ([first, i, ...rest]: PropertyKey[]): string =>
    first === "cards" && typeof i === "number"
      ? `${cards.name}, ${texts.row} ${rows[i]}, ${rest.filter((part) => part !== "facts").join(".")}`
      : `${product.name}, ${String(first ?? "")}`;
  return checkedFile({ format: FORMAT, ...nested(about), cards: read }, placed, language);
}

const refused = (errors: Mistake[], cause?: unknown) => new AppError("import_invalid", { errors, cause });

function fieldOf(heading: string): Field | undefined {
  const wanted = heading.trim().toLowerCase();
  return (Object.keys(LABELS) as Field[]).find((field) =>
    [field, ...LABELS[field]].some((label) => label.toLowerCase() === wanted),
  );
}

function valueOf(cell: string, field: Field): unknown {
  const text = cell.trim();
  if (LISTS.has(field))
    return text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  if (text === "") return undefined;
  return NUMBERS.has(field) ? Number(text) : text;
}

/** Facts stand flat in a sheet, and together everywhere else. */
function nested(row: Record<string, unknown>): Record<string, unknown> {
  const { price, validity, permanence, coverage, other, ...rest } = row;
  const facts = Object.entries({ price, validity, permanence, coverage, other }).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return { ...rest, facts: Object.fromEntries(facts) };
}
