import type { ExportFilters, ExportFormat, ExportKind, Language } from "#contract";
import type { Scope } from "../db/within-scope.ts";
import type { CallSpan } from "../db/call-span.ts";
import { addDays, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import type { Cell, Column } from "./cells.ts";
import type { Group, Key } from "./queries.ts";

/** An export, with all that its writer needs to know: it may be in another thread. */
export type Order = {
  kind: ExportKind;
  format: ExportFormat;
  filters: ExportFilters;
  scope: Scope;
  language: Language;
  timeZone: string;
  currency: string;
  exportedBy: string;
  /** The instant up to which everything is known, in ms. */
  now: number;
  /** A sheet a team with totals, and a cover; or, for programs, one sheet of nothing but rows. */
  layout: "report" | "table";
  /** Where the file is written, and how many rows a workbook takes before the next one begins. */
  folder: string;
  rowsEach: number;
};
export type SourceDeps = Pick<Deps, "store" | "clock" | "newId" | "log" | "config">;

/** Where rows come from: the columns, and each sheet's rows, a page at a time. */
export type Source = {
  columns: Column[];
  /** All rows; null where that is not known before they are read. */
  total: number | null;
  sheets: { title: string; pages: () => AsyncIterable<Cell[][]> }[];
};

/** Rows that are read at once: about a millisecond's work, and few enough to be gone before they count as old. */
const PAGE_ROWS = 250;

/** The instants between which an export's days lie, in the reader's time. */
export const spanOf = ({ filters, timeZone, now }: Order): CallSpan => {
  const { from, to, scope: _, ...rest } = filters;
  const end = to === undefined ? undefined : startOfDay(addDays(to, 1), timeZone);
  return {
    ...rest,
    from: from === undefined ? undefined : startOfDay(from, timeZone),
    // what begins while rows are read is not in it
    to: end && end.getTime() <= now ? end : new Date(now + 1),
  };
};

/** A sheet a team, whose rows are read agent by agent. */
export function byTeam<Row extends Key>(
  columns: Column[],
  groups: Group[],
  total: number,
  read: (group: Group, after: Key | null, limit: number) => PromiseLike<Row[]>,
  cellsOf: (row: Row, group: Group) => Cell[],
): Source {
  async function* pages(of: Group[]): AsyncGenerator<Cell[][]> {
    for (const group of of)
      for (let after: Key | null = null; ;) {
        const rows: Row[] = await read(group, after, PAGE_ROWS);
        yield rows.map((row) => cellsOf(row, group));
        after = rows.at(-1) ?? null;
        if (rows.length < PAGE_ROWS) break;
      }
  }
  const teams = Map.groupBy(groups, ({ team }) => team ?? "");
  return {
    columns,
    total,
    sheets: [...teams].map(([title, of]) => ({ title, pages: () => pages(of) })),
  };
}
