import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Job, LibraryFilter } from "#contract";
import { useWork } from "../../../ui/work.ts";
import { library } from "../api.ts";

const EVERY_MS = 1000;
const runs = (job: Job | null): boolean => job?.state === "queued" || job?.state === "running";

/** The newest ZIP that this person asked for, wherever that was: it goes on while one is elsewhere. */
export function useZip(allowed: boolean) {
  const [job, setJob] = useState<Job | null>(null);
  const { busy, problem, work } = useWork();
  useLayoutEffect(() => {
    if (!allowed) return;
    library.zips().then(
      ([newest]) => {
        if (newest && newest.state !== "cancelled") setJob(newest);
      },
      // none is shown, and a new one can be asked for
      () => undefined,
    );
  }, [allowed]);
  useLayoutEffect(() => {
    if (!job || !runs(job)) return undefined;
    const look = (): void =>
      void library.job(job.id).then(setJob, () => {
        // the next look tells whether it is still there
        setJob((now) => now && { ...now });
      });
    const wait = setTimeout(look, EVERY_MS);
    return () => clearTimeout(wait);
  }, [job]);
  const start = (filter: LibraryFilter): Promise<boolean> =>
    work(async () => setJob(await library.zip(filter)));
  /** Stops it, or takes away what came of it. */
  const remove = (): Promise<boolean> =>
    work(async () => {
      if (job) await library.cancelJob(job.id);
      setJob(null);
    });
  return { job, running: runs(job), busy, problem, start, remove };
}
export type Zip = ReturnType<typeof useZip>;
