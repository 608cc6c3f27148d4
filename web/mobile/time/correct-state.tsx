import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentDay, DeclaredState, PauseReason } from "#contract";
import { t } from "../../i18n/index.ts";
import { time as texts } from "../../i18n/time.ts";
import { officeApi } from "../../office.ts";
import { Choice, Field } from "../../ui/field.tsx";
import { timeOfDay } from "../../ui/format.ts";
import { uuidv7 } from "../../ui/uuid.ts";
import { useWork } from "../../ui/work.ts";
import { instantAt } from "../../ui/zoned.ts";
import { CorrectionForm } from "./correct-form.tsx";

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
  const submit = ({ reason = "", since = "", why = "" }: Record<string, string>): void => {
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
    <CorrectionForm of="state" problem={problem} busy={busy} submit={submit} cancel={cancel}>
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
    </CorrectionForm>
  );
};
