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

/**
 * SSE events of GET /api/live. Each carries whole things, so a lost one heals with the next. What changed comes at most
 * four times a second, `stats` once; a comment with the instant at which they were read follows those that go together.
 */
export type LiveEvent =
  | { event: "snapshot"; data: Snapshot }
  | { event: "agent"; data: AgentRow }
  | { event: "call"; data: Call }
  | { event: "stats"; data: Stats }
  | { event: "recording"; data: Recording };
