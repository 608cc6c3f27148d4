import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Job, JobKind, Page } from "#contract";
import { ApiError, json, request } from "./api.ts";
import { useWork } from "./ui/work.ts";

/** From an answer to the next question, in ms. */
const LOOK_MS = 700;

/** What the server does meanwhile for this person: exports, ZIPs, expedientes and erasures. */
export const jobsApi = {
  /** Newest first. */
  all: async (kind: JobKind) => (await json<Page<Job>>("GET", `/api/jobs?kind=${kind}`)).items,
  /** Null for one that is there no more. */
  one: (id: string) =>
    json<Job>("GET", `/api/jobs/${id}`).catch((error: unknown) => {
      if (error instanceof ApiError && error.problem.status === 404) return null;
      throw error;
    }),
  /** Cancels one that runs; one that has ended goes with its file. */
  drop: (id: string) => request("DELETE", `/api/jobs/${id}`),
};

/** Where the browser takes a job's file from. */
export const jobFile = (id: string): string => `/api/jobs/${id}/file`;
export const underWay = ({ state }: Job): boolean => state === "queued" || state === "running";
/** What part is done, 0 to 1; null while that cannot be known. */
export const shareDone = ({ state, done, total }: Job): number | null =>
  state === "running" && total !== null && total > 0 ? done / total : null;

/** Asks again as long as something goes on, also after an answer that did not come. */
function useLooking<T>(now: T, goesOn: boolean, look: () => Promise<T>, put: (next: T) => void): void {
  const [missed, setMissed] = useState(0);
  useLayoutEffect(() => {
    if (!goesOn) return undefined;
    // an answer about what is no longer followed is not taken
    let followed = true;
    const wait = setTimeout(
      () =>
        void look().then(
          (next) => followed && put(next),
          () => followed && setMissed(missed + 1),
        ),
      LOOK_MS,
    );
    return () => {
      followed = false;
      clearTimeout(wait);
    };
  }, [now, missed]);
}

/** One job that one waits for, and what the server says against a deed with it. */
export function useJob() {
  const { busy, problem, work } = useWork();
  const [job, follow] = useState<Job | null>(null);
  const running = job !== null && underWay(job);
  useLooking(job, running, async () => job && jobsApi.one(job.id), follow);
  return {
    job,
    running,
    busy,
    problem,
    work,
    follow,
    /** Resolves to whether it could be asked for. */
    start: (ask: () => Promise<Job>): Promise<boolean> => work(async () => follow(await ask())),
    /** Stops it, or takes away what came of it. */
    drop: (): Promise<boolean> =>
      work(async () => {
        if (job) await jobsApi.drop(job.id);
        follow(null);
      }),
  };
}

/** This person's jobs of a kind, newest first; null until they are known. */
export function useJobs(kind: JobKind) {
  const { busy, problem, work } = useWork();
  const [jobs, put] = useState<Job[] | null>(null);
  const look = (): Promise<Job[]> => jobsApi.all(kind);
  useLooking<Job[] | null>(jobs, jobs?.some(underWay) ?? false, look, put);
  const after = (deed: () => Promise<unknown>): Promise<boolean> =>
    work(async () => {
      await deed();
      put(await look());
    });
  useLayoutEffect(() => void after(async () => undefined), []);
  return {
    jobs,
    busy,
    problem,
    start: (ask: () => Promise<Job>): Promise<boolean> => after(ask),
    drop: (id: string): Promise<boolean> => after(() => jobsApi.drop(id)),
  };
}
