import type { AgentDay, Stretch } from "#contract";
import { t } from "../../i18n/index.ts";
import { time as texts } from "../../i18n/time.ts";
import { briefLength, timeOfDay } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { StateTag } from "../../ui/state.tsx";
import { lasted, worked } from "./day-bar.tsx";

type Props = {
  day: AgentDay;
  now: number;
  /** Only who may correct has it. */
  correct?: (stretch: Stretch & { stateId: string }) => void;
};

/** Every stretch of the day, the latest first; what was declared can be corrected. */
export const Stretches = ({ day, now, correct }: Props) => {
  const shown = worked(day.stretches).toReversed();
  if (shown.length === 0) return null;
  return (
    <details class="stretches">
      <summary>
        <Icon name="down" small />
        {texts.stretches}
      </summary>
      <div>
        {shown.map((stretch) => {
          const { from, to, state, reason, stateId, corrected } = stretch;
          const start = timeOfDay(from, day.timeZone);
          return (
            <div key={from} class="h" data-stretch={state}>
              <span class="sm nw">
                {texts.span(start, to === null ? texts.ongoing : timeOfDay(to, day.timeZone))}
              </span>
              <span class="grow">
                <StateTag state={state} reason={reason} />
                {corrected ? <span class="xs faint"> {texts.corrected}</span> : null}
              </span>
              <span class="sm soft nw">{briefLength(lasted(stretch, now))}</span>
              {correct && stateId !== null ? (
                <button
                  type="button"
                  class="btn small"
                  aria-label={texts.correctStretch(t.state[state], start)}
                  onClick={() => correct({ ...stretch, stateId })}
                >
                  {texts.correct}
                </button>
              ) : null}
            </div>
          );
        })}
      </div>
    </details>
  );
};
