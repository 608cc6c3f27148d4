import { z } from "zod";
import { capture } from "./agents.ts";
import { day, id, instant, line, lines, money, paging, seconds } from "./common.ts";
import { consent } from "./privacy.ts";
import { dispositionCode, dispositionKind } from "./dispositions.ts";

export const direction = z.enum(["inbound", "outbound"]);
export const source = z.enum(["softphone", "crm", "script", "menu", "microphone", "pbx"]);
export type Source = z.infer<typeof source>;
export const outcome = z.enum(["answered", "missed", "rejected", "failed"]);
export type Outcome = z.infer<typeof outcome>;
/** How a wrap-up ended: the agent said how the call went, changed state, took the next call, or the time was over. */
export const wrapUpEnd = z.enum(["agent", "state", "next_call", "timeout"]);
export type WrapUpEnd = z.infer<typeof wrapUpEnd>;

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
/** `record` false: the contact or the campaign is never recorded, and what was recorded meanwhile must go. */
export const callStarted = z.object({ id, record: z.boolean() });
export type CallStarted = z.infer<typeof callStarted>;

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
    disposition: dispositionCode.nullable(),
    saleAmount: money.nullable(),
    notes: lines(4000).nullable(),
    callbackAt: instant.nullable(),
    /** The customer was called back, or need not be. */
    callbackDone: z.boolean(),
    wrapUpEndedAt: instant,
    /** Why a supervisor corrects another person's call; kept with what was there before. */
    why: line(200),
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
  disposition: dispositionCode.nullable(),
  /** What its people call that disposition; null for a built-in one, which every language has a name for. */
  dispositionName: z.string().nullable(),
  dispositionKind: dispositionKind.nullable(),
  saleAmount: money.nullable(),
  notes: z.string().nullable(),
  callbackAt: instant.nullable(),
  callbackDoneAt: instant.nullable(),
  wrapUpEndedAt: instant.nullable(),
  wrapUpEndedBy: wrapUpEnd.nullable(),
  /** From the end of the call to that of its wrap-up; null while it goes on, and where nobody talked. */
  wrapUpSeconds: seconds.nullable(),
  contactId: id.nullable(),
  /** How many times the copilot answered during this call. */
  aiAsks: z.int(),
  recorded: z.boolean(),
  /** What its PC last told of the recording; null before that. */
  capture: capture.nullable(),
  /** A supervisor changed something of it afterwards. */
  corrected: z.boolean(),
  /** False where contact or campaign are never recorded. */
  mayRecord: z.boolean(),
  consent,
});
export type Call = z.infer<typeof call>;

export const callFilter = paging.extend({
  from: day.optional(),
  to: day.optional(),
  agent: id.optional(),
  disposition: dispositionCode.optional(),
  campaign: z.string().max(80).optional(),
  contactId: id.optional(),
});
