import type { Writable } from "node:stream";
import exceljs from "exceljs";
import type { Language } from "#contract";
import { formatOf, ratioOf, textCell, type Cell, type Column } from "./cells.ts";
import { sheetNames } from "./sheet-names.ts";
import { sheetRows, type Formula, type Style } from "./sheet-rows.ts";
import { SheetStream } from "./sheet-stream.ts";
import { texts } from "./texts.ts";

/** What a finished sheet says of itself. `totals` stand in row `totalsRow`, by column. */
export type Finished = { name: string; rows: number; totalsRow: number; totals: (number | null)[] };
/** The first sheet: lines of words, then every sheet with its totals. */
export type Cover = { title: string; about: [label: string, value: string][] };

const HEAD: Style = {
  font: { bold: true },
  fill: { type: "pattern", pattern: "solid", fgColor: { argb: "FFE8EDF3" } },
  border: { bottom: { style: "thin" } },
};

/**
 * A workbook that is written while its rows come, one sheet after the other, and then its cover, which is its first
 * sheet. Texts are stored as texts, so that none is taken for a formula.
 */
export function openBook(output: Writable, language: Language, currency: string) {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  output.once("error", broken.reject);
  const book = new exceljs.stream.xlsx.WorkbookWriter({
    stream: output,
    useStyles: true,
    useSharedStrings: false,
    // level 1 packs rows alike nearly as well as 6, in half the time
    zip: { zlib: { level: 1, chunkSize: 1 << 16 } },
  });
  const zip = Reflect.get(book, "zip") as { append(sheet: SheetStream, as: { name: string }): void };
  const openStream = (name: string): SheetStream => {
    const stream = new SheetStream(broken.promise);
    zip.append(stream, { name });
    return stream;
  };
  // its streaming sheets ask it for their streams
  Reflect.set(book, "_openStream", openStream);
  const t = texts[language];
  const nameOf = sheetNames(t.noTeam);
  const coverName = nameOf(t.cover);
  // one object a column: exceljs looks a style up by the object, and works out anew what it has not seen
  const styles = new Map<string, Style>();
  const styleOf = ({ kind }: Pick<Column, "kind">, bold = false): Style => {
    const key = `${kind} ${bold}`;
    const numFmt = formatOf(kind, currency);
    const style = styles.get(key) ?? { ...(numFmt && { numFmt }), ...(bold && { font: { bold } }) };
    styles.set(key, style);
    return style;
  };

  /** Begins the next sheet; the one before has ended. */
  function sheet(title: string, columns: Column[]) {
    const name = nameOf(title);
    const page = book.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1, xSplit: 1 }] });
    const letters = columns.map((_, i) => letterOf(i));
    const at = new Map(columns.map(({ key }, i) => [key, i]));
    const ratios = columns.map(({ ratio }) => {
      const [of, by] = [at.get(ratio?.of ?? ""), at.get(ratio?.by ?? "")];
      return of === undefined || by === undefined ? null : { of, by, perHour: ratio?.perHour };
    });
    const sums = columns.map(() => 0);
    let rows = 0;
    page.columns = columns.map(({ header, width }) => ({ header: header[language], width }));
    page.getRow(1).eachCell((cell) => Object.assign(cell, { style: HEAD }));
    page.getRow(1).commit();
    const { styled, full, ready, end } = sheetRows(page, letters);
    const write = styled(columns.map((column) => styleOf(column)));

    const quotient = ({ of, by, perHour }: NonNullable<(typeof ratios)[number]>, row: number): string => {
      const below = `${letters[by]}${row}`;
      return `IF(${below}=0,"",${letters[of]}${row}/${perHour ? `(${below}*24)` : below})`;
    };

    return {
      name,
      /** The next row. */
      add(cells: readonly Cell[]): void {
        const number = ++rows + 1;
        const values: (Cell | Formula)[] = [];
        for (let i = 0; i < cells.length; i++) {
          const value = cells[i] ?? null;
          const ratio = ratios[i];
          if (typeof value === "number") sums[i] = (sums[i] ?? 0) + value;
          values.push(ratio && value !== null ? { formula: quotient(ratio, number), result: value } : value);
        }
        write(number, values);
      },
      /** Whether `ready` is to be waited for: so that a fast reader does not fill the memory. */
      full,
      ready,
      /** Ends it with nothing but its rows. */
      endPlain(): void {
        end();
        page.autoFilter = `A1:${letters.at(-1)}${rows + 1}`;
        page.commit();
      },
      /** Its totals stand below a free row, so that filters and sorting leave them alone. */
      end(): Finished {
        const totalsRow = rows + 3;
        const totals = columns.map(({ sum }, i) => (sum ? (sums[i] ?? 0) : null));
        for (const [i, ratio] of ratios.entries())
          if (ratio) totals[i] = ratioOf(sums[ratio.of] ?? 0, sums[ratio.by] ?? 0, ratio.perHour);
        const values = columns.map(({ sum }, i): Cell | Formula => {
          const below = `${letters[i]}2:${letters[i]}${Math.max(rows + 1, 2)}`;
          if (sum) return { formula: `SUBTOTAL(109,${below})`, result: totals[i] ?? 0 };
          const ratio = ratios[i];
          if (ratio) return { formula: quotient(ratio, totalsRow), result: totals[i] ?? "" };
          return i === 0 ? t.total : null;
        });
        const bold = columns.map((column, i) =>
          styleOf(values[i] === t.total ? { kind: "text" } : column, true),
        );
        styled(bold)(totalsRow, values);
        this.endPlain();
        return { name, rows, totalsRow, totals };
      },
    };
  }

  /** Writes the cover, whose numbers are those of the sheets by formula. */
  function writeCover({ title, about }: Cover, sheets: Finished[], columns: Column[]): void {
    const page = book.addWorksheet(coverName, { views: [{ showGridLines: false }] });
    const shown = columns
      .map((column, i) => ({ column, i }))
      .filter(({ column }) => column.sum ?? column.ratio);
    page.columns = [
      { width: 30 },
      { width: 22 },
      ...shown.map(({ column, i }) => ({
        width: Math.max(14, columns[i]?.header[language].length ?? 0, column.width),
      })),
    ];
    page.getCell(1, 1).value = title;
    page.getCell(1, 1).style = { font: { bold: true, size: 16 } };
    about.forEach(([label, value], n) => {
      page.getCell(n + 3, 1).value = label;
      page.getCell(n + 3, 1).style = styleOf({ kind: "text" }, true);
      page.getCell(n + 3, 2).value = textCell(value);
    });
    const head = about.length + 4;
    [t.sheet, t.rows, ...shown.map(({ column }) => column.header[language])].forEach((text, n) => {
      const cell = page.getCell(head, n + 1);
      cell.value = text;
      cell.style = HEAD;
    });
    // a sum of no sheets is one of a free row: of its own it would be one of itself
    const last = head + Math.max(1, sheets.length);
    const placeOf = new Map(shown.map(({ column: { key } }, n) => [key, n + 2]));
    const put = (row: number, n: number, formula: string, result: number | null, style: Style): void => {
      const cell = page.getCell(row, n + 1);
      cell.value = { formula, result: result ?? "" };
      cell.style = style;
    };
    sheets.forEach(({ name, rows, totalsRow, totals }, s) => {
      const row = head + 1 + s;
      const quoted = `'${name.replaceAll("'", "''")}'`;
      page.getCell(row, 1).value = textCell(name);
      put(row, 1, `ROWS(${quoted}!A1:A${totalsRow})-3`, rows, styleOf({ kind: "count" }));
      for (const [n, { column, i }] of shown.entries())
        put(row, n + 2, `${quoted}!${letterOf(i)}${totalsRow}`, totals[i] ?? null, styleOf(column));
    });
    page.getCell(last + 1, 1).value = t.total;
    page.getCell(last + 1, 1).style = styleOf({ kind: "text" }, true);
    const sum = (of: (one: Finished) => number | null) =>
      sheets.reduce((all, one) => all + (of(one) ?? 0), 0);
    const range = (n: number) => `${letterOf(n)}${head + 1}:${letterOf(n)}${last}`;
    put(
      last + 1,
      1,
      `SUM(${range(1)})`,
      sum(({ rows }) => rows),
      styleOf({ kind: "count" }, true),
    );
    for (const [n, { column, i }] of shown.entries()) {
      const style = styleOf(column, true);
      if (!column.ratio) {
        put(
          last + 1,
          n + 2,
          `SUM(${range(n + 2)})`,
          sum(({ totals }) => totals[i] ?? 0),
          style,
        );
        continue;
      }
      const { of, by, perHour } = column.ratio;
      const [above, below] = [of, by].map((key) => `${letterOf(placeOf.get(key) ?? 0)}${last + 1}`);
      const index = (key: string) => columns.findIndex((one) => one.key === key);
      const value = ratioOf(
        sum(({ totals }) => totals[index(of)] ?? 0),
        sum(({ totals }) => totals[index(by)] ?? 0),
        perHour,
      );
      const divisor = perHour ? `(${below}*24)` : below;
      put(last + 1, n + 2, `IF(${below}=0,"",${above}/${divisor})`, value, style);
    }
    page.commit();
  }

  return {
    sheet,
    /** Writes the cover, which knows all sheets and hence comes last, and puts it first. */
    cover(cover: Cover, sheets: Finished[], columns: Column[]): void {
      writeCover(cover, sheets, columns);
      // exceljs' writer lists sheets as they were begun
      const pages = Reflect.get(book, "_worksheets") as unknown[];
      pages.splice(1, 0, ...pages.splice(-1));
    },
    /** Writes what else a workbook has; resolves when all of it is in the output. */
    close: async (): Promise<void> => {
      await Promise.race([book.commit(), broken.promise]);
    },
  };
}
export type Book = ReturnType<typeof openBook>;

/** A column's letters, from A on. */
export function letterOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letterOf(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}
