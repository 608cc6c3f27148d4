import { loadFigureTexts } from "../../i18n/figures.ts";
import { besideThePage } from "../../ui/beside.tsx";
import { FigureSheet } from "./figure-sheet.tsx";
import type { Opened } from "./opens.tsx";

await loadFigureTexts();

/** Shows what a number is made of, over whatever is on the screen. */
export const openFigure = besideThePage<Opened>((figure, shut) => (
  <FigureSheet key={JSON.stringify(figure)} {...figure} onClose={shut} />
));
