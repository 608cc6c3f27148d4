import { Worker } from "node:worker_threads";
import type { Outcome, Step } from "./group-commit.ts";
import { packing } from "./parcels.ts";

/** Commits in a thread of its own, with a connection of its own. It begins with the first commit; one at a time. */
export function commitThread(file: string) {
  let thread: Worker | null = null;
  let pack = packing();
  const begin = (): Worker => {
    pack = packing();
    const begun = new Worker(new URL("./commit-worker.ts", import.meta.url), { workerData: { file } });
    const gone = (): void => {
      if (thread === begun) thread = null;
    };
    return begun.once("error", gone).once("exit", gone);
  };

  return {
    /** @throws what ended the thread meanwhile: nothing is known of these jobs then, and the next ones get a new thread */
    async commit(jobs: Step[][]): Promise<Outcome[]> {
      thread ??= begin();
      try {
        return ((await answerOf(thread, pack(jobs))) as Outcome[]).map(arrived);
      } catch (error) {
        // nobody knows which forms have arrived
        pack = packing();
        throw error;
      }
    },
    async close(): Promise<void> {
      if (thread === null) return;
      const closing = thread;
      await answerOf(closing, "close");
      await closing.terminate();
    },
  };
}

/**
 * One question, one answer. Who waits for it keeps the process alive; an idle thread does not.
 * @throws the error that the thread ended with, or that it ended
 */
async function answerOf(writer: Worker, question: unknown[] | "close"): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  // a thread's error and its end may come in one turn, the error first: the first to settle is what is told
  const ended = (): void => reject(new Error("the writing thread ended"));
  writer.ref();
  writer.once("message", resolve).once("error", reject).once("exit", ended);
  try {
    writer.postMessage(question);
    return await promise;
  } finally {
    writer.off("message", resolve).off("error", reject).off("exit", ended);
    writer.unref();
  }
}

/** An error again, as it was thrown over there. */
const arrived = (outcome: Outcome): Outcome =>
  "error" in outcome ? { error: Object.assign(new Error(), outcome.error) } : outcome;
