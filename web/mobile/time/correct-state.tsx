import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentDay, DeclaredState, PauseReason } from "#contract";
import { t } from "../../i18n/index.ts";
import { time as texts } from "../../i18n/time.ts";
import { officeApi } from "../../office.ts";
import { Choice, Field, valuesOf } from "../../ui/field.tsx";
import { timeOfDay } from "../../ui/format.ts";
import { Trouble } from "../../ui/trouble.tsx";
import { uuidv7 } from "../../ui/uuid.ts";
import { useWork } from "../../ui/work.ts";
import { instantAt } from "../../ui/zoned.ts";

const DECLARED: DeclaredState[] = ["available", "paused", "offline"];

/** What is corrected, as it stands in the form at first; without `stateId` one that was forgotten. */
export type StateDraft = {
  stateId: string | null;
  state: DeclaredState;
  reason: string | null;
  since: string | null;
};

type Props = {
  day: AgentDay;
  draft: StateDraft;
  done: (day: AgentDay) => void;
  cancel: () => void;
};

/** Corrects what an agent declared, or adds what was forgotten, and why. */
export const CorrectState = ({ day, draft, done, cancel }: Props) => {
  const { busy, problem, work } = useWork();
  const [state, setState] = useState(draft.state);
  const [reasons, setReasons] = useState<PauseReason[]>([]);
  useLayoutEffect(() => {
    // without them the reason that stands there can still be kept
    officeApi.pauseReasons().then(setReasons, () => undefined);
  }, []);
  const names = [
    ...new Set([...(draft.reason === null ? [] : [draft.reason]), ...reasons.map(({ name }) => name)]),
  ];
  const submit = (event: Event): void => {
    event.preventDefault();
    const { reason = "", since = "", why = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    const body = {
      state,
      reason: state === "paused" ? reason : null,
      since: instantAt(day.day, since, day.timeZone),
      why,
    };
    void work(async () =>
      done(
        draft.stateId === null
          ? await officeApi.addState(day.agentId, { id: uuidv7(), ...body })
          : await officeApi.correctState(day.agentId, draft.stateId, body),
      ),
    );
  };
  return (
    <form class="card stacked" data-correct="state" onSubmit={submit}>
      <Choice
        name="state"
        label={texts.state}
        value={state}
        options={DECLARED.map((one) => [one, t.state[one]])}
        choose={(value) => setState(value as DeclaredState)}
      />
      {state === "paused" ? (
        <Choice
          key={`reason ${names.length}`}
          name="reason"
          label={texts.reason}
          value={draft.reason ?? ""}
          options={names.map((name) => [name, t.pause(name)])}
        />
      ) : null}
      <Field
        key="since"
        name="since"
        type="time"
        label={texts.since}
        value={draft.since === null ? "" : timeOfDay(draft.since, day.timeZone)}
        problem={problem}
      />
      <Field
        key="why"
        name="why"
        label={texts.why}
        hint={texts.whyHint}
        maxLength={200}
        problem={problem}
        focus
      />
      {problem ? <Trouble key="problem" problem={problem} /> : null}
      <div key="buttons" class="h">
        <button type="button" class="btn" onClick={cancel}>
          {t.cancel}
        </button>
        <button type="submit" class="btn primary grow" disabled={busy}>
          {texts.save}
        </button>
      </div>
    </form>
  );
};
