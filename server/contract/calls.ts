import { z } from "zod";
import { capture } from "./agents.ts";
import { id, instant, line, money, paging, seconds } from "./common.ts";

export const direction = z.enum(["inbound", "outbound"]);
export const source = z.enum(["softphone", "crm", "script", "menu", "microphone", "pbx"]);
export type Source = z.infer<typeof source>;
export const outcome = z.enum(["answered", "missed", "rejected", "failed"]);
export type Outcome = z.infer<typeof outcome>;
/** Built-in dispositions (tipificaciones). */
export const disposition = z.enum(["sale", "follow_up", "not_interested", "no_answer", "other"]);
export type Disposition = z.infer<typeof disposition>;

/** Who is on the other side. A phone is kept as it was dialled. */
export const contact = z.object({
  name: line(120).optional(),
  phone: z
    .string()
    .trim()
    .max(40)
    .regex(/^[+0-9 ()./-]*$/, "digits, spaces and + ( ) . / -")
    .optional(),
});
export type Contact = z.infer<typeof contact>;

export const callStart = z.object({
  id,
  startedAt: instant,
  direction,
  contact: contact.default({}),
  campaign: line(80).optional(),
  source,
  externalId: line(200).optional(),
  /** The tray's own clock when it sent this; the server measures the offset with it. */
  sentAt: instant.optional(),
});
export type CallStart = z.input<typeof callStart>;

export const callEnd = z.object({
  id,
  endedAt: instant,
  answeredAt: instant.optional(),
  talkSeconds: seconds,
  holdSeconds: seconds.optional(),
  outcome,
});
export type CallEnd = z.input<typeof callEnd>;

export const callChange = z
  .object({
    disposition: disposition.nullable(),
    saleAmount: money.nullable(),
    notes: z.string().max(4000).nullable(),
    callbackAt: instant.nullable(),
    wrapUpEndedAt: instant,
  })
  .partial();
export type CallChange = z.input<typeof callChange>;

/** A call as everyone who may see it sees it. Instants are the server's, corrected by the tray's clock offset. */
export const call = z.object({
  id,
  agentId: id,
  agentName: z.string(),
  startedAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant.nullable(),
  direction,
  source,
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  campaign: z.string().nullable(),
  externalId: z.string().nullable(),
  outcome: outcome.nullable(),
  talkSeconds: seconds.nullable(),
  holdSeconds: seconds.nullable(),
  disposition: disposition.nullable(),
  saleAmount: money.nullable(),
  notes: z.string().nullable(),
  callbackAt: instant.nullable(),
  wrapUpEndedAt: instant.nullable(),
  /** How many times the copilot answered during this call. */
  aiAsks: z.int(),
  recorded: z.boolean(),
  /** What its PC last told of the recording; null before that. */
  capture: capture.nullable(),
});
export type Call = z.infer<typeof call>;

export const callFilter = paging.extend({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  agent: id.optional(),
  disposition: disposition.optional(),
});
