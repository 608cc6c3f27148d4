import type { Rows } from "./table.ts";

/** Who did what, and who heard a recording. */
export const auditRows: Rows = {
  "GET /api/audit": {},
  "GET /api/audit/state": {},
  "POST /api/audit/check": {},
  "GET /api/recordings/:callId/listeners": { of: "call" },
};
