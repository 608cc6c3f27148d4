import type { Job } from "#contract";
import { exports as texts } from "../../i18n/exports.ts";
import { language, t } from "../../i18n/index.ts";
import { jobFile, underWay } from "../../jobs.ts";
import { count, dayAndMonth } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { JobBar } from "../../ui/job-bar.tsx";
import { MoreIcon } from "../../ui/more-icons.tsx";

/** `0,3 MB`; a small one in kB, because a file of 0 MB would be empty. */
function size(bytes: number): string {
  const [unit, name] = bytes < 1e5 ? [1e3, "kB"] : [1e6, "MB"];
  return `${(bytes / unit).toLocaleString(language, { maximumFractionDigits: bytes < 1e5 ? 0 : 1 })}\u00a0${name}`;
}

const told = ({ state, error, bytes, expiresAt, done, total, by }: Job): string => {
  if (state === "queued") return texts.queued;
  if (state === "running") return texts.running(count(done), total === null ? null : count(total));
  if (state === "cancelled") return texts.cancelled;
  if (state === "failed") return error === "forbidden" ? texts.forbidden : texts.failed;
  const ready = texts.ready(size(bytes ?? 0), dayAndMonth((expiresAt ?? "").slice(0, 10)));
  return by === null ? ready : texts.readyBy(ready, by);
};

/** One export: how far it is and a way out, or its file and until when there is one. What others made stays theirs. */
const Made = ({ job, drop }: { job: Job; drop: () => void }) => {
  const name = job.fileName ?? "";
  const running = underWay(job);
  return (
    <div data-job={job.id} data-state={job.state}>
      <span class="grow">
        <span>{name}</span>
        <span class="sm soft" role="status">
          {told(job)}
        </span>
        {running ? <JobBar key="bar" job={job} label={name} /> : null}
      </span>
      {job.state === "done" ? (
        <a
          key="get"
          class="btn icon"
          href={jobFile(job.id)}
          download={name}
          aria-label={texts.download(name)}
        >
          <Icon name="download" />
        </a>
      ) : null}
      {job.by === null ? (
        <button
          key="drop"
          type="button"
          class="btn icon"
          aria-label={running ? `${t.cancel}: ${name}` : texts.remove(name)}
          onClick={drop}
        >
          {running ? <Icon name="close" /> : <MoreIcon name="remove" />}
        </button>
      ) : null}
    </div>
  );
};

/** The person's exports, and their teams' reports, newest first. */
export const MadeList = ({ jobs, drop }: { jobs: Job[]; drop: (id: string) => void }) =>
  jobs.length === 0 ? (
    <p class="soft sm">{texts.none}</p>
  ) : (
    <div class="rows made">
      {jobs.map((job) => (
        <Made key={job.id} job={job} drop={() => drop(job.id)} />
      ))}
    </div>
  );
