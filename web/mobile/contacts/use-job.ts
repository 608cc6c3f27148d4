import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Job } from "#contract";
import { rightsApi } from "./rights-api.ts";

const POLL_MS = 500;
const goesOn = ({ state }: Job): boolean => state === "queued" || state === "running";

/** A job that one waits for: asked for twice a second until it ends; a network that is away for a moment is waited for. */
export function useJob(): { job: Job | null; put: (job: Job | null) => void; running: boolean } {
  const [job, put] = useState<Job | null>(null);
  const running = job !== null && goesOn(job);
  useLayoutEffect(() => {
    if (!running) return () => undefined;
    // without an answer it is asked for again
    const again = setTimeout(() => void rightsApi.job(job.id).then(put, () => put({ ...job })), POLL_MS);
    return () => clearTimeout(again);
  }, [job]);
  return { job, put, running };
}
