import type { Job, Me } from "#contract";
import { recordings as texts } from "../../../i18n/recordings.ts";
import { share } from "../../../ui/format.ts";
import { Icon } from "../../../ui/icon.tsx";
import { Trouble } from "../../../ui/trouble.tsx";
import { jobFile } from "../api.ts";
import { momentOf, size } from "../words.ts";
import type { Zip } from "./zip.ts";
import "./zip.css";

const Running = ({ job: { state, done, total } }: { job: Job }) => {
  const known = state === "running" && total !== null && total > 0;
  return (
    <div class="grow">
      <p class="b sm" role="status">
        {known ? texts.zipBusy(share(done / total)) : texts.zipWaiting}
      </p>
      <progress
        aria-label={texts.zipTitle}
        max={known ? total : 1}
        value={known ? done : 0}
        key={known ? "known" : "waiting"}
      />
      <p class="xs soft">
        {known ? `${texts.zipOf(size(done), size(total))}. ` : ""}
        {texts.zipKeeps}
      </p>
    </div>
  );
};

const Ready = ({ job, me }: { job: Job; me: Me }) => (
  <div class="grow">
    <p class="b sm cut" role="status">
      {texts.zipReady(job.fileName ?? texts.zipShort, size(job.bytes ?? 0))}
    </p>
    {job.expiresAt ? <p class="xs soft">{texts.zipUntil(momentOf(job.expiresAt, me.timeZone))}</p> : null}
  </div>
);

/** How far the ZIP is, and then the ZIP. It stays at the list's foot, in sight. */
export const ZipState = ({ zip, me }: { zip: Zip; me: Me }) => {
  const { job, running, busy, problem, remove } = zip;
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
          onClick={() => void remove()}
        >
          <Icon name="close" />
        </button>
      </div>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </section>
  );
};
