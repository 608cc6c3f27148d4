import type { Deps } from "../deps.ts";
import type { Asks } from "./copilot.ts";
import { askQueries } from "./queries.ts";

/** Asks in the database; the call's board learns that the copilot helped. */
export function createAsks({ store, bus }: Deps): Asks {
  const queries = askQueries(store);
  return {
    async record(ask) {
      await queries.add(ask);
      if (ask.callId !== null) bus.publish({ kind: "call", agentId: ask.agentId, callId: ask.callId });
    },
  };
}
