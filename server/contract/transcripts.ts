import { z } from "zod";
import { id, instant, line, personalKind } from "./common.ts";

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
  text: line(2000),
  fromMs: offsetMs,
  toMs: offsetMs,
});
export type TranscriptLine = z.infer<typeof transcriptLine>;

/**
 * Lines of a call; sending one twice changes nothing. `engine` and `model` are those of the recogniser.
 * Send what a side said in the last half minute along with its new lines: a card number that was said in pieces
 * is then masked in all of them, also in those that are here already.
 */
export const transcriptInput = z.object({
  engine: line(40),
  model: line(120),
  lines: z
    .array(transcriptLine)
    .min(1)
    .max(200)
    .superRefine((lines, { addIssue }) => {
      const known = new Set<number>();
      for (const [i, { n, fromMs, toMs }] of lines.entries()) {
        if (known.has(n)) addIssue({ code: "custom", path: [i, "n"], message: "twice" });
        if (toMs < fromMs) addIssue({ code: "custom", path: [i, "toMs"], message: "before fromMs" });
        known.add(n);
      }
    }),
});
export type TranscriptInput = z.input<typeof transcriptInput>;

/** What personal data was masked in each line that was sent; the audio of those lines has it still. */
export const transcriptKept = z.object({
  lines: z.array(z.object({ n: z.int(), masked: z.array(personalKind) })),
});
export type TranscriptKept = z.infer<typeof transcriptKept>;

/** A line as people see it: masked, and corrected where somebody did. */
export const shownLine = transcriptLine.extend({
  /** Personal data that the text has masks for. */
  masked: z.array(personalKind),
  /** What the recogniser wrote, where a person corrected or confirmed it; null elsewhere. */
  original: z.string().nullable(),
  correctedAt: instant.nullable(),
});
export type ShownLine = z.infer<typeof shownLine>;

/**
 * Who spoke how much, from the lines' times alone; nothing of how anybody felt. Seconds; `talkRatio` is the agent's
 * share of all speech, null without any. A monologue is one side's speech with pauses of at most 2 s; the silence
 * is that between the first word and the last. server/transcripts/talk.ts defines the rest.
 */
export const talk = z.object({
  agentSeconds: z.number(),
  customerSeconds: z.number(),
  silenceSeconds: z.number(),
  talkRatio: z.number().nullable(),
  longestMonologueSeconds: z.number(),
  /** How often the agent began while the customer was speaking, with more than a «sí» or «ajá». */
  interruptions: z.int(),
});
export type Talk = z.infer<typeof talk>;

export const transcript = z.object({
  callId: id,
  /** Those of the recogniser that wrote last; null where nothing was written. */
  engine: z.string().nullable(),
  model: z.string().nullable(),
  /** By `n`. */
  lines: z.array(shownLine),
  talk: talk.nullable(),
});
export type Transcript = z.infer<typeof transcript>;

/** What was really said. The same text again confirms the line: it counts as one without errors. */
export const lineChange = z.object({ text: line(2000) });

/**
 * How good the recogniser is here, by the lines that people corrected or confirmed: `rate` is `errors / words`
 * (WER), null below 20 lines. An error is a word too many, one too few, or another one; `words` are those that
 * were really said. Capitals and punctuation do not count, accents do.
 */
export const wordErrors = z.object({
  lines: z.int(),
  words: z.int(),
  errors: z.int(),
  rate: z.number().nullable(),
});
export type WordErrors = z.infer<typeof wordErrors>;

export const lineNumber = z.coerce.number().int().min(0).max(100_000);
