import ExcelJS from "exceljs";
import { works } from "../jobs/apart.ts";
import type { Reading, ReadSome, SheetRow } from "./sheets.ts";
import { unpacks } from "./zip-limits.ts";

/** Rows that are told at once: few enough that whoever hears them does not stand still. */
const TOLD_ROWS = 1_000;
const MOST_COLUMNS = 100;

works(async (input, tell) => {
  const { bytes, mostRows } = input as Reading;
  if (unpacks(bytes) === "large") return "large";
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  const say = (some: ReadSome): Promise<void> => tell(some);
  for (const sheet of book.worksheets) {
    await say({ sheet: sheet.name });
    const last = Math.min(sheet.rowCount, mostRows + 1);
    for (let row = 1; row <= last; row += TOLD_ROWS)
      await say({ rows: rowsOf(sheet, row, Math.min(last, row + TOLD_ROWS - 1)) });
  }
  return "fine";
});

function rowsOf(sheet: ExcelJS.Worksheet, from: number, to: number): SheetRow[] {
  const rows: SheetRow[] = [];
  for (let n = from; n <= to; n++) {
    const values = sheet.findRow(n)?.values;
    if (!Array.isArray(values)) continue;
    rows.push({ row: n, cells: Array.from(values.slice(1, MOST_COLUMNS + 1), wordsOf) });
  }
  return rows;
}

/** Null for a formula, or an error in its place. */
function wordsOf(value: ExcelJS.CellValue | undefined): string | null {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== "object") return String(value);
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  return "text" in value ? value.text : null;
}
