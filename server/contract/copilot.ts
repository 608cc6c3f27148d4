import { z } from "zod";
import { day, id, language, line } from "./common.ts";
import { objectionKind } from "./playbooks.ts";

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

/** The playbook's approved answer, its question at the end. `facts` are the only figures the model may use. */
export const card = z.object({
  id: z.string(),
  title: z.string(),
  kind: objectionKind,
  answer: z.string(),
  facts: z.array(z.string()),
  version: z.int(),
  approvedOn: day,
});
export type Card = z.infer<typeof card>;

/** What the customer said, while nobody asks. */
export const findInput = ask.pick({ text: true, context: true });
/** The approved answer to it, where one is sure. */
export const found = z.object({ card: card.nullable() });
export type Found = z.infer<typeof found>;

/** SSE `event: done`. Milliseconds from the ask. */
export const done = z.object({
  /** Feedback names it. */
  id,
  model: z.string(),
  firstTokenMs: z.number(),
  totalMs: z.number(),
  /** What of the text no fact supports: figures, dates, addresses, promises, forbidden words. */
  unverified: z.array(z.string()),
  /** The suggestion as it stands: cut at a sentence's end where the model went on for too long. */
  text: z.string(),
  /** The model answered in another language than it was asked in. */
  otherLanguage: z.boolean(),
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

/** A model that is being fetched. Bytes over all its layers. */
export const pull = z.object({
  model: z.string(),
  step: z.enum(["preparing", "downloading", "checking", "done", "failed"]),
  completed: z.number(),
  total: z.number(),
  hint: z.string().nullable(),
});
export type Pull = z.infer<typeof pull>;

export const copilotStatus = z.object({
  available: z.boolean(),
  /** The model that answers this person. */
  model: z.string(),
  /** Installed ones that stay in the company. */
  models: z.array(z.string()),
  /** Downloads that run, or ended in the last minutes. */
  pulls: z.array(pull),
  /** The objections on the keys 1 to 9. */
  objections: z.array(z.object({ key: z.int(), label: z.string(), text: z.string() })),
  language,
});
export type CopilotStatus = z.infer<typeof copilotStatus>;

export const statusQuery = z.object({
  /** The product of the call, so that the keys are its own. */
  context: z.string().trim().max(500).optional(),
});

/** A model's name as Ollama writes it. */
export const modelName = line(120).regex(
  /^\w[\w.-]*(\/\w[\w.-]*)*(:\w[\w.-]*)?$/,
  "a name such as llama3 or mistral:7b",
);
export const modelChoice = z.object({ model: modelName });
/** A model of Ollama's library: a third part would be the address of a server for Ollama to fetch from. */
export const pullChoice = z.object({
  model: modelName.regex(/^[^/]*(\/[^/]*)?$/, "a name of Ollama's library, without an address"),
});

/** What became of an ask, as its asker tells. Each field only once it is known. */
export const askFeedback = z
  .object({
    /** What was copied. */
    copied: z.enum(["approved", "ai"]),
    thumbs: z.enum(["up", "down"]).nullable(),
    /** Closed without copying. */
    dismissed: z.boolean(),
    /** Milliseconds from the question to the card on the screen. */
    shownMs: z.int().min(0).max(600_000),
  })
  .partial();
export type AskFeedback = z.infer<typeof askFeedback>;

/** `holdOut`: one call in ten, by chance, gets approved answers only, so that the model's use can be judged. */
export const copilotSettings = z.object({ model: modelName, holdOut: z.boolean() });
export type CopilotSettings = z.infer<typeof copilotSettings>;
export const copilotSettingsChange = copilotSettings.pick({ holdOut: true });
