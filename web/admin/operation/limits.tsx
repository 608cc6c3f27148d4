import { useState } from "hono/jsx/dom";
import type { AlertLimits } from "#contract";
import { t } from "../../i18n/index.ts";
import { operation } from "../../i18n/operation.ts";
import { useWork } from "../../ui/work.ts";
import { operationApi } from "./api.ts";
import { Part, Small } from "./part.tsx";

const STATES = ["on_call", "available", "wrap_up", "paused"] as const;
const STEPS = ["warn", "bad"] as const;

/** From how many minutes on a state is an alert. */
export const Limits = ({ first }: { first: AlertLimits }) => {
  const { busy, problem, work } = useWork();
  const [limits, setLimits] = useState(first);
  const [saved, setSaved] = useState(false);
  const change = (state: keyof AlertLimits, step: "warn" | "bad", value: number | null): void => {
    setSaved(false);
    setLimits({ ...limits, [state]: { ...limits[state], [step]: value } });
  };
  return (
    <Part
      name="limits"
      title={operation.limits}
      text={operation.limitsText}
      problem={problem}
      busy={busy}
      saved={saved}
      submit={() =>
        void work(async () => {
          setLimits((await operationApi.putLimits(limits)).limits);
          setSaved(true);
        })
      }
    >
      <div class="numbers" role="group" aria-label={operation.limits}>
        <span />
        <span class="hint">{operation.warn}</span>
        <span class="hint">{operation.bad}</span>
        {STATES.map((state) => (
          <>
            <span>{t.state[state]}</span>
            {STEPS.map((step) => (
              <Small
                key={`${state} ${step}`}
                label={operation.limitOf(t.state[state], operation[step])}
                value={limits[state][step]}
                step="0.5"
                change={(value) => change(state, step, value)}
              />
            ))}
          </>
        ))}
      </div>
    </Part>
  );
};
