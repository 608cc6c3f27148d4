import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Call, Disposition } from "#contract";
import { api } from "../../api.ts";
import { t } from "../../i18n/index.ts";
import { time as texts } from "../../i18n/time.ts";
import { officeApi } from "../../office.ts";
import { amountOf } from "../../ui/amount.ts";
import { outcomeName } from "../../ui/disposition.tsx";
import { Choice, Field } from "../../ui/field.tsx";
import { useWork } from "../../ui/work.ts";
import { CorrectionForm } from "./correct-form.tsx";

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
  const submit = ({ amount = "", why = "" }: Record<string, string>): void => {
    const change = { disposition: code, saleAmount: asksAmount ? amountOf(amount) : null, why };
    void work(async () => done(await api.changeCall(call.id, change)));
  };
  return (
    <CorrectionForm of="call" problem={problem} busy={busy || code === ""} submit={submit} cancel={cancel}>
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
    </CorrectionForm>
  );
};
