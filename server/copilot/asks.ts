import type { AskFeedback } from "#contract";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { CopilotErrorCode } from "./texts.ts";
import type { AskEnd, CopilotQueries } from "./queries.ts";

/** One ask as it is kept: times in whole ms since the ask, and nothing of what was said. */
export type AskStart = {
  id: string;
  agentId: string;
  callId: string | null;
  cardId: string | null;
  cardVersion: number | null;
  model: string;
  heldOut: boolean;
  askedAt: Date;
};

/** `left`: the asker went away before the end. In the database `open` is one that has not ended, or never could. */
export type AskOutcome = "done" | "left" | CopilotErrorCode;

export type Asks = ReturnType<typeof createAsks>;

/** What became of each ask. The answer never waits for it; the call's board learns that the copilot helped. */
export function createAsks(queries: CopilotQueries, { bus, log }: Pick<Deps, "bus" | "log">) {
  return {
    /** Begins to keep an ask. Its end waits for that. */
    begin(ask: AskStart) {
      const begun = queries.add({ ...ask, outcome: "open" }).then(
        () => true,
        (cause: unknown) => (log.error("ask not kept", {}, cause), false),
      );
      return {
        async end(end: AskEnd & { outcome: AskOutcome }): Promise<void> {
          if (!(await begun)) return;
          await queries
            .end(ask, end)
            .catch((cause: unknown) => log.error("ask not kept", { outcome: end.outcome }, cause));
          if (ask.callId !== null) bus.publish({ kind: "call", agentId: ask.agentId, callId: ask.callId });
        },
      };
    },

    /** @throws not_found for an ask that is not the teller's */
    async tell(actor: Actor, id: string, feedback: AskFeedback): Promise<void> {
      if (Object.keys(feedback).length === 0) return;
      if (!(await queries.tell(id, actor.userId, feedback))) throw new AppError("not_found");
    },
  };
}
