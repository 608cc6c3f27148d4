import type { Page } from "playwright-core";
import { moments, ZIP_BYTES, zipJob } from "./library-scene.ts";
import { clicked, type Picture } from "./panel-pictures.ts";
import * as scene from "./scene.ts";
import { own } from "./visit.ts";

const [oscar, ...others] = scene.recordings;
if (!oscar) throw new Error("the scene has lost its first recording");
const agreed = { recordings: [{ ...oscar, consent: "given" as const }, ...others] };
const player = (name: string, act: string[], more: Partial<Picture> = {}): Picture => ({
  name: `player-${name}`,
  path: "/mobile#grabaciones",
  ready: "[data-call]",
  act: clicked("[data-call]", ...act),
  ...more,
});
const list = (name: string, query: string, ready: string, more: Partial<Picture> = {}): Picture => ({
  name: `recordings-${name}`,
  path: `/mobile#grabaciones${query}`,
  ready,
  ...more,
});

/** The library's list and its player in their states. */
export const LIBRARY: Picture[] = [
  list("narrowed", `?when=week&agent=${scene.idOf(4)}&ai=1&min=3`, "[data-call]"),
  list("saved", "?disposition=sale&ai=1", "[data-saved]"),
  list("naming", "?when=range&from=2026-11-01&to=2026-11-23&marked=1", "[data-call]", {
    act: clicked("[data-save]"),
  }),
  list("none", "?q=zapatos&ai=1", "[data-without]"),
  list("stats", "", "[data-call]", {
    act: async (page) => {
      await clicked("[data-stats]")(page);
      await page.waitForSelector("[data-amount]");
    },
  }),
  list("zip", "", "[data-zip=running]", { options: { zips: [zipJob("running", 100_000_000)] } }),
  list("zip-ready", "", "[data-zip=done]", { options: { zips: [zipJob("done", ZIP_BYTES)] } }),
  list("own", "", "[data-call]", { options: own("none") }),
  player("marked", ["[data-flag]"]),
  player("moments", [], { options: { ...agreed, moments, marks: [] } }),
  player("moments-marked", ["[data-mark='2']"], { options: { ...agreed, moments } }),
  player("clip", ["[data-clip-begin]"], {
    act: async (page: Page) => {
      await clicked("[data-call]", "[data-line='3'] button", "[data-clip-begin]")(page);
      await page.waitForSelector("[data-clip]");
    },
  }),
  player("examples", [".clips summary"]),
  player("keys", ["[data-keys]"], { sizes: [[1440, 900]] }),
  player("own", [], {
    options: own("none"),
    act: async (page: Page) => {
      await clicked("[data-call]")(page);
      await page.waitForSelector("[data-comment]");
    },
  }),
  player("refused", [], {
    options: {
      role: "admin",
      recordings: [{ ...oscar, format: "opus", held: true, consent: "refused" }, ...others],
    },
  }),
];
