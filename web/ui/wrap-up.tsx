import { useState } from "hono/jsx/dom";
import type { BuiltInDisposition, Call, CallChange, Problem } from "#contract";
import { api, problemOf } from "../api.ts";
import { t } from "../i18n/index.ts";
import { amountOf } from "./amount.ts";
import { dispositions, OutcomeIcon } from "./disposition.tsx";
import { Field, valuesOf } from "./field.tsx";
import { Trouble } from "./trouble.tsx";

/** How one call went, and how to say so; `picking` is true while a sale waits for its amount. */
export function useWrapUp(call: Call | null, saved: (call: Call) => void) {
  const [picking, setPicking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (change: CallChange): Promise<void> => {
    if (!call) return;
    try {
      const ended = call.wrapUpEndedAt ? {} : { wrapUpEndedAt: new Date().toISOString() };
      saved(await api.changeCall(call.id, { ...change, ...ended }));
      setPicking(false);
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const choose = (disposition: BuiltInDisposition): void => {
    if (disposition === "sale") setPicking(true);
    else void save({ disposition });
  };
  const sell = (amount: number | null): void => void save({ disposition: "sale", saleAmount: amount });
  return { picking, problem, choose, sell, back: () => setPicking(false) };
}

type Props = { wrapUp: ReturnType<typeof useWrapUp>; keys?: boolean };

/** The outcomes as buttons, then the amount of a sale. `keys` shows the digit that does the same. */
export const WrapUp = ({ wrapUp, keys }: Props) => (
  <div class="wrap-up">
    {wrapUp.picking ? (
      <form
        key="amount"
        class="stacked"
        onSubmit={(event: Event) => {
          event.preventDefault();
          wrapUp.sell(amountOf(valuesOf(event.currentTarget as HTMLFormElement)["amount"] ?? ""));
        }}
      >
        <Field name="amount" label={t.outcome.amount} required={false} inputMode="decimal" focus />
        <div class="h">
          <button type="button" class="btn" onClick={wrapUp.back}>
            {t.cancel}
          </button>
          <button type="submit" class="btn primary grow">
            {t.outcome.save}
          </button>
        </div>
      </form>
    ) : (
      <div key="choices" class="keys big outcomes" role="group" aria-label={t.outcome.choices}>
        {dispositions.map((one, i) => (
          <button type="button" data-disposition={one} onClick={() => wrapUp.choose(one)}>
            {keys ? <kbd>{i + 1}</kbd> : null}
            <OutcomeIcon disposition={one} />
            {t.disposition[one]}
          </button>
        ))}
      </div>
    )}
    {wrapUp.problem ? <Trouble problem={wrapUp.problem} /> : null}
  </div>
);
