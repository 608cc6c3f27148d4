import type { AgentDay, AgentState, Stretch } from "#contract";
import { t } from "../../i18n/index.ts";
import { time as texts } from "../../i18n/time.ts";
import { briefLength, timeOfDay } from "../../ui/format.ts";
import "./time.css";
import "../../ui/mix.css";

const ORDER: AgentState[] = ["on_call", "available", "wrap_up", "paused", "offline"];

/** Seconds from the start of a stretch to its end, or to now. */
export const lasted = ({ from, to }: Stretch, now: number): number =>
  Math.max(0, ((to === null ? now : Date.parse(to)) - Date.parse(from)) / 1000);

/** The day without what comes before the first sign-on and after the last: nobody was there. */
export function worked(stretches: Stretch[]): Stretch[] {
  const here = ({ state }: Stretch): boolean => state !== "offline";
  const first = stretches.findIndex(here);
  return first === -1 ? [] : stretches.slice(first, stretches.findLastIndex(here) + 1);
}

/** A day's stretches in their order, and how long each state took in words. */
export const DayBar = ({ day, now }: { day: AgentDay; now: number }) => {
  const shown = worked(day.stretches);
  const [first] = shown;
  const last = shown.at(-1);
  if (!first || !last) return <p class="hint">{texts.nothing}</p>;
  const parts = ORDER.flatMap((state): [AgentState, string][] => {
    const seconds = day.totals[state] ?? 0;
    return state === "offline" || seconds < 1
      ? []
      : [[state, texts.part(t.state[state], briefLength(seconds))]];
  });
  const words = parts.map(([, part]) => part).join(", ");
  const pauses = day.pauses.map(({ reason, seconds }) => texts.part(t.pause(reason), briefLength(seconds)));
  return (
    <div class="day-bar" data-day={day.agentId}>
      <div key={`${shown.length} ${words}`} class="mix" role="img" aria-label={texts.bar(words)}>
        {shown.map((stretch) => (
          <i class={`s-${stretch.state}`} style={{ "flex-grow": String(Math.round(lasted(stretch, now))) }} />
        ))}
      </div>
      <div key={`${last.from} ${last.to}`} class="h sb xs faint">
        <span>{timeOfDay(first.from, day.timeZone)}</span>
        <span>{last.to === null ? texts.ongoing : timeOfDay(last.to, day.timeZone)}</span>
      </div>
      <div key={words} class="key">
        {parts.map(([state, part]) => (
          <span>
            <i class={`s-${state}`} />
            {part}
          </span>
        ))}
      </div>
      {pauses.length === 0 ? null : (
        <p key={pauses.join(" ")} class="sm soft" data-pauses>
          {texts.pauses(pauses.join(" · "))}
        </p>
      )}
    </div>
  );
};
