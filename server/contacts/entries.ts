import type { Language } from "#contract";
import { AppError } from "../errors.ts";
import { columnOf, HEADINGS, type Column } from "./columns.ts";
import type { ReadPhone } from "./phones.ts";
import type { Row } from "./read-file.ts";
import { texts } from "./texts.ts";

/** A row that is right by itself. */
export type Entry = { row: number; name: string; phones: string[]; notes: string; typed: string };
export type Mistake = { row: number; column: string; value: string; message: string };
type Shape = { at: number; column: Exclude<Column, "team">; heading: string }[];

const SHOWN = 80;
const nameOf = (column: Column, language: Language): string => HEADINGS[column][language === "es" ? 0 : 1];

/** Where the columns stand, by the headings. @throws import_invalid where no column has phones */
export function shapeOf(headings: Row | undefined, language: Language): Shape {
  const shape = (headings?.cells ?? []).flatMap((heading, at) => {
    const column = columnOf(heading ?? "");
    return column ? [{ at, column, heading: heading ?? "" }] : [];
  });
  if (!shape.some(({ column }) => column === "phones"))
    throw new AppError("import_invalid", { errors: [{ path: "", message: texts[language].noColumn }] });
  return shape;
}

/** What a row says, or what is wrong with it. */
export function entryOf(row: Row, shape: Shape, readPhone: ReadPhone, language: Language): Entry | Mistake {
  const t = texts[language];
  const mistake = (column: string, value: string, message: string): Mistake => ({
    row: row.row,
    column,
    value: value.slice(0, SHOWN),
    message,
  });
  const entry: Entry = { row: row.row, name: "", phones: [], notes: "", typed: "" };
  for (const { at, column, heading } of shape) {
    const cell = row.cells[at] === undefined ? "" : row.cells[at];
    if (cell === null) return mistake(heading, "", t.formula);
    const text = cell.replace(/\r\n?/g, "\n").trim();
    if (column === "phones") {
      for (const typed of text.split(/[,;|\n]/).map((part) => part.trim())) {
        if (typed === "") continue;
        const phone = readPhone(typed);
        if (phone === null) return mistake(heading, typed, t.notPhone);
        if (!entry.phones.includes(phone)) entry.phones.push(phone);
      }
      entry.typed ||= text;
      continue;
    }
    const wrong = column === "name" ? wrongName(text, language) : wrongNotes(text, language);
    if (wrong) return mistake(heading, text, wrong);
    entry[column] ||= text;
  }
  if (entry.phones.length === 0) return mistake(nameOf("phones", language), "", t.noPhone);
  if (entry.phones.length > 10) return mistake(nameOf("phones", language), entry.typed, t.manyPhones);
  return entry;
}

function wrongName(name: string, language: Language): string | null {
  if (name.length > 120) return texts[language].longName;
  return /\p{Cc}/u.test(name) ? texts[language].control : null;
}

function wrongNotes(notes: string, language: Language): string | null {
  if (notes.length > 4000) return texts[language].longNotes;
  return /[^\t\n\P{Cc}]/u.test(notes) ? texts[language].control : null;
}

/** What is wrong with a row only beside others. */
export const clash = ({ row, typed }: Entry, message: string, language: Language): Mistake => ({
  row,
  column: nameOf("phones", language),
  value: typed.slice(0, SHOWN),
  message,
});
