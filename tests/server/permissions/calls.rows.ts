import { callEnd, callStart } from "../../support/server.ts";
import { contentDigest } from "../../support/wav.ts";
import { IN_TRASH, NOON, OWNED, type Named, type Rows, type Sent } from "./table.ts";

const TAKEN = [409, 409, 409, "ok"] as const;

const part = ({ wav }: Named): Sent => {
  const bytes = (wav?.bytes ?? new Uint8Array(1)) as Uint8Array<ArrayBuffer>;
  return { body: bytes, headers: contentDigest(bytes) };
};

/** Calls, their recordings and what was said in them. */
export const callRows: Rows = {
  // another call under an id that is there, whoever has it
  "POST /api/calls/start": {
    of: "call",
    send: ({ id }) => ({ body: callStart(NOON, { id }) }),
    but: { device: TAKEN, adminPc: TAKEN },
  },
  "POST /api/calls/end": {
    of: "openCall",
    send: ({ id }) => ({ body: callEnd(callStart(NOON, { id })) }),
  },
  "GET /api/calls": { lists: "call", send: () => ({ query: "limit=200" }) },
  "GET /api/calls/callbacks": { lists: "call" },
  "GET /api/calls/:id": { of: "call" },
  "GET /api/calls/:id/corrections": { of: "call" },
  "PATCH /api/calls/:id": {
    of: "call",
    send: () => ({ body: { saleAmount: null, why: "Se anuló" } }),
    but: { executive: OWNED },
  },
  "POST /api/agents/me/capture": {
    of: "openCall",
    send: ({ id }) => ({ body: { callId: id, agent: "ok", customer: "ok" } }),
  },
  "PUT /api/recordings/:callId/parts/:n": { of: "openCall", send: part },
  "GET /api/recordings/:callId/parts": { of: "openCall" },
  "POST /api/recordings/:callId": {
    of: "openCall",
    send: ({ wav }) => ({ body: { parts: 1, metadata: wav?.metadata } }),
  },
  "GET /api/recordings/:callId/audio": [
    { of: "call" },
    { of: "call", send: () => ({ query: "download=1" }) },
    IN_TRASH,
  ],
  "GET /api/recordings/:callId/peaks": [{ of: "call" }, IN_TRASH],
  "GET /api/recordings/:callId/metadata": [{ of: "call" }, IN_TRASH],
  "GET /api/transcripts/word-errors": {},
  "POST /api/transcripts/:callId": {
    of: "openCall",
    send: () => ({
      body: {
        engine: "vosk",
        model: "es",
        lines: [{ n: 0, side: "agent", text: "hola", fromMs: 0, toMs: 90 }],
      },
    }),
  },
  "GET /api/transcripts/:callId": { of: "call" },
  "PATCH /api/transcripts/:callId/lines/:n": {
    of: "call",
    send: () => ({ body: { text: "es caro" } }),
    but: { executive: OWNED, admin: OWNED },
  },
};
