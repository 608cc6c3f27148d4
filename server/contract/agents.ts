import { z } from "zod";
import { id, instant, line, rate } from "./common.ts";

/** What an agent can declare; `on_call` and `wrap_up` follow from the calls. */
export const declaredState = z.enum(["available", "paused", "offline"]);
export type DeclaredState = z.infer<typeof declaredState>;
export const agentState = z.enum(["available", "paused", "offline", "on_call", "wrap_up"]);
export type AgentState = z.infer<typeof agentState>;

/** A pause needs its reason before it begins; other states have none. `at` is the tray's instant, else now. */
export const stateInput = z
  .object({ state: declaredState, reason: line(80).optional(), at: instant.optional() })
  .refine(({ state, reason }) => state !== "paused" || reason !== undefined, {
    path: ["reason"],
    message: "a pause needs a reason",
  });
export type StateInput = z.infer<typeof stateInput>;

/**
 * Whether one side of a call is really recorded. `missing`: no sound comes; `wrong_device`: the call is on another
 * one; `silent`: a microphone that gives nothing at all, not even noise.
 */
export const captureState = z.enum(["ok", "muted", "missing", "wrong_device", "silent"]);
export type CaptureState = z.infer<typeof captureState>;
export const capture = z.object({ agent: captureState, customer: captureState });
export type Capture = z.infer<typeof capture>;
export const captureInput = capture.extend({
  callId: id,
  /** Seconds of either side that are lost so far. */
  gaps: z.number().min(0).max(1_000_000).default(0),
});
export type CaptureInput = z.input<typeof captureInput>;

/** One row of «Mi equipo»: who, in which state since when, and today's figures. */
export const agentRow = z.object({
  id,
  name: z.string(),
  team: z.string(),
  state: agentState,
  reason: z.string().nullable(),
  since: instant,
  /** The call in progress, if there is one. */
  callId: id.nullable(),
  contact: z.string().nullable(),
  /** Whether both sides of that call are recorded; null before its PC has told. */
  capture: capture.nullable(),
  /** Since when the capture is as it is. */
  captureSince: instant.nullable(),
  calls: z.int(),
  contacts: z.int(),
  sales: z.int(),
  successRate: rate,
  talkSeconds: z.int(),
  aiAsks: z.int(),
  /** Handling / (handling + ready) today, in seconds. */
  occupancy: rate,
});
export type AgentRow = z.infer<typeof agentRow>;
