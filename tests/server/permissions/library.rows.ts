import { v7 as uuidv7 } from "uuid";
import { IN_TRASH, OWNED, OWNED_TEAM, WHO, type Cells, type Rows, type Who } from "./table.ts";

/** A new one can be made under an id that is nobody's. */
const OWN_OR_NEW = ["ok", 404, 404, "ok"] as const;
const signedIn = WHO.filter((who) => who !== "nobody");
const ownOrNew = Object.fromEntries(signedIn.map((who) => [who, OWN_OR_NEW])) as Partial<Record<Who, Cells>>;

const flag = () => ({ body: { id: uuidv7(), kind: "flag", atMs: 0 } });
const clip = () => ({ body: { id: uuidv7(), title: "Ejemplo", fromMs: 0, toMs: 1000 } });
/** The recordings library: finding, marks, examples and saved filters. */
export const libraryRows: Rows = {
  "GET /api/recordings": { lists: "call", send: () => ({ query: "limit=200" }) },
  "GET /api/recordings/stats": {},
  "GET /api/recordings/marks/unseen": {},
  // with those that one may see, whatever is asked for: tests/server/library.test.ts unpacks it
  "POST /api/recordings/zip": { send: () => ({ body: { filter: {} } }) },
  "GET /api/recordings/:callId": [{ of: "call" }, IN_TRASH],
  "GET /api/recordings/:callId/marks": [{ of: "call" }, IN_TRASH],
  "POST /api/recordings/:callId/marks": [
    { of: "call", send: flag },
    { ...IN_TRASH, send: flag },
  ],
  // the call's agent's, whoever sees it
  "POST /api/recordings/:callId/marks/seen": {
    of: "call",
    but: { supervisor: OWNED_TEAM, executive: OWNED, admin: OWNED },
  },
  "PATCH /api/recordings/:callId/marks/:id": [
    { of: "mark", send: () => ({ body: { text: "Aquí" } }) },
    { of: "remark", send: () => ({ body: { text: "Aquí" } }) },
  ],
  "DELETE /api/recordings/:callId/marks/:id": [{ of: "mark" }, { of: "remark" }],
  "POST /api/recordings/:callId/clips": [
    { of: "call", send: clip },
    { ...IN_TRASH, send: clip },
  ],
  "GET /api/clips": { lists: "call", send: () => ({ query: "limit=200" }) },
  "GET /api/clips/:id/audio": { of: "clip" },
  "DELETE /api/clips/:id": { of: "clip", but: { supervisor: OWNED_TEAM, executive: OWNED } },
  "GET /api/filters": {},
  "PUT /api/filters/:id": {
    of: "filter",
    send: () => ({ body: { name: uuidv7(), filter: {} } }),
    but: ownOrNew,
  },
  "DELETE /api/filters/:id": { of: "filter" },
};
