import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Behaviour } from "./behaviour.ts";
import type { Scheduler } from "./scheduler.ts";

/** A field that should be text. */
export const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** One request, and what became of it. */
export type Asked = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Parsed where it was JSON. */
  body: unknown;
  /** `left`: the client closed its socket before the end of the answer. */
  outcome: "open" | "answered" | "left";
  /** Tokens that went out. */
  tokens: number;
  /** Tokens of the prompt that a slot had in its prefix cache; null until one was free. */
  cachedTokens: number | null;
};

/** What a handler gets. */
export type Exchange = {
  asked: Asked;
  body: Record<string, unknown>;
  res: ServerResponse;
  /** Aborts when the client hangs up. */
  gone: AbortSignal;
  behaviour: Behaviour;
  scheduler: Scheduler;
};

/** An error that Ollama answers with this status and text. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Waits `ms`, or rejects as soon as the client is gone. */
export const pause = async (ms: number, gone: AbortSignal): Promise<void> => {
  gone.throwIfAborted();
  if (ms > 0) await sleep(ms, undefined, { signal: gone });
};

/** Resolves never; rejects when the client is gone. */
export async function silence(gone: AbortSignal): Promise<never> {
  gone.throwIfAborted();
  return new Promise((_, reject) =>
    gone.addEventListener("abort", () => reject(gone.reason), { once: true }),
  );
}
