import { z } from "zod";
import { id, language } from "./common.ts";

export const ask = z.object({
  /** Made by the asker, so that feedback can name it. */
  id: id.optional(),
  callId: id.optional(),
  /** What the customer said, or what the agent typed. */
  text: z.string().trim().min(1).max(2000),
  /** The product or campaign in words, e.g. «Internet Fibra Óptica 300Mbps». */
  context: z.string().trim().max(500).optional(),
});
export type Ask = z.input<typeof ask>;

/** The playbook's approved answer. `facts` are the only figures the model may use. */
export const card = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  answer: z.string(),
  facts: z.array(z.string()),
  version: z.int(),
  approvedOn: z.iso.date(),
});
export type Card = z.infer<typeof card>;

/** SSE `event: done`. Milliseconds from the ask; `unverified` are figures that no fact supports. */
export const done = z.object({
  model: z.string(),
  firstTokenMs: z.number(),
  totalMs: z.number(),
  unverified: z.array(z.string()),
});
export type Done = z.infer<typeof done>;

/** SSE `event: error`: the card, if there was one, stays the answer. */
export const askError = z.object({ code: z.string(), hint: z.string() });
export type AskError = z.infer<typeof askError>;

/** What `POST /api/copilot/ask` streams, in this order: card? token* (done | error). */
export type AskEvent =
  | { event: "card"; data: Card }
  | { event: "token"; data: { text: string } }
  | { event: "done"; data: Done }
  | { event: "error"; data: AskError };

export const copilotStatus = z.object({
  available: z.boolean(),
  model: z.string(),
  models: z.array(z.string()),
  /** The objections on the keys 1 to 9. */
  objections: z.array(z.object({ key: z.int(), label: z.string(), text: z.string() })),
  language,
});
export type CopilotStatus = z.infer<typeof copilotStatus>;
