import { render, useLayoutEffect } from "hono/jsx/dom";
import { loadFigureTexts } from "../../i18n/figures.ts";
import { createStore, useStore } from "../../ui/store.ts";
import { FigureSheet } from "./figure-sheet.tsx";
import type { Opened } from "./opens.tsx";

await loadFigureTexts();

const opened = createStore<Opened | null>(null);
const shut = (): void => opened.set(null);

/** Where sheets stand: beside the page, because rows that move among siblings would end a modal dialog. */
const Place = () => {
  const now = useStore(opened);
  useLayoutEffect(() => {
    // a row of the sheet leads to another screen
    addEventListener("hashchange", shut);
    return () => removeEventListener("hashchange", shut);
  }, []);
  return now ? <FigureSheet key={JSON.stringify(now)} {...now} onClose={shut} /> : null;
};

const root = document.createElement("div");
document.body.append(root);
render(<Place />, root);

/** Shows what a number is made of, over whatever is on the screen. */
export const openFigure = (figure: Opened): void => opened.set(figure);
