import type { Options } from "./fake-server.ts";
import { callbacks, contacts, corrections, ofFibre } from "./office-scene.ts";
import { clicked, type Picture } from "./panel-pictures.ts";
import * as scene from "./scene.ts";
import { own } from "./visit.ts";

/** An agent with callbacks and corrections, in a team with goals. */
export const busy = (which: "call" | "none" | "ended", more: Options = {}): Options =>
  own(which, { callbacks, corrections, ...more });

/** A supervisor of two teams. */
export const twoTeams: Options = {
  snapshot: {
    ...scene.snapshot,
    agents: scene.agents.map((agent, i) => (i % 3 === 2 ? { ...agent, team: "Ventas Sur" } : agent)),
  },
};

const team = "/mobile#equipo";
/** The boards of agents and supervisors in their states. */
export const BOARDS: Picture[] = [
  { name: "board-team", path: team, options: { ...twoTeams, callbacks }, ready: "[data-alert]" },
  {
    name: "board-team-notices",
    path: team,
    ready: "[data-alert]",
    act: clicked(".choose"),
  },
  {
    name: "board-sheet",
    path: `${team}/${scene.idOf(4)}`,
    options: { corrections },
    ready: "[data-day]",
    act: clicked(".stretches summary"),
  },
  {
    name: "board-correct",
    path: `${team}/${scene.idOf(5)}`,
    options: { corrections },
    ready: "[data-day]",
    act: clicked(".stretches summary", "[data-stretch=paused] button"),
  },
  {
    name: "board-exports",
    path: "/mobile",
    ready: "[data-attention]",
    act: async (page) => {
      await page.locator("[aria-haspopup=dialog].btn:has(.wide)").first().click();
      await page.locator(".export-form [type=submit]").click();
      await page.locator("[data-state=done]").first().waitFor();
      await page.locator("[data-add-schedule]").click();
      await page.locator("[name=name]").fill("Ventas de la semana");
      await page.locator("form:has([name=period]) [type=submit]").click();
      await page.locator("[data-schedule]").first().waitFor();
    },
  },
  { name: "board-day-call", path: "/mobile", options: busy("call"), ready: "[data-goals]" },
  { name: "board-day-none", path: "/mobile", options: own("none", { goals: "none" }), ready: "[data-goals]" },
  {
    name: "board-day-pause",
    path: "/mobile",
    options: busy("none"),
    ready: "[data-goals]",
    act: clicked("[data-declare=paused]"),
  },
  {
    name: "board-day-ended",
    path: "/mobile",
    options: busy("ended", { dispositions: ofFibre }),
    ready: "[data-disposition]",
  },
  {
    name: "board-day-callback",
    path: "/mobile",
    options: busy("ended"),
    ready: "[data-disposition]",
    act: clicked("[data-disposition=follow_up]"),
  },
  { name: "board-contacts", path: "/mobile#contactos", options: { contacts }, ready: "[data-contact]" },
  {
    name: "board-contact",
    path: `/mobile#contactos/${scene.idOf(900)}`,
    options: { contacts },
    ready: "dialog [data-call]",
  },
  {
    name: "board-contacts-file",
    path: "/mobile#contactos",
    options: { contacts },
    ready: "[data-contact]",
    act: async (page) => {
      await page.setInputFiles("input[type=file]", {
        name: "clientes.csv",
        mimeType: "",
        buffer: Buffer.from("a"),
      });
      await page.waitForSelector(".mistakes");
    },
  },
  {
    name: "board-operation",
    path: "/admin#operacion",
    options: {
      role: "admin",
      users: [{ ...scene.me("supervisor"), teams: ["Bajas"] }],
      dispositions: ofFibre,
    },
    ready: "[data-outcome]",
  },
  {
    name: "board-assist-ended",
    path: "/assist",
    sizes: [[420, 640]],
    options: own("ended", { dispositions: ofFibre }),
    ready: "[data-disposition]",
  },
];
