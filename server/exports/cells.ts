import type { Language } from "#contract";
import { clockOffset } from "../db/time.ts";

/** What a cell holds: a text, a number (also dates and durations, in days), or nothing. */
export type Cell = string | number | null;
export type ColumnKind =
  | "text"
  | "instant"
  | "day"
  | "duration"
  | "money"
  | "count"
  | "share"
  | "perHour"
  | "size";
/**
 * One column. `sum`: its total is a sum. `ratio`: each of its cells, and its total, is one column by another, as a
 * formula; the cells' own values are what the formula gives.
 */
export type Column = {
  key: string;
  header: Record<Language, string>;
  width: number;
  kind: ColumnKind;
  sum?: true;
  ratio?: { of: string; by: string; perHour?: true };
};

export const DAY_MS = 86_400_000;
/** Days between the first one of a spreadsheet and that of a computer's clock. */
const EPOCH_DAYS = 25_569;
/** The most UTF-16 units of a cell. */
const LONGEST = 32_767;

/** An instant as the number that a spreadsheet shows as the local date and time. */
export const dateCell = (instant: Date | null, timeZone: string): number | null =>
  instant === null ? null : (instant.getTime() + clockOffset(instant, timeZone)) / DAY_MS + EPOCH_DAYS;
/** A day `YYYY-MM-DD` as such a number. */
export const dayCell = (day: string): number => Date.parse(day) / DAY_MS + EPOCH_DAYS;
/** The instant, in the reader's time, of such a number, as `YYYY-MM-DD HH:MM:SS`. */
export const readable = (cell: number): string =>
  new Date(Math.round((cell - EPOCH_DAYS) * 86_400) * 1000).toISOString().slice(0, 19).replace("T", " ");
/** Seconds as the number that a spreadsheet shows as `[h]:mm:ss`. */
export const durationCell = (seconds: number | null): number | null =>
  seconds === null ? null : seconds / 86_400;

/** A text as a workbook can hold it. Programs read `_x0041_` as a letter, so its first sign is written as one. */
export const textCell = (text: string): string =>
  (HARD.test(text) ? text.toWellFormed().replace(UNWRITABLE, "").replace(ESCAPE, "_x005F_") : text).slice(
    0,
    LONGEST,
  );
// what XML cannot say at all, and what spreadsheets take for an escape
// oxlint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]/g;
const ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;
// oxlint-disable-next-line no-control-regex
const HARD = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF\uD800-\uDFFF]|_x[0-9A-Fa-f]{4}_/;

/** How a spreadsheet shows a kind of cell. */
export const formatOf = (kind: ColumnKind, currency: string): string | undefined =>
  ({
    text: undefined,
    instant: "yyyy-mm-dd hh:mm:ss",
    day: "yyyy-mm-dd",
    duration: "[h]:mm:ss",
    money: `#,##0.00 "${currency}"`,
    count: "#,##0",
    share: "0.0%",
    perHour: "0.00",
    size: "#,##0.00",
  })[kind];

/** A ratio as its formula gives it; null where there is nothing to divide by. */
export const ratioOf = (of: number, by: number, perHour?: true): number | null =>
  by === 0 ? null : of / (perHour ? by * 24 : by);
