import { Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { parse } from "csv-parse";
import type { Language } from "#contract";
import { AppError } from "../errors.ts";
import { plainCell } from "../exports/csv.ts";
import { readBook, type SheetRow } from "../sheets/sheets.ts";
import { texts } from "./texts.ts";

/** The most rows of a file, without its headings. */
export const MOST_ROWS = 50_000;
const CHUNK = 16_384;
/** Rows that are read before others have their turn. */
const TURN_ROWS = 500;

export type Row = SheetRow;

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
  const [sheet] = await readBook(bytes, MOST_ROWS + 1);
  yield* sheet?.rows ?? [];
}
