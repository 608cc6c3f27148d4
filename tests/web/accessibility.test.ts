import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { needs } from "../support/real.ts";
import { PICTURES } from "./pictures.ts";
import { bringAxe, tooSmall, tooWide, unreachable, violations } from "./support/accessible.ts";
import { openBrowser, openPage } from "./support/browser.ts";
import { fakeServer } from "./support/fake-server.ts";
import type { Picture } from "./support/panel-pictures.ts";
import { NOW } from "./support/scene.ts";

const SIZES: [width: number, height: number][] = [
  [390, 844],
  [820, 1180],
  [1440, 900],
];
type Language = "es" | "en";

/** One page in one language that opens scene after scene at the same address, so that its code comes only once. */
async function looker(browser: Browser, language: Language) {
  const { page, close } = await openPage(browser, {
    width: 390,
    height: 844,
    language,
    touch: true,
    bare: true,
  });
  await bringAxe(page);
  let port = 0;
  const theme = (name: string): Promise<unknown> =>
    page.evaluate(`document.documentElement.dataset.theme = "${name}"`);

  /** Opens one scene, lets somebody look, and leaves it. */
  async function at({ path, options, ready, act }: Picture, see: () => Promise<void>): Promise<void> {
    const server = await fakeServer({ ...options, port });
    port = Number(new URL(server.url).port);
    try {
      await page.clock.setSystemTime(NOW);
      await page.goto(server.url + path);
      await page.waitForSelector(ready);
      await act?.(page);
      // a sheet that is still coming in has no colours of its own yet
      await page.evaluate(
        "Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished)).then(() => 0)",
      );
      await see();
    } finally {
      await page.evaluate("localStorage.clear()");
      await page.goto("about:blank");
      await server.close();
    }
  }

  /**
   * What is wrong with one scene at its sizes: names, contrasts, targets, widths, in both themes. Colours and the
   * keyboard are the same in every language, so they are looked at in Spanish.
   */
  async function faults(picture: Picture): Promise<Record<string, unknown>> {
    const found: Record<string, unknown> = {};
    const note = (what: string, list: string[]): void => {
      if (list.length > 0) found[`${what}, ${language}`] = list;
    };
    const [first = [390, 844], ...wider] = picture.sizes ?? SIZES;
    await page.setViewportSize({ width: first[0], height: first[1] });
    await at(picture, async () => {
      for (const [width, height] of [first, ...wider]) {
        await page.setViewportSize({ width, height });
        const over = await tooWide(page);
        note(`too wide at ${width}`, over > 0 ? [`${over} px`] : []);
        note(`too small at ${width}`, await tooSmall(page));
        if (language === "en" && width !== first[0]) continue;
        note(`axe, dark, ${width}`, await violations(page));
        if (language === "en") continue;
        if (width === first[0]) note("keyboard", await unreachable(page));
        await theme("light");
        note(`axe, light, ${width}`, await violations(page, ["color-contrast"]));
        await theme("dark");
      }
    });
    return found;
  }
  return { faults, close };
}

describe("what everybody can use", { skip: needs("chromium") }, () => {
  let browser: Browser;
  let lookers: Awaited<ReturnType<typeof looker>>[] = [];
  before(async () => {
    browser = await openBrowser();
    lookers = await Promise.all((["es", "en"] as const).map((language) => looker(browser, language)));
  });
  after(() => browser.close());

  for (const picture of PICTURES)
    test(picture.name, async () => {
      const found = await Promise.all(lookers.map(({ faults }) => faults(picture)));
      assert.deepEqual(Object.assign({}, ...found), {});
    });
});
