import type { AgentRow, AgentState } from "#contract";

export type Urgency = "bad" | "warn" | null;

/** Minutes in a state from which someone should look (`warn`) and must act (`bad`). */
const limits: Record<AgentState, { warn: number; bad: number }> = {
  on_call: { warn: 10, bad: Infinity },
  available: { warn: 5, bad: Infinity },
  wrap_up: { warn: 2, bad: 4 },
  paused: { warn: 25, bad: 30 },
  offline: { warn: Infinity, bad: Infinity },
};

/** How much this agent needs somebody now, by the time in the state. */
export function urgencyOf({ state, since }: Pick<AgentRow, "state" | "since">, now: number): Urgency {
  const minutes = (now - Date.parse(since)) / 60_000;
  if (minutes >= limits[state].bad) return "bad";
  return minutes >= limits[state].warn ? "warn" : null;
}

const byUrgency: Urgency[] = ["bad", "warn", null];
const byState: AgentState[] = ["on_call", "available", "wrap_up", "paused", "offline"];

/** Exceptions first, then by state, then who has been in it for longest. */
export function sortedByUrgency(agents: AgentRow[], now: number): AgentRow[] {
  const rank = (agent: AgentRow): number =>
    byUrgency.indexOf(urgencyOf(agent, now)) * byState.length + byState.indexOf(agent.state);
  return agents.toSorted((a, b) => rank(a) - rank(b) || a.since.localeCompare(b.since));
}
