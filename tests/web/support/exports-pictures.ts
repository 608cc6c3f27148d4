import type { Job, Schedule } from "#contract";
import { twoTeams } from "./board-pictures.ts";
import { clicked, type Picture } from "./panel-pictures.ts";
import * as scene from "./scene.ts";

/** A report of the team that somebody else has made. */
export const teamReport: Job = {
  id: scene.idOf(980),
  kind: "export",
  state: "done",
  done: 100,
  total: 100,
  fileName: "agentes_Ventas Norte_2026-11-22.xlsx",
  bytes: 40_000,
  error: null,
  createdAt: "2026-11-23T05:00:00.000Z",
  endedAt: "2026-11-23T05:00:10.000Z",
  expiresAt: "2026-11-30T05:00:10.000Z",
  scheduleId: scene.idOf(990),
  by: "Clara Vidal",
};

/** One whose team is not its owner's any more. */
export const stoppedReport: Schedule = {
  id: scene.idOf(990),
  name: "Semana",
  period: "weekly",
  kind: "calls",
  format: "csv",
  filters: {
    scope: "team:Ventas Oeste",
    campaign: "Fibra",
    disposition: "sale",
    contactId: scene.idOf(991),
  },
  byTeam: false,
  active: false,
  nextAt: "2026-11-24T05:00:00.000Z",
  createdAt: "2026-11-01T10:00:00.000Z",
  lastJobId: null,
  stopped: "not_found",
};

const daily: Schedule = {
  ...stoppedReport,
  id: scene.idOf(992),
  name: "Cifras de ayer",
  period: "daily",
  kind: "agents",
  format: "xlsx",
  filters: {},
  byTeam: true,
  active: true,
  stopped: null,
};
const BUTTON = ".btn[aria-haspopup=dialog]";
const options = { ...twoTeams, exported: [teamReport], schedules: [daily, stoppedReport] };

/** A report that makes itself, in the form that changes it. */
export const EXPORTS: Picture[] = [
  {
    name: "board-exports-schedule",
    path: "/mobile",
    options,
    ready: BUTTON,
    act: async (page) => {
      await clicked(BUTTON)(page);
      await page.waitForSelector("[data-schedule]");
      await clicked("[data-schedule] [data-edit]")(page);
      await page.waitForSelector("[data-schedule-form]");
    },
  },
];
