import { z } from "zod";
import { id, instant, line, rate } from "./common.ts";

/** What an agent can declare; `on_call` and `wrap_up` follow from the calls. */
export const declaredState = z.enum(["available", "paused", "offline"]);
export const agentState = z.enum(["available", "paused", "offline", "on_call", "wrap_up"]);
export type AgentState = z.infer<typeof agentState>;

export const stateInput = z.object({ state: declaredState, reason: line(80).optional() });
export type StateInput = z.infer<typeof stateInput>;

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
  calls: z.int(),
  sales: z.int(),
  successRate: rate,
  talkSeconds: z.int(),
  aiAsks: z.int(),
});
export type AgentRow = z.infer<typeof agentRow>;
