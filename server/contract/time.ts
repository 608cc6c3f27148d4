import { z } from "zod";
import { agentState, declaredState } from "./agents.ts";
import { day, id, instant, line, seconds } from "./common.ts";
import { goals } from "./teams.ts";

/** What a correction changed, by field; instants as ISO 8601. */
export const correctedValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type CorrectedValues = z.infer<typeof correctedValues>;

/** What was there before a supervisor changed it, who did, when and why. */
export const correction = z.object({
  id,
  kind: z.enum(["call", "state"]),
  subjectId: id,
  before: correctedValues,
  after: correctedValues,
  why: z.string(),
  by: z.string(),
  at: instant,
});
export type Correction = z.infer<typeof correction>;

/** A stretch of an agent's time in one state. Stretches of a day follow each other without overlap. */
export const stretch = z.object({
  state: agentState,
  reason: z.string().nullable(),
  from: instant,
  /** Null while it goes on. */
  to: instant.nullable(),
  /** The declared state behind it, which a supervisor can correct; null for calls and wrap-ups. */
  stateId: id.nullable(),
  callId: id.nullable(),
  corrected: z.boolean(),
});
export type Stretch = z.infer<typeof stretch>;

/** An agent's day as agent and supervisor both see it. */
export const agentDay = z.object({
  agentId: id,
  day,
  timeZone: z.string(),
  stretches: z.array(stretch),
  /** Seconds in each state. */
  totals: z.record(agentState, seconds),
  /** Seconds of pause by reason. */
  pauses: z.array(z.object({ reason: z.string(), seconds })),
  goals,
  /** What the agent's team reached on average by this time of such a day, over four weeks; null where too few. */
  usual: z.object({ calls: z.number().nullable(), sales: z.number().nullable() }),
  callbacks: z.object({ due: z.int(), done: z.int() }),
  corrections: z.array(correction),
});
export type AgentDay = z.infer<typeof agentDay>;
export const agentDayQuery = z.object({ day: day.optional() });

/** A supervisor's correction of a declared state, or one that was forgotten. */
export const stateCorrection = z
  .object({ state: declaredState, reason: line(80).nullable(), since: instant })
  .partial()
  .extend({ why: line(200) });
export type StateCorrection = z.input<typeof stateCorrection>;
export const forgottenState = z.object({
  id,
  state: declaredState,
  reason: line(80).nullable().default(null),
  since: instant,
  why: line(200),
});
export type ForgottenState = z.input<typeof forgottenState>;

/** A reason for a pause (motivo); `productive` ones count as time at work. */
export const pauseReason = z.object({ name: line(40), productive: z.boolean() });
export type PauseReason = z.infer<typeof pauseReason>;
export const pauseReasons = z.object({ items: z.array(pauseReason).min(1).max(15) });
