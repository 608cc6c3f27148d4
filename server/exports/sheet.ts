import { PassThrough, Readable } from "node:stream";
import exceljs from "exceljs";

type Column = { header: string; width: number; format?: string };
/** One sheet: its name, its columns, and its rows as they come. */
export type Sheet = { name: string; columns: Column[]; rows: AsyncIterable<unknown[]> };

/**
 * A workbook of one sheet, written while its rows are read, with a heading that stays and filters. Texts are always
 * stored as texts, so that none is taken for a formula.
 */
export function sheetOf({ name, columns, rows }: Sheet): ReadableStream<Uint8Array> {
  const output = new PassThrough();
  const book = new exceljs.stream.xlsx.WorkbookWriter({
    stream: output,
    useStyles: true,
    useSharedStrings: false,
  });
  const sheet = book.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.columns = columns.map(({ header, width, format }) => ({
    header,
    width,
    ...(format !== undefined && { style: { numFmt: format } }),
  }));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  sheet.getRow(1).font = { bold: true };

  const write = async (): Promise<void> => {
    for await (const cells of rows) sheet.addRow(cells).commit();
    sheet.commit();
    await book.commit();
  };
  write().catch((error: unknown) =>
    output.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return Readable.toWeb(output);
}
