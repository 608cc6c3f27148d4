// Every page at three widths in both themes, to be looked at beside the design.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Pull } from "#contract";
import { ACCESS } from "./support/access-pictures.ts";
import { BOARDS } from "./support/board-pictures.ts";
import { openBrowser, openPage } from "./support/browser.ts";
import { EXPORTS } from "./support/exports-pictures.ts";
import { broken } from "./support/fake-audit.ts";
import { fakeServer, type Options } from "./support/fake-server.ts";
import { LIBRARY } from "./support/library-pictures.ts";
import { chooseFile, playbookYaml } from "./support/playbook-file.ts";
import * as scene from "./support/scene.ts";
import { clicked, PANELS, pulls, type Picture } from "./support/panel-pictures.ts";
import { PRIVACY } from "./support/privacy-pictures.ts";
import { noTrends } from "./support/trends-scene.ts";
import { own } from "./support/visit.ts";

const PAGE: [width: number, height: number][] = [
  [390, 844],
  [820, 1180],
  [1440, 900],
];
const failed: Pull = {
  model: "mistral:70b",
  step: "failed",
  completed: 0,
  total: 0,
  hint: "La descarga se ha parado. Mira si queda disco y red en el servidor, y repite: sigue donde iba.",
};
const fibre = "/admin#argumentarios/fibra-es";
const admin: Options = { role: "admin" };
const executive: Options = { role: "executive" };
/** Every page, sheet and state that people see; the test of accessibility opens them too. */
export const PICTURES: Picture[] = [
  { name: "panel", path: "/mobile", ready: ".uplot" },
  { name: "team", path: "/mobile#equipo", ready: "[data-agent]" },
  { name: "team-sheet", path: "/mobile#equipo", ready: "[data-agent]", act: clicked("[data-agent]") },
  { name: "trends", path: "/mobile", options: executive, ready: ".plot.daily canvas", whole: true },
  {
    name: "trends-week",
    path: "/mobile",
    options: { ...executive, heldOut: true },
    ready: "[data-trends]",
    act: clicked("[data-days='7']", "[data-trends='7'] [data-kind=campaigns]"),
    whole: true,
  },
  {
    name: "trends-empty",
    path: "/mobile",
    options: { ...executive, trends: noTrends() },
    ready: ".hero",
  },
  { name: "trends-error", path: "/mobile", options: { ...executive, trendsDown: true }, ready: ".trouble" },
  {
    name: "figure",
    path: "/mobile",
    options: executive,
    ready: ".plot.daily canvas",
    act: async (page) => {
      await clicked(".tiles [data-opens=successRate]")(page);
      await page.waitForSelector("[data-behind]");
    },
  },
  {
    name: "figure-mean",
    path: "/mobile",
    options: executive,
    ready: ".plot.daily canvas",
    act: async (page) => {
      await clicked(".tiles [data-opens=averageHandle]")(page);
      await page.waitForSelector("[data-behind]");
    },
  },
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
  ...LIBRARY,
  ...EXPORTS,
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
  ...PANELS,
  ...BOARDS,
  { name: "login", path: "/login", options: { role: null }, ready: "form" },
  { name: "setup", path: "/setup?token=abc", options: { role: null }, ready: "form" },
  { name: "admin", path: "/admin", options: admin, ready: "form" },
  ...ACCESS,
  {
    name: "models",
    path: "/admin#copiloto",
    options: { ...admin, pulls: [...pulls, failed] },
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
  {
    name: "keeping",
    path: "/admin#conservacion",
    options: admin,
    ready: "[data-part=rules]",
    act: async (page) => {
      await clicked("[data-part=rules] [type=submit]")(page);
      await page.waitForSelector("[data-preview]");
    },
    whole: true,
  },
  {
    name: "keeping-full",
    path: "/admin#conservacion",
    options: { ...admin, keeping: "full" },
    ready: "[data-full]",
    whole: true,
  },
  {
    name: "keeping-new",
    path: "/admin#conservacion",
    options: { ...admin, keeping: "new" },
    ready: "[data-part=rules]",
    whole: true,
  },
  ...PRIVACY,
  {
    name: "audit",
    path: "/admin#auditoria",
    options: { ...admin, users: [scene.me("supervisor")] },
    ready: "[data-entry]",
    whole: true,
  },
  {
    name: "audit-broken",
    path: "/admin#auditoria",
    options: { ...admin, checked: broken },
    ready: "[data-found=wrong]",
  },
  {
    name: "audit-none",
    path: "/admin#auditoria",
    options: { ...admin, audit: [], checked: null },
    ready: ".nothing",
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

async function takeAll(folder: string, only: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await openBrowser();
  for (const { name, path, options, ready, act, whole = false, sizes = PAGE } of PICTURES.filter(({ name }) =>
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
        await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`), fullPage: whole });
        await close();
      }
    await server.close();
  }
  await browser.close();
}

if (import.meta.main) {
  const [folder = "pictures", only = ""] = process.argv.slice(2);
  await takeAll(folder, only);
}
