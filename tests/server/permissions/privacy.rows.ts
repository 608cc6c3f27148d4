import { v7 as uuidv7 } from "uuid";
import type { Rows } from "./table.ts";

/** Consent, what is never recorded, and one person everywhere. */
export const privacyRows: Rows = {
  "GET /api/consent/wording": {},
  "PUT /api/consent/wording": {
    send: () => ({
      body: { es: "Esta llamada se graba. ¿Le parece bien?", en: "This call is recorded, is it fine?" },
    }),
  },
  "PUT /api/consent/calls/:callId": {
    of: "call",
    send: () => ({ body: { state: "given" } }),
    but: { executive: ["ok", 403, 403, 404] },
  },
  "GET /api/consent/settings": {},
  "PUT /api/consent/settings": { send: () => ({ body: { campaignsNotRecorded: [] } }) },
  "GET /api/persons": { of: "contact", send: ({ id }) => ({ query: `contactId=${id}` }) },
  // of nobody: what began here would go on while the other cells are tried
  "POST /api/persons/export": { send: () => ({ body: { contactId: uuidv7() } }), but: { admin: 404 } },
  "POST /api/persons/erase": { send: () => ({ body: { contactId: uuidv7() } }), but: { admin: 404 } },
};
