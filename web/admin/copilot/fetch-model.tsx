import { useState } from "hono/jsx/dom";
import type { Pull } from "#contract";
import { isRunning, loadCopilot, putPull } from "../../copilot.ts";
import { t } from "../../i18n/index.ts";
import { house } from "../../i18n/house.ts";
import { Field, valuesOf } from "../../ui/field.tsx";
import { count } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { pullState } from "../../ui/pull.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { adminApi } from "../api.ts";
import { useWork } from "../../ui/work.ts";

const megabytes = (bytes: number): string => count(Math.round(bytes / 1e6));

const Progress = ({ pull }: { pull: Pull }) => {
  const { busy, problem, work } = useWork();
  const stop = (): Promise<boolean> =>
    work(async () => {
      await adminApi.stopPull(pull.model);
      await loadCopilot();
    });
  return (
    <li class="pull" data-pull={pull.model} data-step={pull.step}>
      <span class="h sb">
        <span class="b cut">{pull.model}</span>
        <span
          class={`sm nw ${pull.step === "failed" ? "bad" : pull.step === "done" ? "ok" : "soft"}`}
          role="status"
        >
          {pullState(pull)}
        </span>
      </span>
      {isRunning(pull) ? (
        <span key="running" class="h">
          <span class="grow">
            <progress
              max={pull.total || 1}
              value={pull.total === 0 ? undefined : pull.completed}
              aria-label={house.copilot.progress(pull.model)}
            />
            <span class="xs faint">
              {pull.total === 0
                ? t.none
                : house.copilot.amount(megabytes(pull.completed), megabytes(pull.total))}
            </span>
          </span>
          <button
            type="button"
            class="btn"
            disabled={busy}
            aria-label={house.copilot.stopPull(pull.model)}
            onClick={() => void stop()}
          >
            {t.cancel}
          </button>
        </span>
      ) : null}
      {pull.hint === null ? null : (
        <p key="hint" class="sm soft">
          {pull.hint}
        </p>
      )}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </li>
  );
};

/** Another model by its name, and those that are on their way. */
export const FetchModel = ({ pulls }: { pulls: Pull[] }) => {
  const { busy, problem, work } = useWork();
  const [asked, setAsked] = useState(0);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { model = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    const done = await work(async () => putPull(await adminApi.pull(model)));
    if (done) setAsked(asked + 1);
  };
  return (
    <section class="card stacked">
      <header class="tight">
        <h2>{house.copilot.fetch}</h2>
      </header>
      <p class="soft sm">{house.copilot.fetchText}</p>
      <form key={asked} class="beside" onSubmit={(event: Event) => void submit(event)}>
        <Field
          name="model"
          label={house.copilot.name}
          hint={house.copilot.nameHint}
          maxLength={120}
          problem={problem}
        />
        <button type="submit" class="btn primary" disabled={busy}>
          <Icon name="download" small />
          {house.copilot.fetchAction}
        </button>
      </form>
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      <ul key="pulls" class="pulls">
        {pulls.map((pull) => (
          <Progress key={pull.model} pull={pull} />
        ))}
      </ul>
    </section>
  );
};
