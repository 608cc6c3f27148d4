import { IN_TRASH, NONE, OWNED_TEAM, type Rows } from "./table.ts";

const HELD = [409, 409, 409, 404] as const;
const hold = () => ({ body: { why: "Juicio" } });
const rules = () => ({ body: { rules: [] } });
const all = () => ({ query: "limit=200" });

/** How long recordings are kept, what holds them, the trash, and copies of the database. */
export const keepingRows: Rows = {
  "GET /api/retention": {},
  "PUT /api/retention": { send: rules },
  "POST /api/retention/preview": { send: rules },
  "GET /api/retention/capacity": {},
  "GET /api/retention/holds": { lists: "call", send: all },
  "POST /api/recordings/:callId/hold": [
    { of: "call", send: hold },
    { ...IN_TRASH, send: hold },
  ],
  // released by whoever held it, executives and admins; where nothing is held there is nothing to do
  "DELETE /api/recordings/:callId/hold": [
    { of: "call" },
    { of: "heldCall", but: { supervisor: OWNED_TEAM } },
  ],
  "DELETE /api/recordings/:callId": [{ of: "call" }, { of: "heldCall", but: { admin: HELD } }],
  "POST /api/recordings/:callId/restore": [{ of: "trashedCall" }, { of: "call", but: { admin: NONE } }],
  "GET /api/trash": { lists: "call", send: all },
  "GET /api/backups": {},
  // a database in memory cannot be copied
  "POST /api/backups": { but: { admin: 409 } },
};
