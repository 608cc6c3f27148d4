import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { parse } from "csv-parse";
import ExcelJS from "exceljs";
import type { Language } from "#contract";
import { AppError } from "../errors.ts";
import { plainCell } from "../exports/csv.ts";
import { texts } from "./texts.ts";

/** The most rows of a file, without its headings. */
export const MOST_ROWS = 50_000;
const CHUNK = 16_384;
/** Rows that are read before others have their turn. */
const TURN_ROWS = 500;

/** A row with its number as the sheet shows it. A cell is null where it is a formula or an error. */
export type Row = { row: number; cells: (string | null)[] };

/**
 * All rows of a file, its headings the first one. Others have their turn meanwhile.
 * @throws import_invalid, file_too_large
 */
export async function readFile(
  bytes: Uint8Array,
  format: "csv" | "xlsx",
  language: Language,
): Promise<Row[]> {
  const source = format === "csv" ? csvRows(bytes) : sheetRows(bytes);
  const rows: Row[] = [];
  try {
    for await (const row of source) {
      if (rows.length > MOST_ROWS) throw new AppError("file_too_large");
      if (row.cells.some((cell) => cell !== "")) rows.push(row);
      if (row.row % TURN_ROWS === 0) await turn();
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const message = texts[language][format === "csv" ? "notCsv" : "notWorkbook"];
    throw new AppError("import_invalid", { errors: [{ path: "", message }], cause });
  }
  return rows;
}

async function* csvRows(bytes: Uint8Array): AsyncGenerator<Row> {
  const text = textOf(bytes);
  const parser = parse({ delimiter: delimiterOf(text), relax_column_count: true });
  let row = 0;
  for await (const record of Readable.from(pieces(text)).pipe(parser))
    yield { row: ++row, cells: (record as string[]).map(plainCell) };
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK) yield text.slice(at, at + CHUNK);
}

/** As Excel and others write it: UTF-8 or UTF-16 with a mark, UTF-8 without, else Windows' western European. */
function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** The separator that the headings have most of. */
function delimiterOf(text: string): string {
  const headings = (/^[^\r\n]*/.exec(text)?.[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (separator: string) => headings.split(separator).length;
  return [";", ",", "\t"].toSorted((a, b) => count(b) - count(a))[0] ?? ";";
}

async function* sheetRows(bytes: Uint8Array): AsyncGenerator<Row> {
  // a workbook is a ZIP file; anything else would leave the reader waiting
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Error("no ZIP file");
  const book = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from(chunks(bytes)), {
    worksheets: "emit",
    sharedStrings: "cache",
    hyperlinks: "ignore",
    styles: "ignore",
  });
  // its ZIP reader may end before the last file, the names of the sheets in a workbook of exceljs
  // (exceljs#3064); names are not needed here
  Object.assign(book, { model: {} });
  for await (const sheet of book) {
    for await (const row of sheet) {
      const values = Array.isArray(row.values) ? row.values.slice(1) : [];
      yield { row: row.number, cells: Array.from(values, wordsOf) };
    }
    return;
  }
}

function* chunks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

/** Null for a formula, or an error in its place. */
function wordsOf(value: ExcelJS.CellValue | undefined): string | null {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== "object") return String(value);
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  return "text" in value ? value.text : null;
}
