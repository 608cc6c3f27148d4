import type { Job, Me } from "#contract";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { jobFile, shareDone } from "../../../jobs.ts";
import { share } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { JobBar } from "../../../ui/job-bar.tsx";
import { Trouble } from "../../../ui/trouble.tsx";
import { momentOf, size } from "../words.ts";
import type { Zip } from "./zip.ts";
import "./zip.css";

const Running = ({ job }: { job: Job }) => {
  const part = shareDone(job);
  return (
    <div class="grow">
      <p class="b sm" role="status">
        {part === null ? texts.zipWaiting : texts.zipBusy(share(part))}
      </p>
      <JobBar job={job} label={texts.zipTitle} />
      <p class="xs soft">
        {part === null ? "" : `${texts.zipOf(size(job.done), size(job.total ?? 0))}. `}
        {texts.zipKeeps}
      </p>
    </div>
  );
};

const Ready = ({ job, me }: { job: Job; me: Me }) => (
  <div class="grow">
    <p class="b sm cut" role="status">
      {job.fileName ?? texts.zipShort}
    </p>
    <p class="xs soft">
      {job.expiresAt
        ? texts.zipUntil(size(job.bytes ?? 0), momentOf(job.expiresAt, me.timeZone))
        : size(job.bytes ?? 0)}
    </p>
  </div>
);

/** How far the ZIP is, and then the ZIP. It stays at the list's foot, in sight. */
export const ZipState = ({ zip, me }: { zip: Zip; me: Me }) => {
  const { job, running, busy, problem, drop } = zip;
  if (!job)
    return problem ? (
      <div class="card zip">
        <Trouble problem={problem} />
      </div>
    ) : null;
  return (
    <section class="card zip" data-zip={job.state} aria-label={texts.zipTitle}>
      <div class="h">
        {running ? (
          <Running key="running" job={job} />
        ) : job.state === "done" ? (
          <Ready key="done" job={job} me={me} />
        ) : (
          <p key="failed" class="grow sm bad" role="alert">
            {texts.zipFailed}
          </p>
        )}
        {job.state === "done" ? (
          <a key="take" class="btn primary" href={jobFile(job.id)} download aria-label={texts.zipTake}>
            <Icon name="download" small />
            {texts.zipShort}
          </a>
        ) : null}
        <button
          type="button"
          class="btn icon"
          aria-label={running ? texts.zipStop : texts.zipAway}
          title={running ? texts.zipStop : texts.zipAway}
          disabled={busy}
          data-zip-stop
          onClick={() => void drop()}
        >
          <Icon name="close" />
        </button>
      </div>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </section>
  );
};
