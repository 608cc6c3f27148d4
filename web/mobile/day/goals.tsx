import type { AgentDay, AgentRow } from "#contract";
import { day as texts } from "../../i18n/day.ts";
import { language } from "../../i18n/index.ts";
import { count } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";

/** `2,7`: what is usual on average. */
const average = (n: number): string => n.toLocaleString(language, { maximumFractionDigits: 1 });
const percent = (part: number, whole: number): string => `${Math.min(100, (part / whole) * 100)}%`;

type BarProps = {
  label: string;
  now: number;
  goal: number;
  /** What is usual by this time; null where nothing tells. */
  usual: number | null;
  words: string;
  tone: "ok" | "accent";
};

/** One goal: how far, where one usually is by now, and what is missing in words. */
const Goal = ({ label, now, goal, usual, words, tone }: BarProps) => (
  <div key={`${now} ${goal} ${usual}`} data-goal={label}>
    <div class="h sb">
      <span class="sm soft">{label}</span>
      <span class="sm">
        <b class="b reached">{count(now)}</b> <span class="soft">{texts.of(count(goal))}</span>
      </span>
    </div>
    <div
      class={`bar c-${tone}`}
      role="img"
      aria-label={`${label}: ${count(now)} ${texts.of(count(goal))}. ${words}`}
    >
      <i style={{ width: percent(now, goal) }} />
      {usual === null ? null : (
        <u style={{ left: percent(usual, goal) }} title={texts.usualMark(average(usual))} />
      )}
    </div>
    <span class="xs faint">{words}</span>
  </div>
);

function paceWords(now: number, goal: number, usual: number | null): string {
  const left = now >= goal ? texts.reached : texts.missing(count(goal - now));
  return usual === null ? left : `${left} ${texts.usual(average(usual))}`;
}

type Props = { day: AgentDay; row: AgentRow; overdue: number };

/** «Mis metas de hoy»: only where the team has goals; else who can set them. */
export const Goals = ({ day: { goals, usual, callbacks }, row, overdue }: Props) => {
  const own = (["sales", "calls"] as const).flatMap((what) => {
    const goal = goals[what];
    return goal === null ? [] : [{ what, goal, now: row[what], usual: usual[what] }];
  });
  const good =
    own.length > 0 && own.every(({ now, goal, usual: by }) => now >= goal || (by !== null && now >= by));
  const left = callbacks.due - callbacks.done;
  const waiting = [texts.left(count(left)), ...(overdue > 0 ? [texts.overdue(count(overdue))] : [])];
  return (
    <section class="card goals" data-goals={own.length}>
      <header class="tight">
        <h2>{texts.goals}</h2>
        {good ? (
          <span key="good" class="tag ok">
            <Icon name="check" small />
            {texts.goodPace}
          </span>
        ) : null}
      </header>
      {own.map(({ what, goal, now, usual: by }) => (
        <Goal
          key={what}
          label={texts[what]}
          now={now}
          goal={goal}
          usual={by}
          words={paceWords(now, goal, by)}
          tone={what === "sales" ? "ok" : "accent"}
        />
      ))}
      {own.length === 0 ? (
        <p key="none" class="hint">
          {texts.noGoals}
        </p>
      ) : null}
      {callbacks.due > 0 ? (
        <Goal
          key="callbacks"
          label={texts.doneCallbacks}
          now={callbacks.done}
          goal={callbacks.due}
          usual={null}
          words={left > 0 ? waiting.join(", ") : texts.reached}
          tone="accent"
        />
      ) : null}
    </section>
  );
};
