import { render, useLayoutEffect } from "hono/jsx/dom";
import { loadExportTexts } from "../../i18n/exports.ts";
import { createStore, useStore } from "../../ui/store.ts";
import type { Exporting } from "../panel/export-button.tsx";
import { ExportsSheet } from "./exports-sheet.tsx";

await loadExportTexts();

const opened = createStore<Exporting | null>(null);
const shut = (): void => opened.set(null);

/** Where the sheet stands: beside the page, because what moves among siblings would end a modal dialog. */
const Place = () => {
  const now = useStore(opened);
  useLayoutEffect(() => {
    addEventListener("hashchange", shut);
    return () => removeEventListener("hashchange", shut);
  }, []);
  return now ? <ExportsSheet key="exports" {...now} onClose={shut} /> : null;
};

const root = document.createElement("div");
document.body.append(root);
render(<Place />, root);

/** Shows the exports over whatever is on the screen. */
export const openExports = (asked: Exporting): void => opened.set(asked);
