import type { Message } from "./ollama.ts";
import { realTimers, type Timers } from "./queue.ts";

/** One question and its answer, personal data masked already. */
export type Exchange = { said: string; answered: string };

/** What was said in one call with one agent's copilot. */
export type Conversation = {
  /** The messages that go before the next question: user and assistant by turns, a user's first, at most 14. */
  messages(): Message[];
  /** Adds an exchange. One with a blank half is not kept, nor is any once the conversation was forgotten. */
  append(exchange: Exchange): void;
};

export type HistoryOptions = {
  /** A conversation that nobody used for so long is forgotten, in ms. */
  idleMs?: number;
  /** Conversations that are kept; the one unused for longest goes first. */
  most?: number;
  timers?: Timers;
};

export type History = ReturnType<typeof createHistory>;

/** With the question that follows, 7 exchanges are a prompt of the last 15 messages. */
const MOST_EXCHANGES = 7;
/** With the question that follows, 4 exchanges are 9 messages. */
const KEPT_EXCHANGES = 4;

type Kept = Conversation & { agentId: string; callId: string | null; usedAt: number };

/**
 * What was said, in memory only. Between two cuts a conversation only grows at its end, because Ollama evaluates
 * a prompt only from where it differs from the last one: a window that slides would cost that at every question.
 */
export function createHistory({
  idleMs = 3_600_000,
  most = 1_000,
  timers = realTimers,
}: HistoryOptions = {}) {
  /** In the order of their last use. */
  const conversations = new Map<string, Kept>();
  let cancel: (() => void) | null = null;

  function used(key: string, kept: Kept): void {
    kept.usedAt = timers.now();
    conversations.delete(key);
    conversations.set(key, kept);
    cancel ??= timers.after(idleMs, forgetIdle);
  }

  function forgetIdle(): void {
    cancel = null;
    for (const [key, { usedAt }] of conversations) {
      const left = usedAt + idleMs - timers.now();
      if (left > 0) {
        cancel = timers.after(left, forgetIdle);
        return;
      }
      conversations.delete(key);
    }
  }

  function begin(key: string, agentId: string, callId: string | null): Kept {
    let exchanges: Exchange[] = [];
    const kept: Kept = {
      agentId,
      callId,
      usedAt: 0,
      messages: () =>
        exchanges.flatMap(({ said, answered }) => [
          { role: "user", content: said },
          { role: "assistant", content: answered },
        ]),
      append({ said, answered }) {
        if (conversations.get(key) !== kept || said.trim() === "" || answered.trim() === "") return;
        exchanges = [...exchanges, { said, answered }];
        if (exchanges.length > MOST_EXCHANGES) exchanges = exchanges.slice(-KEPT_EXCHANGES);
        used(key, kept);
      },
    };
    return kept;
  }

  function forget(matches: (kept: Kept) => boolean): void {
    for (const [key, kept] of conversations) if (matches(kept)) conversations.delete(key);
    if (conversations.size > 0) return;
    cancel?.();
    cancel = null;
  }

  return {
    /** The agent's conversation in this call, or outside any; begun if there is none. */
    of(agentId: string, callId: string | null): Conversation {
      const key = JSON.stringify([agentId, callId]);
      const kept = conversations.get(key) ?? begin(key, agentId, callId);
      used(key, kept);
      const [oldest] = conversations.keys();
      if (conversations.size > most && oldest !== undefined) conversations.delete(oldest);
      return kept;
    },

    /** Forgets all that this agent was told. */
    forgetAgent: (agentId: string): void => forget((kept) => kept.agentId === agentId),

    /** The call has ended: forgets what was said in it. */
    forgetCall: (callId: string): void => forget((kept) => kept.callId === callId),

    /** Forgets everything, and leaves no timer. */
    clear: (): void => forget(() => true),

    /** Conversations in memory. */
    get size() {
      return conversations.size;
    },
  };
}
