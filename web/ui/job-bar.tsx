import type { Job } from "#contract";
import { shareDone } from "../jobs.ts";
import "./progress.css";

/** How far a job is: empty until that is known. */
export const JobBar = ({ job, label }: { job: Job; label: string }) => (
  <progress aria-label={label} value={shareDone(job) ?? undefined} />
);
