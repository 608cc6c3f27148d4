import type { Rows } from "./table.ts";

const DAYS = { from: "2026-11-25", to: "2026-11-25" };
/** A job runs as somebody in a browser. */
const notFromPcs = { device: 403, panel: 403, adminPc: 403 } as const;

/** Exports, the jobs that make them, and those that make themselves. */
export const exportRows: Rows = {
  "GET /api/exports/calls.xlsx": { lists: "call" },
  "POST /api/exports": [
    { send: () => ({ body: { kind: "calls", filters: DAYS } }), but: notFromPcs },
    {
      of: "team",
      send: ({ team }) => ({ body: { kind: "agents", filters: { ...DAYS, scope: `team:${team}` } } }),
    },
  ],
  "GET /api/jobs": {},
  "GET /api/jobs/:id": [{ of: "job" }, { of: "teamReport" }],
  "GET /api/jobs/:id/file": [{ of: "job" }, { of: "teamReport" }],
  "DELETE /api/jobs/:id": [{ of: "job" }, { of: "teamReport", but: { supervisor: [403, 403, 404, 404] } }],
  "GET /api/schedules": {},
  "POST /api/schedules": { send: () => ({ body: { name: "Ventas", period: "daily", kind: "calls" } }) },
  "PATCH /api/schedules/:id": { of: "schedule", send: () => ({ body: { name: "Otras" } }) },
  "DELETE /api/schedules/:id": { of: "schedule" },
};
