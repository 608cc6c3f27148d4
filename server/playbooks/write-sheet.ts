import ExcelJS from "exceljs";
import type { Language, Playbook } from "#contract";
import { ABOUT, CARD, LABELS, SHEETS, WIDE, type Field } from "./sheet-columns.ts";

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
