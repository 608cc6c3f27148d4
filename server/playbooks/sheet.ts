import type { Language, Playbook } from "#contract";
import ExcelJS from "exceljs";
import { AppError } from "../errors.ts";
import { checkedFile, FORMAT, type PlaybookFile } from "./file.ts";

/** Every field as a column or a row is headed, `[es, en]`. Lists stand one entry a line in their cell. */
const LABELS = {
  id: ["Identificador", "Id"],
  name: ["Nombre", "Name"],
  language: ["Idioma", "Language"],
  industry: ["Sector", "Industry"],
  product: ["Producto", "Product"],
  about: ["Se reconoce por", "Known by"],
  key: ["Tecla", "Key"],
  kind: ["Tipo", "Kind"],
  title: ["Título", "Title"],
  objection: ["Objeción", "Objection"],
  triggers: ["Otras formas de decirlo", "Other ways to say it"],
  answer: ["Respuesta aprobada", "Approved answer"],
  nextQuestion: ["Pregunta siguiente", "Next question"],
  price: ["Precio", "Price"],
  validity: ["Vigencia", "Validity"],
  permanence: ["Permanencia", "Permanence"],
  coverage: ["Cobertura", "Coverage"],
  other: ["Otros hechos", "Other facts"],
  forbidden: ["Palabras prohibidas", "Forbidden words"],
  validUntil: ["Válida hasta", "Valid until"],
  version: ["Versión", "Version"],
  approvedBy: ["Aprobada por", "Approved by"],
  approvedOn: ["Aprobada el", "Approved on"],
} as const;
type Field = keyof typeof LABELS;

const SHEETS = { product: ["Producto", "Product"], cards: ["Tarjetas", "Cards"] } as const;
const FACTS = ["price", "validity", "permanence", "coverage", "other"] as const;
const ABOUT: Field[] = ["id", "name", "language", "industry", "product", "about", ...FACTS, "forbidden"];
const CARD: Field[] = [
  ...(["id", "key", "kind", "title", "objection", "triggers", "answer", "nextQuestion"] as const),
  ...FACTS,
  ...(["forbidden", "validUntil", "version", "approvedBy", "approvedOn"] as const),
];
const LISTS = new Set<Field>(["about", "triggers", "other", "forbidden"]);
const WIDE = new Set<Field>(["triggers", "answer", "objection", "other", "nextQuestion"]);
const NUMBERS = new Set<Field>(["key", "version"]);
/** Rows of the sheet of cards, its heading among them. */
const ROWS = 501;

/** A playbook as a workbook in the reader's language: its product on one sheet, its cards on another. */
export async function writeSheet(playbook: Playbook, language: Language): Promise<Uint8Array> {
  const at = language === "es" ? 0 : 1;
  const book = new ExcelJS.Workbook();
  const product = book.addWorksheet(SHEETS.product[at]);
  product.columns = [{ width: 22 }, { width: 70 }];
  for (const field of ABOUT) product.addRow([LABELS[field][at], written(flat(playbook), field)]);
  product.getColumn(1).font = { bold: true };
  product.eachRow((row) => (row.alignment = { wrapText: true, vertical: "top" }));

  const cards = book.addWorksheet(SHEETS.cards[at], { views: [{ state: "frozen", ySplit: 1, xSplit: 1 }] });
  cards.columns = CARD.map((field) => ({ header: LABELS[field][at], width: WIDE.has(field) ? 44 : 16 }));
  for (const card of playbook.cards) cards.addRow(CARD.map((field) => written(flat(card), field)));
  cards.eachRow((row) => (row.alignment = { wrapText: true, vertical: "top" }));
  cards.getRow(1).font = { bold: true };
  cards.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: CARD.length } };
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const flat = ({ facts, ...rest }: { facts: object }): Record<string, unknown> => ({
  ...rest,
  ...facts,
});

function written(from: Record<string, unknown>, field: Field): string | number | null {
  const value = from[field] ?? null;
  if (Array.isArray(value)) return value.join("\n");
  return typeof value === "number" ? value : typeof value === "string" ? value : null;
}

/**
 * A playbook from a workbook, its headings in either language.
 * @throws import_invalid with the row and column of every mistake
 */
export async function readSheet(bytes: Uint8Array): Promise<PlaybookFile> {
  const book = new ExcelJS.Workbook();
  try {
    await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  } catch (cause) {
    throw new AppError("import_invalid", { errors: [{ path: "", message: "not an .xlsx workbook" }], cause });
  }
  const product = sheet(book, "product");
  const cards = sheet(book, "cards");
  const about: Record<string, unknown> = {};
  product.eachRow((row) => {
    const field = fieldOf(textOf(row.getCell(1), "product"));
    if (field) about[field] = valueOf(row.getCell(2), field, `${product.name}, row ${row.number}`);
  });
  const columns = headings(cards);
  const rows: number[] = [];
  const read: unknown[] = [];
  cards.eachRow((row) => {
    if (row.number === 1) return;
    if (row.number > ROWS) throw tooMany(cards.name);
    rows.push(row.number);
    const card: Record<string, unknown> = {};
    for (const [column, field] of columns)
      card[field] = valueOf(row.getCell(column), field, `${cards.name}, row ${row.number}`);
    read.push(nested(card));
  });
  return checkedFile({ format: FORMAT, ...nested(about), cards: read }, ([first, i, ...rest]) =>
    first === "cards" && typeof i === "number"
      ? `${cards.name}, row ${rows[i]}, ${rest.filter((part) => part !== "facts").join(".")}`
      : `${product.name}, ${String(first ?? "")}`,
  );
}

const tooMany = (name: string) =>
  new AppError("import_invalid", { errors: [{ path: name, message: `more than ${ROWS - 1} cards` }] });

function sheet(book: ExcelJS.Workbook, which: keyof typeof SHEETS): ExcelJS.Worksheet {
  const found = book.worksheets.find(({ name }) => SHEETS[which].some((label) => label === name));
  if (found) return found;
  const message = `there is no sheet named ${SHEETS[which].join(" or ")}`;
  throw new AppError("import_invalid", { errors: [{ path: "", message }] });
}

function headings(cards: ExcelJS.Worksheet): [column: number, field: Field][] {
  const found: [number, Field][] = [];
  cards.getRow(1).eachCell((cell, column) => {
    const field = fieldOf(textOf(cell, `${cards.name}, row 1`));
    if (field) found.push([column, field]);
  });
  return found;
}

function fieldOf(heading: string): Field | undefined {
  const wanted = heading.trim().toLowerCase();
  return (Object.keys(LABELS) as Field[]).find((field) =>
    [field, ...LABELS[field]].some((label) => label.toLowerCase() === wanted),
  );
}

/** The words of a cell, whatever its type. @throws import_invalid for a formula */
function textOf(cell: ExcelJS.Cell, place: string): string {
  const { value } = cell;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "object" && value !== null) {
    if ("richText" in value) return value.richText.map(({ text }) => text).join("");
    if ("text" in value) return value.text;
    throw new AppError("import_invalid", {
      errors: [{ path: `${place}, ${cell.address}`, message: "a formula or an error, not text" }],
    });
  }
  return value === null || value === undefined ? "" : String(value);
}

function valueOf(cell: ExcelJS.Cell, field: Field, place: string): unknown {
  const text = textOf(cell, place).trim();
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
