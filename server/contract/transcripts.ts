import { z } from "zod";
import { id, instant } from "./common.ts";

/** Whose voice: the recording's left channel, or its right one. */
export const side = z.enum(["agent", "customer"]);
export type Side = z.infer<typeof side>;

/** Milliseconds from the beginning of the recording. */
export const offsetMs = z
  .int()
  .min(0)
  .max(86_400_000 * 7);

/** What somebody said in one go, as a recogniser wrote it. `n` counts the lines of a call, from 0, in the order in which they ended. */
export const transcriptLine = z.object({
  n: z.int().min(0).max(100_000),
  side,
  text: z.string().trim().min(1).max(2000),
  fromMs: offsetMs,
  toMs: offsetMs,
});
export type TranscriptLine = z.infer<typeof transcriptLine>;

/** Lines of a call in progress; sending one twice changes nothing. `engine` and `model` are those of the recogniser. */
export const transcriptInput = z.object({
  engine: z.string().max(40),
  model: z.string().max(120),
  lines: z.array(transcriptLine).min(1).max(200),
});
export type TranscriptInput = z.input<typeof transcriptInput>;

/** A line as people see it: masked, and corrected where somebody did. */
export const shownLine = transcriptLine.extend({
  /** What the recogniser wrote, where a person changed it; null elsewhere. */
  original: z.string().nullable(),
  correctedAt: instant.nullable(),
});
export type ShownLine = z.infer<typeof shownLine>;

/** Who spoke how much, from the lines' times. Seconds; `talkRatio` is the agent's share of all speech. */
export const talk = z.object({
  agentSeconds: z.number(),
  customerSeconds: z.number(),
  silenceSeconds: z.number(),
  talkRatio: z.number().nullable(),
  longestMonologueSeconds: z.number(),
  /** How often the agent began while the customer was speaking. */
  interruptions: z.int(),
});
export type Talk = z.infer<typeof talk>;

export const transcript = z.object({
  callId: id,
  model: z.string().nullable(),
  lines: z.array(shownLine),
  talk: talk.nullable(),
});
export type Transcript = z.infer<typeof transcript>;

export const lineChange = z.object({ text: z.string().trim().min(1).max(2000) });

/** How good the recogniser is here: errors on the lines that people corrected. `rate` is null below 20 of them. */
export const wordErrors = z.object({
  lines: z.int(),
  words: z.int(),
  errors: z.int(),
  rate: z.number().nullable(),
});
export type WordErrors = z.infer<typeof wordErrors>;
