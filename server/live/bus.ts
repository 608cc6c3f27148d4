/** A hint that something changed; never the data, which each board reads for its own scope. */
export type Hint =
  | { kind: "agent"; agentId: string }
  | { kind: "call"; agentId: string; callId: string; began?: true; ended?: true }
  | { kind: "recording"; agentId: string; callId: string };

/** Carries hints to all boards. A lost hint heals with the next one. */
export interface Bus {
  publish(hint: Hint): void;
  /** @returns how to stop listening */
  subscribe(listener: (hint: Hint) => void): () => void;
}

/** The bus of one process. */
export function memoryBus(): Bus {
  const listeners = new Set<(hint: Hint) => void>();
  return {
    publish: (hint) => {
      for (const listener of listeners) listener(hint);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
