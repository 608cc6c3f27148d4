import type { Page } from "playwright-core";
import type { Heard } from "../../../web/assist/hearing.ts";

/** The bindings that the tray puts into its window; they note what they were called with. */
const BINDINGS = `
  window.trayCalls = [];
  window.callmanagerHide = (reason) => trayCalls.push("hide " + reason);
  window.callmanagerRecording = (what) => trayCalls.push(what);`;

/** Makes the page the tray's window. */
export const inTray = (page: Page): Promise<unknown> => page.evaluate(BINDINGS);

/** What the page has asked of the tray. */
export const trayCalls = (page: Page): Promise<string[]> => page.evaluate<string[]>("trayCalls");

/** The tray hands over words of the customer; what is left out is as for a finished sentence. */
export const hears = (page: Page, text: string, more: Partial<Heard> = {}): Promise<unknown> => {
  const words: Heard = { side: "customer", text, final: true, ended: true, t: 1000, ...more };
  return page.evaluate((said) => window.callmanagerHeard?.(said), words);
};

type Told = { recording: string | null; ears?: string };
/** The tray tells what becomes of the call's sound, and of its words. */
export const tells = (page: Page, told: Told): Promise<unknown> =>
  page.evaluate((detail) => dispatchEvent(new CustomEvent("callmanager:recording", { detail })), told);

/** Ctrl+A somewhere on the desktop. */
export const summon = (page: Page): Promise<unknown> =>
  page.evaluate("dispatchEvent(new Event('callmanager:summon'))");
