import type { AskFeedback } from "#contract";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "../http/context.ts";
import type { CopilotErrorCode } from "./texts.ts";
import type { CopilotQueries, NewAsk } from "./queries.ts";

/** One ask as it is kept: nothing of what was said. */
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

/** `left`: the asker went away before the end. */
export type AskOutcome = "done" | "left" | CopilotErrorCode;
/** Times in whole ms since the ask; `firstTokenMs` is null when no token came. */
export type AskEnd = { firstTokenMs: number | null; totalMs: number; outcome: AskOutcome };

export type Asks = ReturnType<typeof createAsks>;

/** Rows wait so long for others, because each commit holds up every answer that is being streamed. */
const TOGETHER_MS = 100;

/** What became of each ask. The first token never waits for it; the call's board learns that the copilot helped. */
export function createAsks(queries: CopilotQueries, { bus, log }: Pick<Deps, "bus" | "log">) {
  /** Asks that have not ended, with what was told of them so far. */
  const running = new Map<string, { agentId: string; told: AskFeedback }>();
  let waiting: NewAsk[] = [];
  let written: Promise<void> | null = null;

  async function writeSoon(): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, TOGETHER_MS));
    const rows = waiting;
    waiting = [];
    written = null;
    await queries
      .add(rows)
      .catch((cause: unknown) => log.error("asks not kept", { count: rows.length }, cause));
    for (const { agentId, callId } of rows) if (callId) bus.publish({ kind: "call", agentId, callId });
  }

  return {
    begin(ask: AskStart) {
      const kept = { agentId: ask.agentId, told: {} as AskFeedback };
      running.set(ask.id, kept);
      return {
        /** It is safe a moment later; where that fails, it is logged. */
        end(end: AskEnd): void {
          if (running.get(ask.id) === kept) running.delete(ask.id);
          waiting.push({ ...ask, ...end, ...kept.told });
          written ??= writeSoon();
        },
      };
    },

    /** Resolves once all that has ended is written. */
    settled: async (): Promise<void> => void (await written),

    /** @throws not_found for an ask that is not the teller's */
    async tell(actor: Actor, id: string, feedback: AskFeedback): Promise<void> {
      const now = running.get(id);
      if (now?.agentId === actor.userId) return void Object.assign(now.told, feedback);
      await written;
      if (Object.keys(feedback).length === 0) return;
      if (!(await queries.tell(id, actor.userId, feedback))) throw new AppError("not_found");
    },
  };
}
