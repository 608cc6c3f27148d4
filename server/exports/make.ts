import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { PassThrough, type Writable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import type { Made } from "../jobs/jobs.ts";
import { safeNames, writeZip, type ZipEntry } from "../jobs/zip.ts";
import { openBook, type Cover, type Finished } from "./book.ts";
import type { Cell } from "./cells.ts";
import { readable, dateCell } from "./cells.ts";
import { writeCsv } from "./csv.ts";
import { agentsSource } from "./kinds/agents.ts";
import { aiSource } from "./kinds/ai.ts";
import { callsSource } from "./kinds/calls.ts";
import { recordingsSource } from "./kinds/recordings.ts";
import { timeSource } from "./kinds/time.ts";
import { exportQueries } from "./queries.ts";
import type { Order, Source, SourceDeps } from "./source.ts";
import { texts } from "./texts.ts";

const sources = {
  calls: callsSource,
  agents: agentsSource,
  recordings: recordingsSource,
  ai: aiSource,
  time: timeSource,
};
/** The file and how many rows are in it. */
export type MadeExport = NonNullable<Made> & { rows: number };
export type Progress = (done: number, total: number | undefined) => Promise<void> | void;

/** What an export is called, without its ending: of what, whose where a team or site was chosen, and its days. */
export function nameOf({ kind, filters, language }: Pick<Order, "kind" | "filters" | "language">): string {
  const days = filters.from === filters.to ? [filters.from] : [filters.from, filters.to];
  const whose = /^(?:team|site):(.+)$/.exec(filters.scope ?? "")?.[1]?.replaceAll(/[/\\]/g, "_");
  return safeNames()([texts[language].files[kind], whose, ...days].filter(Boolean).join("_"));
}

/**
 * Writes an export into its folder: a workbook with a sheet a team, or a CSV file; beyond the rows of one workbook,
 * several in one ZIP.
 * @throws what the signal, the database or the disk says; an unfinished file may stand there then
 */
export async function make(
  order: Order,
  deps: SourceDeps,
  progress: Progress,
  signal?: AbortSignal,
): Promise<MadeExport> {
  const source = await sources[order.kind](order, deps);
  const name = nameOf(order);
  const at = (ending: string) => join(order.folder, `export.${ending}`);
  const told = telling(source, progress, signal);
  if (order.format === "csv") {
    await writeCsv(at("csv"), source.columns, told.through(allPages(source)), order.language);
    return { file: "export.csv", fileName: `${name}.csv`, rows: told.rows() };
  }
  const about = await aboutOf(order, deps);
  const books = source.total === null ? 1 : Math.max(1, Math.ceil(source.total / order.rowsEach));
  const rows = cut(sheetPages(source, told), order.rowsEach);
  if (books === 1) {
    await writeBook(createWriteStream(at("xlsx"), { mode: 0o600 }), order, source, rows, Infinity, about);
    return { file: "export.xlsx", fileName: `${name}.xlsx`, rows: told.rows() };
  }
  await writeZip(at("zip"), booksOf(order, source, rows, books, about, name), signal);
  return { file: "export.zip", fileName: `${name}.zip`, rows: told.rows() };
}

type Page = { title: string; cells: Cell[][] };

async function* allPages(source: Source): AsyncGenerator<Cell[][]> {
  for (const { pages } of source.sheets) yield* pages();
}

/** Lets others have their turn, tells how many rows are through, and ends when it is to. */
function telling({ total }: Source, progress: Progress, signal: AbortSignal | undefined) {
  let done = 0;
  return {
    rows: () => done,
    async *through(pages: AsyncIterable<Cell[][]>): AsyncGenerator<Cell[][]> {
      for await (const page of pages) {
        signal?.throwIfAborted();
        yield page;
        done += page.length;
        await progress(done, total ?? undefined);
        await turn();
      }
    },
  };
}

/** Every page that has rows, with its sheet. */
async function* sheetPages(source: Source, told: ReturnType<typeof telling>): AsyncGenerator<Page> {
  for (const { title, pages } of source.sheets)
    for await (const cells of told.through(pages())) if (cells.length > 0) yield { title, cells };
}

/** What the cover says of teams of which there are no rows; where rows were counted before, none comes. */
function without({ total, sheets }: Source, written: Set<string>, label: string): Cover["about"] {
  const names = total === null ? sheets.map(({ title }) => title).filter((title) => !written.has(title)) : [];
  return names.length === 0 ? [] : [[label, names.join(", ")]];
}

/** The same pages, none of them across the border between two workbooks. */
async function* cut(pages: AsyncIterable<Page>, rowsEach: number): AsyncGenerator<Page> {
  let rows = 0;
  for await (const { title, cells } of pages) {
    const room = rowsEach - (rows % rowsEach);
    rows += cells.length;
    yield { title, cells: cells.slice(0, room) };
    if (cells.length > room) yield { title, cells: cells.slice(room) };
  }
}

/** Writes one workbook with the next rows, up to so many. */
async function writeBook(
  output: Writable,
  order: Order,
  source: Source,
  pages: AsyncIterator<Page>,
  most: number,
  about: Cover["about"],
): Promise<void> {
  const book = openBook(output, order.language, order.currency);
  const t = texts[order.language];
  const { columns } = source;
  const finished: Finished[] = [];
  const written = new Set<string>();
  let rows = 0;
  let sheet: ReturnType<typeof book.sheet> | null = null;
  let title: string | null = null;
  try {
    while (rows < most) {
      const { value, done } = await pages.next();
      if (done) break;
      if (sheet === null || (value.title !== title && order.layout === "report")) {
        if (sheet) finished.push(sheet.end());
        title = order.layout === "report" ? value.title : t.titles[order.kind];
        sheet = book.sheet(title, columns);
        written.add(title);
      }
      for (const cells of value.cells) {
        sheet.add(cells);
        if (sheet.full()) await sheet.ready();
      }
      rows += value.cells.length;
    }
    if (order.layout === "report") {
      if (sheet) finished.push(sheet.end());
      const said = [...about, ...without(source, written, t.without)];
      book.cover({ title: t.titles[order.kind], about: said }, finished, columns);
    } else (sheet ?? book.sheet(t.titles[order.kind], columns)).endPlain();
    await book.close();
  } catch (error) {
    output.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

/** The workbooks of a ZIP, each written while it is packed. */
async function* booksOf(
  order: Order,
  source: Source,
  pages: AsyncIterator<Page>,
  books: number,
  about: Cover["about"],
  name: string,
): AsyncGenerator<ZipEntry> {
  const t = texts[order.language];
  for (let n = 1; n <= books; n++) {
    const from = new PassThrough({ highWaterMark: 1 << 20 });
    const more: Cover["about"] = [
      [t.book, t.of(n, books)],
      [t.allRows, String(source.total)],
    ];
    const most = n === books ? Infinity : order.rowsEach;
    const written = writeBook(from, order, source, pages, most, [...about, ...more]);
    // its stream carries the error to whoever reads it
    written.catch(() => undefined);
    yield { name: `${name}_${n}.xlsx`, from, packed: true };
    await written;
  }
}

/** What the cover says: whose, which days, which filters, who and when. */
async function aboutOf(order: Order, { store }: SourceDeps): Promise<Cover["about"]> {
  const { language, filters, timeZone, now, exportedBy, scope } = order;
  const t = texts[language];
  const { from, to, scope: named, agent, disposition, campaign, contactId } = filters;
  const chosen = Object.entries({
    agent: agent && ((await exportQueries(store).nameOf(agent)) ?? agent),
    disposition,
    campaign,
    contactId,
  }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${t.filter[key as keyof typeof t.filter]}: ${value}`],
  );
  return [
    [t.days, from === undefined && to === undefined ? t.everyDay : t.span(from, to)],
    [t.scope, named?.replace(/^(team|site):/, "") ?? t.whose[scope.by]],
    [t.filters, chosen.join(" · ") || t.none],
    [t.exportedBy, exportedBy],
    [t.exportedAt, readable(dateCell(new Date(now), timeZone) ?? 0)],
    [t.timeZone, timeZone],
  ];
}
