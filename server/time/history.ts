import type { TimeQueries } from "./queries.ts";
import { CALL_REACH_MS, stretchesOf, type Declared, type StretchOf } from "./stretches.ts";

export type CallRow = Awaited<ReturnType<TimeQueries["callsFrom"]>>[number];
/** What happened to an agent, oldest first: their calls, and what they declared. */
export type History = { calls: CallRow[]; declared: Declared[] };

/** Reads what happened to an agent around `from`, in ms since 1970, and since. */
export type ReadHistory = (agentId: string, from: number) => Promise<History>;

export function readingHistory(queries: TimeQueries): ReadHistory {
  return async (agentId, from) => {
    const [calls, states] = await Promise.all([
      queries.callsFrom(agentId, new Date(from - CALL_REACH_MS), new Date(from)),
      queries.statesFrom(agentId, new Date(from)),
    ]);
    return { calls, declared: states.map((state) => ({ ...state, since: state.since.getTime() })) };
  };
}

/** Where the time of a history went, up to `until`. */
export const stretchesIn = ({ calls, declared }: History, until: number): StretchOf[] =>
  stretchesOf(
    declared,
    calls.map(({ id, startedAt, endedAt, outcome, wrapUpEndedAt }) => ({
      id,
      startedAt: startedAt.getTime(),
      endedAt: endedAt?.getTime() ?? null,
      answered: outcome === "answered",
      wrapUpEndedAt: wrapUpEndedAt?.getTime() ?? null,
    })),
    until,
  );
