// Every page at three widths in both themes, to be looked at beside the design.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Pull } from "#contract";
import { openBrowser, openPage } from "./support/browser.ts";
import { fakeServer, type Options } from "./support/fake-server.ts";
import { chooseFile, playbookYaml } from "./support/playbook-file.ts";
import * as scene from "./support/scene.ts";
import { hears, inTray, summon, tells } from "./support/tray.ts";

type Size = [width: number, height: number];
const PAGE: Size[] = [
  [390, 844],
  [820, 1180],
  [1440, 900],
];
const PANEL: Size[] = [[420, 640]];
const own = (which: "call" | "none" | "ended", more: Options = {}): Options => ({
  role: "agent",
  snapshot: scene.ownSnapshot(which),
  ...more,
});
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
const clicked =
  (...targets: string[]) =>
  async (page: Page): Promise<void> => {
    for (const target of targets) await page.locator(target).first().click();
  };
type Picture = {
  name: string;
  path: string;
  ready: string;
  options?: Options;
  sizes?: Size[];
  act?: (page: Page) => Promise<void>;
};
const panel = (name: string, options: Options, act?: Picture["act"]): Picture => ({
  name: `assist-${name}`,
  path: "/assist",
  ready: ".assist",
  sizes: PANEL,
  options,
  ...(act && { act }),
});
const pulls: Pull[] = [
  { model: "qwen3:4b", step: "downloading", completed: 1_806e6, total: 4_200e6, hint: null },
];
const broken: Pull = {
  model: "mistral:70b",
  step: "failed",
  completed: 0,
  total: 0,
  hint: "La descarga se ha parado. Mira si queda disco y red en el servidor, y repite: sigue donde iba.",
};
const fibre = "/admin#argumentarios/fibra-es";
const admin: Options = { role: "admin" };
const PICTURES: Picture[] = [
  { name: "panel", path: "/mobile", ready: ".uplot" },
  { name: "team", path: "/mobile#equipo", ready: "[data-agent]" },
  { name: "team-sheet", path: "/mobile#equipo", ready: "[data-agent]", act: clicked("[data-agent]") },
  { name: "recordings", path: "/mobile#grabaciones", ready: "[data-call]" },
  { name: "player", path: "/mobile#grabaciones", ready: "[data-call]", act: clicked("[data-call]") },
  {
    name: "player-found",
    path: "/mobile#grabaciones",
    ready: "[data-call]",
    act: async (page) => {
      await page.fill(".search input", "perman");
      await page.waitForTimeout(500);
      await clicked("[data-call]")(page);
      await page.waitForSelector("mark.hit");
      await clicked("[data-figure=interruptions]")(page);
    },
  },
  {
    name: "player-line",
    path: "/mobile#grabaciones",
    ready: "[data-call]",
    act: clicked("[data-call]", "[data-line='2'] button"),
  },
  {
    name: "player-masks",
    path: "/mobile#grabaciones",
    ready: "[data-call]",
    act: clicked("[data-call]", "[data-line='8'] button"),
  },
  {
    name: "player-edit",
    path: "/mobile#grabaciones",
    ready: "[data-call]",
    act: clicked("[data-call]", "[data-line='3'] button", "[data-correct]"),
  },
  {
    name: "player-none",
    path: "/mobile#grabaciones",
    ready: "[data-call]",
    act: clicked(`[data-call="${scene.idOf(202)}"]`),
  },
  {
    name: "player-nothing",
    path: "/mobile#grabaciones",
    ready: "[data-call]",
    act: clicked(`[data-call="${scene.idOf(201)}"]`),
  },
  { name: "day-talk", path: "/mobile", options: own("call"), ready: "[data-talk]" },
  { name: "day", path: "/mobile", options: own("ended"), ready: "[data-wrap-up]" },
  {
    name: "help",
    path: "/mobile",
    options: own("call"),
    ready: "[data-help]",
    act: clicked("[data-help]", ".help [data-key='1']"),
  },
  {
    name: "empty",
    path: "/mobile",
    options: { role: "admin", snapshot: scene.emptySnapshot },
    ready: ".hero",
  },
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
  { name: "login", path: "/login", options: { role: null }, ready: "form" },
  { name: "setup", path: "/setup?token=abc", options: { role: null }, ready: "form" },
  { name: "admin", path: "/admin", options: admin, ready: "form" },
  {
    name: "models",
    path: "/admin#copiloto",
    options: { ...admin, pulls: [...pulls, broken] },
    ready: "[data-pull]",
  },
  { name: "models-off", path: "/admin#copiloto", options: { ...admin, ai: "down" }, ready: ".pick,.note" },
  { name: "listening", path: "/admin#escucha", options: admin, ready: "[data-team]" },
  {
    name: "listening-known",
    path: "/admin#escucha",
    options: { ...admin, wordErrors: { lines: 46, words: 388, errors: 27, rate: null } },
    ready: "[data-accuracy=known]",
  },
  { name: "playbooks", path: "/admin#argumentarios", options: admin, ready: "[data-playbook]" },
  {
    name: "playbooks-none",
    path: "/admin#argumentarios",
    options: { ...admin, playbooks: [] },
    ready: ".nothing",
  },
  {
    name: "playbook-new",
    path: "/admin#argumentarios",
    options: admin,
    ready: "[data-playbook]",
    act: clicked("main .primary"),
  },
  {
    name: "playbook",
    path: fibre,
    options: admin,
    ready: "[data-card]",
    act: async (page) => {
      await page.fill("[name=said]", "me sale muy caro");
      await page.keyboard.press("Enter");
      await page.waitForSelector("[data-found]");
    },
  },
  { name: "playbook-empty", path: "/admin#argumentarios/seguro-hogar", options: admin, ready: ".nothing" },
  { name: "card", path: fibre, options: admin, ready: "[data-card]", act: clicked("[data-card]") },
  {
    name: "card-removed",
    path: fibre,
    options: admin,
    ready: "[data-card]",
    act: clicked("[data-card]", "[data-remove]"),
  },
  {
    name: "history",
    path: fibre,
    options: admin,
    ready: "[data-card]",
    act: clicked("[data-history]", "[data-version] summary"),
  },
  {
    name: "import",
    path: "/admin#argumentarios",
    options: admin,
    ready: "[data-playbook]",
    act: (page) => chooseFile(page, playbookYaml()),
  },
  {
    name: "import-errors",
    path: "/admin#argumentarios",
    options: admin,
    ready: "[data-playbook]",
    act: (page) => chooseFile(page, playbookYaml({ kind: "ninguno", title: "" })),
  },
];

const [folder = "pictures", only = ""] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
for (const { name, path, options, ready, act, sizes = PAGE } of PICTURES.filter(({ name }) =>
  name.includes(only),
)) {
  const server = await fakeServer(options);
  for (const [width, height] of sizes)
    for (const theme of ["dark", "light"] as const) {
      const { page, close } = await openPage(browser, { width, height, theme, touch: width === 390 });
      await page.goto(server.url + path);
      await page.waitForSelector(ready);
      await act?.(page);
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`) });
      await close();
    }
  await server.close();
}
await browser.close();
