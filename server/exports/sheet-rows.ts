import type exceljs from "exceljs";
import { textCell, type Cell } from "./cells.ts";
import type { SheetStream } from "./sheet-stream.ts";

export type Style = Partial<exceljs.Style>;
/** A formula and what it comes to. */
export type Formula = { formula: string; result: number | string };

/** UTF-16 units of a sheet that go to the compressor at once: each piece is a trip to its thread. */
const PIECE = 1 << 17;

/** What exceljs' streaming sheets have and its types leave out: their stream, and what numbers a workbook's styles. */
type Streamed = {
  stream: SheetStream;
  workbook: { styles: { addStyleModel(style: Style): number } };
};

/**
 * Writes rows into a streaming sheet of exceljs, from above, each once. It is given their XML as it makes it itself: to
 * do so cell by cell takes exceljs five times as long.
 * @param letters of its columns
 */
export function sheetRows(page: exceljs.Worksheet, letters: readonly string[]) {
  const { stream, workbook } = page as unknown as Streamed;
  let piece = "";
  const taken = (): string => {
    const text = piece;
    piece = "";
    return text;
  };

  return {
    /** What writes rows whose cells have these styles, one a column. */
    styled(styles: readonly Style[]) {
      const columns = letters.map((letter, i) => {
        const id = workbook.styles.addStyleModel(styles[i] ?? {});
        const style = id === 0 ? '"' : `" s="${id}"`;
        return { cell: `<c r="${letter}`, style, number: `${style}><v>`, text: `${style} t="str"><v>` };
      });
      /** Writes a row: of each column its cell, null where there is none. */
      return (number: number, values: readonly (Cell | Formula)[]): void => {
        const at = String(number);
        let row = `<row r="${at}">`;
        for (let i = 0; i < columns.length; i++) {
          const column = columns[i];
          const value = values[i];
          if (!column || value === null || value === undefined) continue;
          row += column.cell + at;
          if (typeof value === "number") row += `${column.number}${value}</v></c>`;
          else if (typeof value === "string") row += `${column.text}${xmlOf(value)}</v></c>`;
          else row += `${column.style}${formulaXml(value)}</c>`;
        }
        piece += `${row}</row>`;
      };
    },
    /** Whether `ready` is to be waited for before the next row. */
    full: (): boolean => piece.length >= PIECE,
    ready: (): Promise<void> => stream.put(taken()),
    /** Hands the last rows over. */
    end: (): void => stream.write(taken()),
  };
}

const MARKED = /[&<>]/;
const MARKS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** A text as it stands between two tags. */
function xmlOf(text: string): string {
  const plain = textCell(text);
  return MARKED.test(plain) ? plain.replace(/[&<>]/g, (mark) => MARKS[mark] ?? mark) : plain;
}

const formulaXml = ({ formula, result }: Formula): string =>
  `${typeof result === "string" ? ' t="str"' : ""}><f>${xmlOf(formula)}</f><v>${xmlOf(String(result))}</v>`;
