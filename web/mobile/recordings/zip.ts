import { useLayoutEffect } from "hono/jsx/dom";
import type { LibraryFilter } from "#contract";
import { jobsApi, useJob } from "../../jobs.ts";
import { library } from "./api.ts";

/** The newest ZIP that this person asked for, wherever that was: it goes on while one is elsewhere. */
export function useZip(allowed: boolean) {
  const { start, follow, ...zip } = useJob();
  useLayoutEffect(() => {
    if (!allowed) return;
    jobsApi.all("recordings_zip").then(
      ([newest]) => {
        if (newest && newest.state !== "cancelled") follow(newest);
      },
      // none is shown, and a new one can be asked for
      () => undefined,
    );
  }, [allowed]);
  return { ...zip, start: (filter: LibraryFilter) => start(() => library.zip(filter)) };
}
export type Zip = ReturnType<typeof useZip>;
