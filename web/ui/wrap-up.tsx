import type { Disposition } from "#contract";
import { t } from "../i18n/index.ts";
import { outcome as texts } from "../i18n/outcome.ts";
import { amountOf } from "./amount.ts";
import { OutcomeIcon, outcomeName } from "./disposition.tsx";
import { Field, valuesOf } from "./field.tsx";
import { dayAt } from "./format.ts";
import { OUTCOME_KEYS } from "./outcomes.ts";
import { Trouble } from "./trouble.tsx";
import { IN_HOURS, QUICK, TOMORROW_AT, type Quick, type WrappingUp } from "./use-wrap-up.ts";
import { daysAfter } from "./zoned.ts";
import "./keys.css";
import "./wrap-up.css";

type Props = { wrapUp: WrappingUp; keys?: boolean };

/** An outcome's own name, else the reader's language's. */
const nameOf = ({ code, name, kind }: Disposition): string =>
  outcomeName({ disposition: code, dispositionName: name, dispositionKind: kind });

const quickWords = (which: Quick): string =>
  ({
    tomorrow: texts.tomorrow(TOMORROW_AT),
    hours: texts.inHours(String(IN_HOURS)),
    date: texts.date,
    without: texts.without,
  })[which];

/** The key that does the same; upper case, as it stands on the keyboard. */
const Key = ({ n }: { n: number }) => <kbd class="for-keys">{OUTCOME_KEYS.charAt(n).toUpperCase()}</kbd>;

const Choices = ({ wrapUp, keys }: Props) => (
  <>
    <div class="keys big outcomes" role="group" aria-label={texts.choices}>
      {(wrapUp.outcomes ?? []).map((one, i) => (
        <button key={one.code} type="button" data-disposition={one.code} onClick={() => wrapUp.choose(one)}>
          {keys ? <Key n={i} /> : null}
          <OutcomeIcon of={one} />
          <span>{nameOf(one)}</span>
        </button>
      ))}
    </div>
    <label class="field">
      {texts.notes}
      <span class="in">
        <input
          name="notes"
          maxlength={4000}
          autocomplete="off"
          value={wrapUp.notes.current ?? ""}
          onInput={(event: Event) => (wrapUp.notes.current = (event.target as HTMLInputElement).value)}
        />
      </span>
    </label>
  </>
);

type FormProps = {
  wrapUp: WrappingUp;
  save: string;
  submit: (values: Record<string, string>) => void;
  children: unknown;
};

const Form = ({ wrapUp, save, submit, children }: FormProps) => (
  <form
    class="stacked"
    onSubmit={(event: Event) => {
      event.preventDefault();
      submit(valuesOf(event.currentTarget as HTMLFormElement));
    }}
  >
    <h3>{wrapUp.chosen ? nameOf(wrapUp.chosen) : ""}</h3>
    {children}
    <div class="h">
      <button type="button" class="btn" onClick={wrapUp.back}>
        {t.cancel}
      </button>
      <button type="submit" class="btn primary grow">
        {save}
      </button>
    </div>
  </form>
);

/** When to call back: three ways without typing, and a date. */
const When = ({ wrapUp, keys }: Props) => (
  <div class="stacked" data-when>
    <h3>{texts.callback}</h3>
    <div class="keys big outcomes" role="group" aria-label={texts.when}>
      {QUICK.map((which, i) => (
        <button key={which} type="button" data-quick={which} onClick={() => wrapUp.quick(which)}>
          {keys ? <Key n={i} /> : null}
          <span>{quickWords(which)}</span>
        </button>
      ))}
    </div>
    <button type="button" class="btn" onClick={wrapUp.back}>
      {t.cancel}
    </button>
  </div>
);

/** The outcomes as buttons, then what the chosen one asks for. `keys` shows the key that does the same. */
export const WrapUp = ({ wrapUp, keys }: Props) => (
  <div class="wrap-up">
    {wrapUp.step === "amount" ? (
      <Form
        key="amount"
        wrapUp={wrapUp}
        save={wrapUp.chosen?.kind === "sale" ? texts.saveSale : texts.save}
        submit={({ amount = "" }) => wrapUp.sell(amountOf(amount))}
      >
        <Field name="amount" label={texts.amount} required={false} inputMode="decimal" focus />
      </Form>
    ) : wrapUp.step === "callback" ? (
      <When key="when" wrapUp={wrapUp} keys={keys ?? false} />
    ) : wrapUp.step === "date" ? (
      <Form
        key="date"
        wrapUp={wrapUp}
        save={texts.save}
        submit={({ day = "", time = "" }) => wrapUp.callBackOn(day, time)}
      >
        <div class="h">
          <Field
            name="day"
            type="date"
            label={texts.day}
            value={daysAfter(dayAt(new Date(), wrapUp.timeZone), 1)}
            focus
          />
          <Field name="time" type="time" label={texts.time} value={TOMORROW_AT} />
        </div>
      </Form>
    ) : (
      <div key="choices" class="stacked">
        <Choices wrapUp={wrapUp} keys={keys ?? false} />
      </div>
    )}
    {wrapUp.problem ? <Trouble key="problem" problem={wrapUp.problem} /> : null}
  </div>
);
