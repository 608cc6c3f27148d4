import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Backup, Job, KnownContact, Me, PersonFound, Problem } from "#contract";
import { loadRightsTexts, rights as texts } from "../../i18n/rights.ts";
import { jobFile, shareDone, useJob } from "../../jobs.ts";
import { Field, valuesOf } from "../../ui/field.tsx";
import { count, dayAndMonth, dayAt, length, share } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { JobBar } from "../../ui/job-bar.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";
import { contactsApi } from "./api.ts";
import { rightsApi } from "./rights-api.ts";

// whoever opens a contact waits for this module, so its words are there with it
await loadRightsTexts();

type Props = {
  contact: KnownContact;
  me: Me;
  put: (contact: KnownContact) => void;
  /** They are nowhere any more: only that is said. */ gone: boolean;
  erased: () => void;
};

/** What a person may ask for: not to be recorded, all that is kept of them, to be erased. */
export const Rights = ({ contact, me, put, gone, erased }: Props) => {
  const { busy, problem, work } = useWork();
  return (
    <section class="stacked" data-rights>
      <h2>{texts.title}</h2>
      {gone ? null : (
        <Switch
          key={String(contact.doNotRecord)}
          label={texts.doNotRecord}
          hint={texts.doNotRecordHint}
          checked={contact.doNotRecord}
          disabled={busy}
          toggle={(doNotRecord) =>
            void work(async () => put(await contactsApi.change(contact.id, { doNotRecord })))
          }
        />
      )}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      {me.role === "admin" && !gone ? <Gathering key="gather" contact={contact} /> : null}
      {me.role === "admin" ? <Erasing key="erase" contact={contact} me={me} erased={erased} /> : null}
    </section>
  );
};

const Progress = ({ job, label, stop }: { job: Job; label: string; stop?: () => void }) => {
  const part = shareDone(job);
  return (
    <div class="h" data-job={job.state}>
      <div class="grow">
        <p class="sm b" role="status">
          {label} {part === null ? "" : share(part)}
        </p>
        <JobBar job={job} label={label} />
      </div>
      {stop ? (
        <button type="button" class="btn icon" aria-label={texts.stop} onClick={stop}>
          <Icon name="close" />
        </button>
      ) : null}
    </div>
  );
};

/** «Expediente»: everything as one ZIP. */
const Gathering = ({ contact }: { contact: KnownContact }) => {
  const { job, running, busy, problem, start, drop } = useJob();
  return (
    <div class="stacked">
      <p class="hint">{texts.gatherText}</p>
      {job && running ? (
        <Progress key="progress" job={job} label={texts.gathering} stop={() => void drop()} />
      ) : null}
      {job?.state === "done" ? (
        <a key="file" class="btn primary" href={jobFile(job.id)} download>
          <Icon name="download" small />
          {texts.take}
        </a>
      ) : null}
      {job?.state === "failed" ? (
        <p key="failed" class="bad sm" role="alert">
          {texts.failed}
        </p>
      ) : null}
      {running || job?.state === "done" ? null : (
        <button
          key="gather"
          type="button"
          class="btn"
          disabled={busy}
          data-gather
          onClick={() => void start(() => rightsApi.gather({ contactId: contact.id }))}
        >
          {texts.gather}
        </button>
      )}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </div>
  );
};

/** The copies from before, with their end dates. */
const Backups = ({ me }: { me: Me }) => {
  const [backups, setBackups] = useState<Backup[]>([]);
  const { problem, work } = useWork();
  useLayoutEffect(() => void work(async () => setBackups(await rightsApi.backups())), []);
  if (problem) return <Trouble key="problem" problem={problem} />;
  return (
    <ul key={backups.length} data-backups>
      {backups.map(({ id, goesAt }) => (
        <li key={id}>{texts.backup(id, dayAndMonth(dayAt(new Date(goesAt), me.timeZone)))}</li>
      ))}
    </ul>
  );
};

/** Told at the field as what the server finds wrong with one. */
const wrongWord = (): Problem => {
  const detail = texts.wrongWord(texts.eraseWord);
  const errors = [{ path: "word", message: detail }];
  return { type: "about:blank", title: detail, status: 0, detail, code: "wrong_word", hint: "", errors };
};

/** What would go, a word that must be typed, and what came of it. */
const Erasing = ({ contact, me, erased }: { contact: KnownContact; me: Me; erased: () => void }) => {
  const { job, running, busy, problem, work, start } = useJob();
  const [found, setFound] = useState<PersonFound | null>(null);
  const [wrong, setWrong] = useState(false);
  const person = { contactId: contact.id };
  const ended = job?.state === "done";
  useLayoutEffect(() => {
    if (ended) erased();
  }, [ended]);
  const submit = (event: Event): void => {
    event.preventDefault();
    const { word = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    const right = word.toLocaleUpperCase() === texts.eraseWord;
    setWrong(!right);
    if (right) void start(() => rightsApi.erase(person));
  };
  if (ended)
    return (
      <div class="note" role="status" data-erased>
        <div class="grow">
          <p class="b">{texts.erased}</p>
          <p>{texts.erasedText}</p>
          <Backups key="backups" me={me} />
          <button
            type="button"
            class="btn"
            onClick={(event: MouseEvent) => (event.currentTarget as HTMLElement).closest("dialog")?.close()}
          >
            {texts.close}
          </button>
        </div>
      </div>
    );
  if (job && running) return <Progress job={job} label={texts.erasing} />;
  return (
    <div class="stacked">
      {found === null ? (
        <button
          key="look"
          type="button"
          class="btn danger"
          disabled={busy}
          data-erase
          onClick={() => void work(async () => setFound(await rightsApi.found(person)))}
        >
          {texts.erase}
        </button>
      ) : (
        <form key="sure" class="card stacked" onSubmit={submit} data-sure>
          <p class="b">{texts.sure}</p>
          <ul class="points">
            <li>{texts.calls(count(found.calls))}</li>
            <li>{texts.recordings(count(found.recordings), length(found.seconds))}</li>
            <li>{texts.words(count(found.transcriptLines), count(found.marks), count(found.clips))}</li>
            <li>{texts.exports}</li>
          </ul>
          {found.held.length > 0 ? (
            <div key="held" class="note" role="alert">
              <Icon name="warning" tone="warn" />
              <div class="grow">
                <p class="b">{texts.held(count(found.held.length))}</p>
                <ul>
                  {found.held.map(({ callId, startedAt, why }) => (
                    <li key={callId}>
                      {dayAndMonth(dayAt(new Date(startedAt), me.timeZone))}
                      {why ? ` · ${why}` : ""}
                    </li>
                  ))}
                </ul>
              </div>
            </div>
          ) : (
            <Field
              key="word"
              name="word"
              label={texts.typeWord(texts.eraseWord)}
              focus
              problem={wrong ? wrongWord() : null}
            />
          )}
          {job?.state === "failed" ? (
            <p key="failed" class="bad sm" role="alert">
              {texts.eraseFailed}
            </p>
          ) : null}
          <div class="h">
            <button type="button" class="btn" onClick={() => setFound(null)}>
              {texts.cancel}
            </button>
            <span class="grow" />
            {found.held.length > 0 ? null : (
              <button key="do" type="submit" class="btn danger" disabled={busy}>
                {texts.eraseNow}
              </button>
            )}
          </div>
        </form>
      )}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </div>
  );
};
