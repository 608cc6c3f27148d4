import { useLayoutEffect } from "hono/jsx/dom";
import type { CopilotStatus, Problem, Pull } from "#contract";
import { api, problemOf } from "./api.ts";
import { createStore, useStore } from "./ui/store.ts";

type Copilot = {
  /** Kept while the server is away. */
  status: CopilotStatus | null;
  problem: Problem | null;
};

const RETRY_MS = 5000;
const PULL_MS = 1000;
const copilot = createStore<Copilot>({ status: null, problem: null });
let turn = 0;

/** Asks for models, downloads and the keys of a call's product. Of several that run, the last one counts. */
export async function loadCopilot(context?: string): Promise<void> {
  const own = ++turn;
  try {
    const status = await api.copilotStatus({ context });
    if (own === turn) copilot.set({ status, problem: null });
  } catch (error) {
    if (own === turn) copilot.set({ ...copilot.get(), problem: problemOf(error) });
  }
}

/**
 * Another model for this person; an admin chooses for everybody.
 * @throws {ApiError} when it is not installed, or would leave the company
 */
export async function chooseModel(model: string): Promise<void> {
  const status = await api.chooseModel(model);
  // the answer knows no call, so its keys may be another product's
  const objections = copilot.get().status?.objections ?? status.objections;
  copilot.set({ status: { ...status, objections }, problem: null });
}

/** The list of downloads after one has been started. */
export function putPull(pull: Pull): void {
  const { status, problem } = copilot.get();
  if (status === null) return;
  const others = status.pulls.filter(({ model }) => model !== pull.model);
  copilot.set({ status: { ...status, pulls: [pull, ...others] }, problem });
}

export const isRunning = ({ step }: Pull): boolean => step !== "done" && step !== "failed";

/** Whether an installed name is the chosen one: Ollama writes `llama3` as `llama3:latest`. */
export const isModel = (installed: string, chosen: string): boolean =>
  installed === chosen || installed === `${chosen}:latest` || `${installed}:latest` === chosen;

/** The copilot's status for a call's product; while `watching`, downloads are followed. */
export function useCopilot(context: string | undefined, watching: boolean): Copilot {
  const state = useStore(copilot);
  const { status, problem } = state;
  useLayoutEffect(() => void loadCopilot(context), [context]);
  const running = watching && status?.pulls.some(isRunning) === true;
  const wait = status === null && problem !== null ? RETRY_MS : running ? PULL_MS : null;
  useLayoutEffect(() => {
    const timer = wait === null ? undefined : setTimeout(() => void loadCopilot(context), wait);
    return () => clearTimeout(timer);
  }, [state, wait, context]);
  return state;
}
