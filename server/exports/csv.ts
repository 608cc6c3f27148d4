import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import type { Language } from "#contract";
import { readable, type Cell, type Column } from "./cells.ts";

/** Excel would take such a cell of a CSV for a formula. */
const FORMULA = /^'*[=+\-@\t\r]/;
/** A text as a CSV cell that no program calculates: one apostrophe before what looks like a formula. */
export const safeCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
/** What `safeCell` was given. */
export const plainCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;

/** Rows as Excel opens them with a double click: in Spanish with semicolons. Texts must be safe already. */
export const csvRows = (rows: string[][], language: Language): string =>
  stringify(rows, {
    delimiter: language === "es" ? ";" : ",",
    quoted_string: true,
    record_delimiter: "\r\n",
  });
/** What stands before the first row, so that programs know it for UTF-8. */
export const CSV_MARK = "\uFEFF";

/** Writes a CSV file with the columns of a workbook, its numbers as the language writes them. */
export async function writeCsv(
  file: string,
  columns: Column[],
  pages: AsyncIterable<Cell[][]>,
  language: Language,
): Promise<void> {
  async function* lines(): AsyncGenerator<string> {
    yield CSV_MARK + csvRows([columns.map(({ header }) => header[language])], language);
    for await (const page of pages)
      if (page.length > 0)
        yield csvRows(
          page.map((cells) => columns.map((column, i) => csvCell(cells[i] ?? null, column, language))),
          language,
        );
  }
  await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600 }));
}

function csvCell(cell: Cell, { kind }: Column, language: Language): string {
  if (cell === null) return "";
  if (typeof cell === "string") return safeCell(cell);
  if (kind === "instant") return readable(cell);
  if (kind === "day") return readable(cell).slice(0, 10);
  if (kind === "duration") return clock(Math.round(cell * 86_400));
  const text = kind === "count" ? String(cell) : String(Math.round(cell * 10_000) / 10_000);
  return language === "es" ? text.replace(".", ",") : text;
}

/** Seconds as `h:mm:ss`. */
const clock = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, "0")))
    .join(":");
