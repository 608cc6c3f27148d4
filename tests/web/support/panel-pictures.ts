import type { Page } from "playwright-core";
import type { Pull } from "#contract";
import type { Options } from "./fake-server.ts";
import { hears, inTray, summon, tells } from "./tray.ts";
import { own, PANEL } from "./visit.ts";

export type Picture = {
  name: string;
  path: string;
  ready: string;
  options?: Options;
  sizes?: [width: number, height: number][];
  act?: (page: Page) => Promise<void>;
  /** The whole page, not only what a screen shows of it. */
  whole?: boolean;
};

export const clicked =
  (...targets: string[]) =>
  async (page: Page): Promise<void> => {
    for (const target of targets) await page.locator(target).first().click();
  };
/** Presses a key of the panel once the keys have come, and waits for what it brings. */
const pressed =
  (ready: string) =>
  async (page: Page): Promise<void> => {
    await page.locator("[data-key='1']").getByText("Es caro").waitFor();
    await page.keyboard.press("1");
    await page.waitForSelector(ready);
  };
const DEAR = "Es que ahora mismo me parece caro, la verdad.";
/** The panel in the tray's window, whose customer has just said something, or nothing yet. */
const said =
  (words: string) =>
  async (page: Page): Promise<void> => {
    await page.locator("[data-key='1']").getByText("Es caro").waitFor();
    await inTray(page);
    await tells(page, { recording: "running", ears: "listening" });
    if (words === "") return;
    await hears(page, words);
    await page.waitForSelector("[data-hint]");
  };
const panel = (name: string, options: Options, act?: Picture["act"]): Picture => ({
  name: `assist-${name}`,
  path: "/assist",
  ready: ".assist",
  sizes: [[PANEL.width, PANEL.height]],
  options,
  ...(act && { act }),
});
export const pulls: Pull[] = [
  { model: "qwen3:4b", step: "downloading", completed: 1_806e6, total: 4_200e6, hint: null },
];

/** The copilot's window in its states. */
export const PANELS: Picture[] = [
  panel("idle", own("call")),
  panel("no-call", own("none")),
  panel("done", own("call"), pressed("[data-state=done]")),
  panel("rated", own("call"), async (page) => {
    await pressed("[data-state=done]")(page);
    await page.keyboard.press("Enter");
    await clicked("[data-thumb=up]")(page);
  }),
  panel("writing", own("call", { ai: "half" }), pressed("[data-state=streaming] .caret b")),
  panel("offline", own("call", { ai: "down" }), pressed("[data-state=offline]")),
  panel("slow", own("call", { ai: "slow" }), pressed("[data-state=offline]")),
  panel("foreign", own("call", { ai: "foreign" }), pressed("[data-state=done]")),
  panel("promises", own("call", { ai: "promises" }), pressed("[data-state=done]")),
  panel("no-card", own("call", { ai: "none" }), pressed("[data-state=done]")),
  panel("nothing", own("call", { ai: "nothing" }), pressed("[data-state=offline]")),
  panel("held-out", own("call", { ai: "held_out" }), pressed("[data-state=offline]")),
  panel("models", own("call", { pulls }), async (page) => {
    await pressed("[data-state=done]")(page);
    await clicked(".model")(page);
  }),
  panel("heard", own("call"), said(DEAR)),
  panel("listening", own("call"), said("")),
  panel("asked", own("call"), async (page) => {
    await said(DEAR)(page);
    await summon(page);
    await page.waitForSelector("[data-state=done]");
  }),
  panel("since", own("call"), async (page) => {
    await said(DEAR)(page);
    await summon(page);
    await page.waitForSelector("[data-state=done]");
    await page.clock.fastForward(12_000);
    await hears(page, "¿Y si me arrepiento al cabo de un mes?", { final: false, t: 9000 });
  }),
  panel("editing", own("call"), async (page) => {
    await said(DEAR)(page);
    await summon(page);
    await page.waitForSelector("[data-state=done]");
    await clicked(".as-line button")(page);
  }),
  panel("paused", own("call"), async (page) => {
    await said(DEAR)(page);
    await summon(page);
    await page.waitForSelector("[data-state=done]");
    await tells(page, { recording: "paused", ears: "listening" });
    await page.clock.fastForward(32_000);
  }),
  panel("deaf", own("call"), async (page) => {
    await said("")(page);
    await tells(page, { recording: "running", ears: "unavailable" });
  }),
];
