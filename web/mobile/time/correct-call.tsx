import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Call, Disposition } from "#contract";
import { api } from "../../api.ts";
import { t } from "../../i18n/index.ts";
import { time as texts } from "../../i18n/time.ts";
import { officeApi } from "../../office.ts";
import { amountOf } from "../../ui/amount.ts";
import { outcomeName } from "../../ui/disposition.tsx";
import { Choice, Field, valuesOf } from "../../ui/field.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";

type Props = {
  call: Call;
  /** What the form proposes; the call's own outcome where nothing is undone. */
  proposed: { disposition: string | null; saleAmount: number | null };
  done: (call: Call) => void;
  cancel: () => void;
};

/** Corrects how a call went, and why. */
export const CorrectCall = ({ call, proposed, done, cancel }: Props) => {
  const { busy, problem, work } = useWork();
  const [choices, setChoices] = useState<Disposition[]>([]);
  const [code, setCode] = useState(proposed.disposition ?? "");
  useLayoutEffect(() => {
    // without them the outcome that stands there can still be kept
    officeApi.dispositions(call.campaign).then(setChoices, () => undefined);
  }, [call.id]);
  const named = new Map(choices.map((one) => [one.code, one.name]));
  const codes = [
    ...new Set([...(proposed.disposition === null ? [] : [proposed.disposition]), ...named.keys()]),
  ];
  const asksAmount = choices.find((one) => one.code === code)?.asksFor === "amount" || code === "sale";
  const submit = (event: Event): void => {
    event.preventDefault();
    const { amount = "", why = "" } = valuesOf(event.currentTarget as HTMLFormElement);
    const change = { disposition: code, saleAmount: asksAmount ? amountOf(amount) : null, why };
    void work(async () => done(await api.changeCall(call.id, change)));
  };
  return (
    <form class="card stacked" data-correct="call" onSubmit={submit}>
      <Choice
        key={`codes ${codes.length}`}
        name="disposition"
        label={texts.disposition}
        value={code}
        options={[
          ...(proposed.disposition === null ? [["", t.disposition.none] as [string, string]] : []),
          ...codes.map((one): [string, string] => [
            one,
            outcomeName({ disposition: one, dispositionName: named.get(one) ?? null, dispositionKind: null }),
          ]),
        ]}
        choose={setCode}
      />
      {asksAmount ? (
        <Field
          key="amount"
          name="amount"
          label={texts.amount}
          value={proposed.saleAmount === null ? "" : String(proposed.saleAmount)}
          required={false}
          inputMode="decimal"
          problem={problem}
        />
      ) : null}
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
        <button type="submit" class="btn primary grow" disabled={busy || code === ""}>
          {texts.save}
        </button>
      </div>
    </form>
  );
};
