import type { Writable } from "node:stream";
import exceljs from "exceljs";
import { textCell, type Cell } from "./cells.ts";

export type Style = Partial<exceljs.Style>;
/** A formula and what it comes to. */
export type Formula = { formula: string; result: number | string };

/** Bytes of a sheet that go to the compressor at once: each piece is a trip to its thread. */
const PIECE_BYTES = 1 << 18;
/** Bytes of a sheet that may wait for the compressor before the next row does. */
const WAITING_BYTES = 1 << 20;
/** The style of all rows: their cells have their own. exceljs works out anew what it has not seen. */
const PLAIN: Style = {};

const { Number: NUMBER, String: TEXT, Formula: FORMULA } = exceljs.ValueType;
/** A cell as exceljs writes it. */
type CellModel = { address: string; type: exceljs.ValueType; style: Style } & (
  | { value: string | number }
  | Formula
);
type RowModel = { number: number; min: number; max: number; style: Style; cells: CellModel[] };

/** What exceljs' streaming sheets have and its types leave out: the stream, and what writes what a row comes to. */
type Streamed = { stream: { pipes: Writable[]; bufSize: number } };
type WriteRow = (row: { hasValues: true; model: RowModel }) => void;

/**
 * Writes rows into a streaming sheet of exceljs, from above, each once. It is given what its own rows and cells come to
 * in the end: to make those first takes a sixth of a workbook's time.
 * @param letters of its columns
 * @param broken rejects when nothing can be written any more
 */
export function sheetRows(page: exceljs.Worksheet, letters: readonly string[], broken: Promise<never>) {
  const { stream } = page as unknown as Streamed;
  const writeRow = (Reflect.get(page, "_writeRow") as WriteRow).bind(page);
  stream.bufSize = PIECE_BYTES;

  return {
    /** Writes a row: of each column its cell, null where there is none, and its style. */
    write(number: number, values: readonly (Cell | Formula)[], styles: readonly Style[]): void {
      const row: RowModel = { number, min: 0, max: 0, style: PLAIN, cells: [] };
      for (let i = 0; i < values.length; i++) {
        const value = values[i];
        if (value === null || value === undefined) continue;
        const address = `${letters[i]}${number}`;
        const style = styles[i] ?? PLAIN;
        row.max = i + 1;
        row.min ||= row.max;
        if (typeof value === "string") row.cells.push({ address, type: TEXT, value: textCell(value), style });
        else if (typeof value === "number") row.cells.push({ address, type: NUMBER, value, style });
        else row.cells.push({ address, type: FORMULA, ...value, style });
      }
      writeRow({ hasValues: true, model: row });
    },
    /** Waits until the compressor has taken what was written, where that is much. */
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
