import type { Writable } from "node:stream";
import type exceljs from "exceljs";
import { textCell, type Cell } from "./cells.ts";

export type Style = Partial<exceljs.Style>;
/** A formula and what it comes to. */
export type Formula = { formula: string; result: number | string };

/** UTF-16 units of a sheet that go to the compressor at once: each piece is a trip to its thread. */
const PIECE = 1 << 17;
/** Bytes of a sheet that may wait for the compressor before the next row does. */
const WAITING_BYTES = 1 << 20;

/** What exceljs' streaming sheets have and its types leave out: their stream, and what numbers a workbook's styles. */
type Streamed = {
  stream: { pipes: Writable[]; uncork(): void };
  workbook: { styles: { addStyleModel(style: Style): number } };
};

/**
 * Writes rows into a streaming sheet of exceljs, from above, each once. It is given their XML as it makes it itself: to
 * do so cell by cell takes exceljs five times as long.
 * @param letters of its columns
 * @param broken rejects when nothing can be written any more
 */
export function sheetRows(page: exceljs.Worksheet, letters: readonly string[], broken: Promise<never>) {
  const { stream, workbook } = page as unknown as Streamed;
  // what exceljs has written of the sheet goes first
  stream.uncork();
  let piece = "";

  function flush(): void {
    for (const pipe of stream.pipes) pipe.write(Buffer.from(piece));
    piece = "";
  }

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
        if (piece.length >= PIECE) flush();
      };
    },
    /** Hands over what has been written. */
    flush,
    /** Waits until the compressor has taken what was handed over, where that is much. */
    async drained(): Promise<void> {
      const [pipe] = stream.pipes;
      if (!pipe) return;
      // the stream of an older readable-stream, without `writableLength`
      const state = Reflect.get(pipe, "_writableState") as { length: number; needDrain: boolean };
      if (!state.needDrain || state.length < WAITING_BYTES) return;
      await Promise.race([new Promise((resolve) => pipe.once("drain", resolve)), broken]);
    },
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
