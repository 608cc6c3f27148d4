import type { Child } from "hono/jsx/dom";
import type { Problem } from "#contract";
import { t } from "../../i18n/index.ts";
import { time as texts } from "../../i18n/time.ts";
import { Field, valuesOf } from "../../ui/field.tsx";
import { Trouble } from "../../ui/trouble.tsx";

type Props = {
  of: "call" | "state";
  problem: Problem | null;
  /** Nothing can be sent: something runs, or a choice is missing. */
  busy: boolean;
  /** Takes what is in the form, trimmed, `why` with it. */
  submit: (values: Record<string, string>) => void;
  cancel: () => void;
  children: Child;
};

/** What is put right stands in the children; every correction says why. */
export const CorrectionForm = ({ of, problem, busy, submit, cancel, children }: Props) => (
  <form
    class="card stacked"
    data-correct={of}
    onSubmit={(event: Event) => {
      event.preventDefault();
      submit(valuesOf(event.currentTarget as HTMLFormElement));
    }}
  >
    {children}
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
