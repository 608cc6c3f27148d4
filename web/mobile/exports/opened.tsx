import { loadExportTexts } from "../../i18n/exports.ts";
import { besideThePage } from "../../ui/beside.tsx";
import type { Exporting } from "../panel/export-button.tsx";
import { ExportsSheet } from "./exports-sheet.tsx";

await loadExportTexts();

/** Shows the exports over whatever is on the screen. */
export const openExports = besideThePage<Exporting>((asked, shut) => (
  <ExportsSheet key="exports" {...asked} onClose={shut} />
));
