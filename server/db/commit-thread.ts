import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Outcome, Step } from "./group-commit.ts";

/** Commits in a thread of its own, with a connection of its own. It begins with the first commit; one at a time. */
export function commitThread(file: string) {
  let thread: Worker | null = null;
  const begin = (): Worker => {
    const begun = new Worker(new URL("./commit-worker.ts", import.meta.url), { workerData: { file } });
    const gone = (): void => {
      if (thread === begun) thread = null;
    };
    return begun.once("error", gone).once("exit", gone);
  };

  return {
    /** @throws where the thread ends meanwhile: nothing is known of these jobs then, and the next ones get a new thread */
    async commit(jobs: Step[][]): Promise<Outcome[]> {
      const writer = (thread ??= begin());
      // who waits for a commit keeps the process alive; an idle thread does not
      writer.ref();
      const ended = Promise.withResolvers<never>();
      const exit = (): void => ended.reject(new Error("the writing thread ended"));
      writer.once("exit", exit);
      try {
        const answer = once(writer, "message");
        writer.postMessage(jobs);
        const [outcomes] = (await Promise.race([answer, ended.promise])) as [Outcome[]];
        return outcomes.map(arrived);
      } finally {
        writer.off("exit", exit);
        writer.unref();
      }
    },
    async close(): Promise<void> {
      if (thread === null) return;
      const closed = once(thread, "message");
      thread.ref();
      thread.postMessage("close");
      await closed;
      await thread.terminate();
    },
  };
}

/** An error again, as it was thrown over there. */
const arrived = (outcome: Outcome): Outcome =>
  "error" in outcome ? { error: Object.assign(new Error(), outcome.error) } : outcome;
