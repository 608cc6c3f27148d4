import ExcelJS from "exceljs";
import type { Language } from "#contract";
import { AppError } from "../errors.ts";
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
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer).catch((cause: unknown) => {
    throw refused([{ path: "", message: texts.notWorkbook }], cause);
  });
  const [product, cards] = (["product", "cards"] as const).map((which) => {
    const found = book.worksheets.find(({ name }) => SHEETS[which].some((label) => label === name));
    if (!found) throw refused([{ path: "", message: texts.noSheet(SHEETS[which].join(" / ")) }]);
    return found;
  }) as [ExcelJS.Worksheet, ExcelJS.Worksheet];

  const formulas: Mistake[] = [];
  const place = (cell: ExcelJS.Cell) => `${cell.worksheet.name}, ${texts.row} ${cell.row}`;
  /** The words of a cell, whatever its type; a formula is noted as a mistake. */
  function textOf(cell: ExcelJS.Cell): string {
    const text = wordsOf(cell.value);
    if (text === null) formulas.push({ path: `${place(cell)}, ${cell.address}`, message: texts.formula });
    return text ?? "";
  }

  const about: Record<string, unknown> = {};
  product.eachRow((row) => {
    const field = fieldOf(textOf(row.getCell(1)));
    if (field) about[field] = valueOf(textOf(row.getCell(2)), field);
  });
  const columns: [number, Field][] = [];
  cards.getRow(1).eachCell((cell, column) => {
    const field = fieldOf(textOf(cell));
    if (field) columns.push([column, field]);
  });
  if (cards.rowCount > ROWS) throw refused([{ path: cards.name, message: texts.tooMany }]);
  const rows: number[] = [];
  const read: unknown[] = [];
  cards.eachRow((row) => {
    if (row.number === 1) return;
    rows.push(row.number);
    const fields = columns.map(([column, field]) => [field, valueOf(textOf(row.getCell(column)), field)]);
    read.push(nested(Object.fromEntries(fields) as Record<string, unknown>));
  });
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

/** Null for a formula, or an error in its place. */
function wordsOf(value: ExcelJS.CellValue): string | null {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== "object") return String(value);
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  return "text" in value ? value.text : null;
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
