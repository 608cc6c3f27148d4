import { once } from "node:events";
import { parentPort, Worker } from "node:worker_threads";

type Task = { input: unknown };
type Told =
  | { told: unknown }
  | { done: unknown }
  | { failed: { message: string; stack: string | undefined } };
type Worked = { signal?: AbortSignal; told?: (what: unknown) => void; transfer?: ArrayBuffer[] };

/** How long a thread that has nothing to do is kept: to load its modules takes longer than many a task. */
const IDLE_MS = 120_000;

/**
 * Threads for work that would make everybody else wait. A thread does one task at a time; one that is aborted, or runs
 * out of its memory, is gone.
 * @param module what the threads run; it calls `works`
 * @param memoryMb the most that a thread's heap may take
 */
export function apart(module: URL, memoryMb: number) {
  const idle: { thread: Worker; going: NodeJS.Timeout }[] = [];
  const take = (): Worker => {
    const known = idle.pop();
    clearTimeout(known?.going);
    // a small nursery: what a row leaves behind is gone before it is moved
    const resourceLimits = { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16 };
    const thread = known?.thread ?? new Worker(module, { resourceLimits });
    thread.ref();
    return thread;
  };
  const keep = (thread: Worker): void => {
    thread.unref();
    const going = setTimeout(() => {
      idle.splice(
        idle.findIndex((one) => one.thread === thread),
        1,
      );
      void thread.terminate();
    }, IDLE_MS);
    going.unref();
    idle.push({ thread, going });
  };

  return {
    /**
     * Has a thread do something. `told` hears what it tells meanwhile; the thread waits for that.
     * @throws what the thread threw, what aborted it, or that it died
     */
    async run(input: unknown, { signal, told, transfer = [] }: Worked = {}): Promise<unknown> {
      signal?.throwIfAborted();
      const thread = take();
      const result = Promise.withResolvers<unknown>();
      const abort = (): void => result.reject(signal?.reason);
      signal?.addEventListener("abort", abort, { once: true });
      const died = (): void => result.reject(new Error("the thread ended"));
      const hear = (message: Told): void => {
        if ("done" in message) return result.resolve(message.done);
        if ("failed" in message) return result.reject(Object.assign(new Error(), message.failed));
        told?.(message.told);
        thread.postMessage("heard");
      };
      thread.on("error", result.reject).on("exit", died).on("message", hear);
      thread.postMessage({ input } satisfies Task, transfer);
      let whole = false;
      try {
        const done = await result.promise;
        whole = true;
        return done;
      } catch (error) {
        // what it says while it dies is nobody's concern any more
        thread.on("error", () => undefined);
        await thread.terminate();
        throw error;
      } finally {
        signal?.removeEventListener("abort", abort);
        thread.off("error", result.reject).off("exit", died).off("message", hear);
        if (whole) keep(thread);
      }
    },
    /** Ends the threads that have nothing to do. */
    async stop(): Promise<void> {
      await Promise.all(
        idle.splice(0).map(({ thread, going }) => {
          clearTimeout(going);
          return thread.terminate();
        }),
      );
    },
  };
}
export type Apart = ReturnType<typeof apart>;

/** What a thread does with each task; `tell` resolves once it was heard. */
export function works(
  work: (input: unknown, tell: (what: unknown) => Promise<void>) => Promise<unknown>,
): void {
  const port = parentPort;
  if (!port) throw new Error("this runs in a thread of its own");
  const say = (message: Told): void => port.postMessage(message);
  const tell = async (what: unknown): Promise<void> => {
    const heard = once(port, "message");
    say({ told: what });
    await heard;
  };
  port.on("message", (task: Task | "heard") => {
    if (task === "heard") return;
    work(task.input, tell).then(
      (done) => say({ done }),
      (error: Error) => say({ failed: { message: error.message, stack: error.stack } }),
    );
  });
}
