import type { AgentRow } from "./agents.ts";
import type { Call } from "./calls.ts";
import type { Recording } from "./recordings.ts";
import type { Stats } from "./stats.ts";

/** First frame of GET /api/live: all that the board shows; later frames replace parts of it. */
export type Snapshot = {
  at: string;
  agents: AgentRow[];
  /** Calls in progress and the last ten that ended today, newest first. */
  calls: Call[];
  stats: Stats;
};

/** SSE frames of GET /api/live. Each carries whole things, so a lost frame heals with the next. */
export type LiveEvent =
  | { event: "snapshot"; data: Snapshot }
  | { event: "agent"; data: AgentRow }
  | { event: "call"; data: Call }
  | { event: "stats"; data: Stats }
  | { event: "recording"; data: Recording };
