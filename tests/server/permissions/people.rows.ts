import { PASSWORD } from "../../support/server.ts";
import { ALL, type Rows } from "./table.ts";

let made = 0;
const newcomer = () => ({
  name: "Nueva",
  email: `nueva${++made}@example.com`,
  password: PASSWORD,
  role: "agent",
  team: "Norte",
  site: "Madrid",
});
const wrong = { nobody: 401, agent: 401, supervisor: 401, executive: 401, admin: 401 } as const;
const used = { device: 401, panel: 401, adminPc: 401 } as const;
const taken = (status: number) =>
  Object.fromEntries(Object.keys({ ...wrong, ...used }).map((who) => [who, status]));

/** Who somebody is, people, and PCs. */
export const peopleRows: Rows = {
  "GET /health": {},
  "GET /api/openapi.json": {},
  // what lets in is not there: the link is used up, the password wrong, the code unknown
  "POST /api/setup": {
    send: () => ({ body: { token: "x", name: "Ana", email: "a@example.com", password: PASSWORD } }),
    but: taken(409),
  },
  "POST /api/login": {
    send: () => ({ body: { email: "nadie@example.com", password: PASSWORD } }),
    but: taken(401),
  },
  "POST /api/pair": { send: () => ({ body: { code: "AAAA-AAAA", device: "PC" } }), but: taken(422) },
  "POST /api/logout": {},
  "GET /api/me": {},
  "GET /api/users": {},
  "POST /api/users": { send: () => ({ body: newcomer() }) },
  "PATCH /api/users/:id": { of: "agent", send: () => ({ body: { language: "es" } }) },
  "POST /api/pairing-codes": {
    of: "agent",
    send: ({ id }) => ({ body: { userId: id } }),
    but: {
      agent: ["ok", 403, 403, 403],
      supervisor: ["ok", 403, 403, 403],
      executive: ["ok", 403, 403, 403],
      admin: ALL,
      device: ["ok", 403, 403, 403],
      panel: ["ok", 403, 403, 403],
      adminPc: ["ok", 403, 403, 403],
    },
  },
  "POST /api/panel-tickets": {},
  "GET /api/teams": {},
  "PATCH /api/teams/:id": [
    {
      of: "team",
      send: () => ({ body: { goals: { calls: 10, sales: null } } }),
      but: { executive: 403 },
    },
    {
      of: "team",
      send: () => ({ body: { listening: true } }),
      but: { supervisor: [403, 403, 404, 404], executive: 403 },
    },
  ],
};
