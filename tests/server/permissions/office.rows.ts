import { v7 as uuidv7 } from "uuid";
import { NONE, NOON, type Rows } from "./table.ts";

const TAKEN = [409, 409, 409, "ok"] as const;
const onlySupervisor = { executive: 403, admin: 403 } as const;
let made = 0;
const minute = { warn: 1, bad: 2 };

/** Figures, days, contacts, dispositions, alerts and the live board. */
export const officeRows: Rows = {
  "GET /api/stats": [
    {},
    { send: () => ({ query: "scope=me" }) },
    { of: "team", send: ({ team }) => ({ query: `scope=team:${team}` }) },
    { of: "team", send: ({ site }) => ({ query: `scope=site:${site}` }), but: { supervisor: NONE } },
  ],
  "GET /api/stats/trends": [{}, { of: "team", send: ({ team }) => ({ query: `scope=team:${team}` }) }],
  "GET /api/stats/metrics": {},
  "GET /api/stats/explain": [
    { of: "agent", send: ({ id }) => ({ query: `metric=calls&agent=${id}` }) },
    { of: "team", send: ({ team }) => ({ query: `metric=calls&scope=team:${team}` }) },
  ],
  "GET /api/stats/behind": [
    { lists: "call", send: () => ({ query: "metric=calls&limit=200" }) },
    { of: "agent", send: ({ id }) => ({ query: `metric=calls&agent=${id}` }) },
    { of: "team", send: ({ team }) => ({ query: `metric=calls&scope=team:${team}` }) },
  ],
  "POST /api/agents/me/state": { send: () => ({ body: { state: "available" } }) },
  "GET /api/agents/:id/day": { of: "agent" },
  "POST /api/agents/:id/states": {
    of: "agent",
    send: () => ({
      body: {
        id: uuidv7(),
        state: "available",
        since: new Date(NOON.getTime() - 9 * 3_600_000 + ++made * 1000).toISOString(),
        why: "Se olvidó",
      },
    }),
    but: onlySupervisor,
  },
  "PATCH /api/agents/:id/states/:stateId": {
    of: "state",
    send: () => ({ body: { state: "offline", why: "Se olvidó" } }),
    but: onlySupervisor,
  },
  "GET /api/agents/me/listening": {},
  "GET /api/agents/pause-reasons": {},
  "PUT /api/agents/pause-reasons": {
    send: () => ({ body: { items: [{ name: "Café", productive: false }] } }),
  },
  "GET /api/dispositions": {},
  "PUT /api/dispositions": { send: () => ({ body: { campaign: "Otoño", items: [] } }) },
  "GET /api/dispositions/campaigns": {},
  "GET /api/contacts": { lists: "contact", send: () => ({ query: "limit=200" }) },
  "POST /api/contacts": {
    of: "contact",
    send: ({ id }) => ({ body: { id, name: "Otra persona" } }),
    but: {
      agent: TAKEN,
      supervisor: TAKEN,
      executive: TAKEN,
      admin: TAKEN,
      device: TAKEN,
      panel: TAKEN,
      adminPc: TAKEN,
    },
  },
  "GET /api/contacts/file": [
    { lists: "contact", send: () => ({ query: "format=csv" }) },
    { lists: "contact", send: () => ({ query: "format=xlsx" }) },
  ],
  "POST /api/contacts/file": {
    of: "team",
    send: ({ team }) => ({
      query: `format=csv&check=true&team=${team}`,
      headers: { "content-type": "text/csv" },
      body: "Nombre,Teléfono\nRosa,600111222\n",
    }),
  },
  "GET /api/contacts/:id": { of: "contact" },
  "PATCH /api/contacts/:id": { of: "contact", send: () => ({ body: { notes: "Llamar por la tarde" } }) },
  "GET /api/alerts": {},
  "PUT /api/alerts/muted": { send: () => ({ body: { muted: [] } }) },
  "PUT /api/alerts/limits": {
    send: () => ({ body: { on_call: minute, available: minute, wrap_up: minute, paused: minute } }),
  },
  "GET /api/live": [{}, { of: "team", send: ({ team }) => ({ query: `scope=team:${team}` }) }],
};
