import { openBrowser } from "../web/support/browser.ts";
import { BUDGET, FIRST_SCREENS, firstLoad, weightOf } from "../web/support/first-load.ts";
import type { Measure } from "./measure.ts";

const kilobytes = (bytes: number): number => Math.round(bytes / 100) / 10;

/**
 * First load of /mobile as a real browser fetches it, brotli, everything: of the role and language whose is the heaviest,
 * beside those of the others (research: Bootstrap + Chart.js + socket.io weigh 118.7 KB).
 */
export const measure: Measure = async () => {
  const browser = await openBrowser();
  const against: Record<string, number> = {};
  try {
    for (const [who, options, ready] of FIRST_SCREENS)
      for (const language of ["es", "en"] as const)
        against[`${who}, ${language}`] = weightOf(await firstLoad(browser, options, ready, language));
  } finally {
    await browser.close();
  }
  const most = Math.max(...Object.values(against));
  return [
    {
      name: "page-weight",
      value: kilobytes(most),
      unit: "KB brotli",
      goal: `<= ${kilobytes(BUDGET)}`,
      pass: most <= BUDGET,
      against,
    },
  ];
};
