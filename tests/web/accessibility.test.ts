import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { needs } from "../support/real.ts";
import { PICTURES } from "./pictures.ts";
import { bringAxe, tooSmall, tooWide, unreachable, violations } from "./support/accessible.ts";
import { openBrowser, openPage } from "./support/browser.ts";
import { fakeServer } from "./support/fake-server.ts";
import type { Picture } from "./support/panel-pictures.ts";

const SIZES: [width: number, height: number][] = [
  [390, 844],
  [820, 1180],
  [1440, 900],
];

describe("what everybody can use", { skip: needs("chromium"), concurrency: 3 }, () => {
  let browser: Browser;
  before(async () => void (browser = await openBrowser()));
  after(() => browser.close());

  /**
   * Looks at one scene in one language: its names, its contrasts, its targets, its widths. Colours and the keyboard
   * are the same in every language, so they are looked at in Spanish.
   */
  async function look(
    { path, options, ready, act, sizes = SIZES }: Picture,
    language: "es" | "en",
  ): Promise<void> {
    const server = await fakeServer(options);
    const [[width, height] = [390, 844], ...wider] = sizes;
    const { page, close } = await openPage(browser, { width, height, language, touch: true });
    const found: Record<string, unknown> = {};
    const note = (what: string, list: string[]): void => {
      if (list.length > 0) found[what] = list;
    };
    const theme = (name: string): Promise<unknown> =>
      page.evaluate(`document.documentElement.dataset.theme = "${name}"`);
    try {
      await page.goto(server.url + path);
      await page.waitForSelector(ready);
      await act?.(page);
      // a sheet that is still coming in has no colours of its own yet
      await page.evaluate(
        "Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished)).then(() => 0)",
      );
      await bringAxe(page);
      note("axe, dark", await violations(page));
      note("too small", await tooSmall(page));
      if (language === "es") {
        note("keyboard", await unreachable(page));
        await theme("light");
        note("axe, light", await violations(page, ["color-contrast"]));
      }
      const over = [[width, await tooWide(page)]];
      for (const [w, h] of wider) {
        await page.setViewportSize({ width: w, height: h });
        over.push([w, await tooWide(page)]);
        if (w < 1200 || language === "en") continue;
        note(`axe, light, ${w}`, await violations(page));
        await theme("dark");
        note(`axe, dark, ${w}`, await violations(page, ["color-contrast"]));
      }
      note(
        "too wide",
        over.filter(([, by = 0]) => by > 0).map(([w, by]) => `${by} px at ${w}`),
      );
      assert.deepEqual(found, {});
    } finally {
      await close();
      await server.close();
    }
  }

  for (const picture of PICTURES)
    for (const language of ["es", "en"] as const)
      test(`${picture.name}, ${language}`, () => look(picture, language));
});
