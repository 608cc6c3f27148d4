/**
 * Work that is done again and again, once at a time; a failure is told, and the next time comes.
 * @param everyMs from one time to the next; one that takes longer leaves the next out
 */
export function sweeps(work: () => Promise<void>, everyMs: number, failed: (cause: unknown) => void) {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  const again = (): Promise<void> =>
    (running ??= work()
      .catch(failed)
      .finally(() => {
        running = null;
      }));
  return {
    /** Resolves when it has been done for the first time. */
    start(): Promise<void> {
      timer = setInterval(() => void again(), everyMs).unref();
      return again();
    },
    /** Resolves when what runs is done; nothing begins after that. */
    async stop(): Promise<void> {
      if (timer) clearInterval(timer);
      await running;
    },
  };
}
