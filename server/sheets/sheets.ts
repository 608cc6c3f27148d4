import { AppError } from "../errors.ts";
import { apart } from "../jobs/apart.ts";

/** A row with its number as the sheet shows it. A cell is null where it is a formula or an error. */
export type SheetRow = { row: number; cells: (string | null)[] };
export type ReadSheet = { name: string; rows: SheetRow[] };
/** What the thread that reads is given, and what it tells: rows of the sheet whose name came last. */
export type Reading = { bytes: Uint8Array; mostRows: number };
export type ReadSome = { sheet: string } | { rows: SheetRow[] };

/** Enough for 50,000 rows; a workbook that needs more ends its thread, not the server. */
const MEMORY_MB = 512;
const threads = apart(new URL("./worker.ts", import.meta.url), MEMORY_MB);

/**
 * Reads an uploaded workbook in a thread of its own, up to so many rows a sheet; one more says that there are more.
 * @throws file_too_large for one that unpacks to too much; Error for what is no workbook
 */
export async function readBook(bytes: Uint8Array, mostRows: number): Promise<ReadSheet[]> {
  const sheets: ReadSheet[] = [];
  const told = (what: unknown): void => {
    const some = what as ReadSome;
    if ("sheet" in some) sheets.push({ name: some.sheet, rows: [] });
    else sheets.at(-1)?.rows.push(...some.rows);
  };
  const size = await threads.run({ bytes, mostRows } satisfies Reading, { told }).catch((cause: unknown) => {
    const { code } = cause as { code?: string };
    throw code === "ERR_WORKER_OUT_OF_MEMORY" ? new AppError("file_too_large", { cause }) : cause;
  });
  if (size === "large") throw new AppError("file_too_large");
  return sheets;
}
