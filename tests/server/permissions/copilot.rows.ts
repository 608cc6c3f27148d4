import type { Rows } from "./table.ts";

const card = { kind: "price", title: "Precio", objection: "Es caro", answer: "Lo entiendo." };
const product = { name: "Otro", language: "es", industry: "telecom", product: "Otro", about: ["otro"] };
let made = 0;
/** Executives have the figures; what is said to customers is not theirs. */
const noExecutive = { executive: 403 } as const;

/** The copilot and its playbooks. Ollama does not run here: what needs it says so, to those whom it lets in. */
export const copilotRows: Rows = {
  "POST /api/copilot/ask": [
    { send: () => ({ body: { text: "es muy caro" } }) },
    { of: "call", send: ({ id }) => ({ body: { text: "es muy caro", callId: id } }) },
  ],
  "POST /api/copilot/find": { send: () => ({ body: { text: "es muy caro" } }) },
  "POST /api/copilot/asks/:id": { of: "ask", send: () => ({ body: { thumbs: "up" } }) },
  "GET /api/copilot/status": {},
  "PUT /api/copilot/model": {
    send: () => ({ body: { model: "llama3" } }),
    but: { agent: 503, supervisor: 503, executive: 503, admin: 503, device: 503, panel: 503, adminPc: 503 },
  },
  "DELETE /api/copilot/history": {},
  "GET /api/copilot/settings": {},
  "PUT /api/copilot/settings": { send: () => ({ body: { holdOut: false } }) },
  "POST /api/copilot/pulls": { send: () => ({ body: { model: "mistral" } }) },
  "DELETE /api/copilot/pulls": { send: () => ({ query: "model=mistral" }) },
  "GET /api/playbooks": { but: noExecutive },
  "POST /api/playbooks": {
    send: () => ({
      body: {
        id: `otro-${++made}`,
        ...product,
      },
    }),
  },
  "POST /api/playbooks/try": { send: () => ({ body: { text: "es caro" } }), but: noExecutive },
  "POST /api/playbooks/import": {
    send: () => ({
      query: "check=true",
      headers: { "content-type": "application/yaml" },
      body: JSON.stringify({
        format: "callmanager-playbook/1",
        id: "nuevo",
        ...product,
        cards: [{ id: "precio", ...card }],
      }),
    }),
  },
  "GET /api/playbooks/:id": { of: "playbook", but: noExecutive },
  "PATCH /api/playbooks/:id": { of: "playbook", send: () => ({ body: { product: "Fibra" } }) },
  "GET /api/playbooks/:id/history": { of: "playbook", but: noExecutive },
  "GET /api/playbooks/:id/export": {
    of: "playbook",
    send: () => ({ query: "format=yaml" }),
    but: noExecutive,
  },
  "PUT /api/playbooks/:id/cards/:cardId": {
    of: "playbook",
    send: () => ({ body: { ...card, version: 0 } }),
    // its version is not the one that the sender saw
    but: { admin: [409, 409, 409, 404] },
  },
  "DELETE /api/playbooks/:id/cards/:cardId": { of: "playbook" },
};
