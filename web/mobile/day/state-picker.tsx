import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentRow, DeclaredState, PauseReason } from "#contract";
import { day as texts } from "../../i18n/day.ts";
import { t } from "../../i18n/index.ts";
import { officeApi } from "../../office.ts";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { Trouble } from "../../ui/trouble.tsx";
import { useWork } from "../../ui/work.ts";

const DECLARED: [DeclaredState, IconName][] = [
  ["available", "ready"],
  ["paused", "pause"],
  ["offline", "none"],
];

type Props = {
  row: AgentRow;
  /** What was declared before the call in progress, which is what comes after it. */
  declared: DeclaredState;
};

const isDeclared = (state: AgentRow["state"]): state is DeclaredState =>
  DECLARED.some(([one]) => one === state);

/** What the agent declares. A pause asks for its reason first; during a call it is what comes after it. */
export const StatePicker = ({ row, declared }: Props) => {
  const { busy, problem, work } = useWork();
  const [reasons, setReasons] = useState<PauseReason[] | null>(null);
  const [said, setSaid] = useState<DeclaredState | null>(null);
  const label = row.state === "on_call" ? texts.next : texts.states;
  const current = isDeclared(row.state) ? row.state : (said ?? declared);
  useLayoutEffect(() => {
    // what was said for after this call is over with it
    if (row.state !== "on_call") setSaid(null);
  }, [row.state]);
  const say = (state: DeclaredState, reason?: string): void =>
    void work(async () => {
      await officeApi.setState({ state, ...(reason !== undefined && { reason }) });
      setSaid(state);
      setReasons(null);
    });
  const choose = (state: DeclaredState): void => {
    if (state === "paused") void work(async () => setReasons(await officeApi.pauseReasons()));
    else say(state);
  };
  return (
    <div class="picker">
      <div key={label} class="sm soft">
        {label}
      </div>
      <div key="states" class="seg" role="group" aria-label={label}>
        {DECLARED.map(([state, icon]) => (
          <button
            key={state}
            type="button"
            data-declare={state}
            aria-pressed={String(state === current)}
            disabled={busy}
            onClick={() => choose(state)}
          >
            <Icon name={icon} small />
            {t.state[state]}
          </button>
        ))}
      </div>
      {reasons ? (
        <div key="reasons" class="stacked" data-reasons>
          <div class="sm">{texts.reason}</div>
          <div class="keys big outcomes" role="group" aria-label={texts.reason}>
            {reasons.map(({ name }) => (
              <button key={name} type="button" data-reason={name} onClick={() => say("paused", name)}>
                {t.pause(name)}
              </button>
            ))}
          </div>
          <button type="button" class="btn" onClick={() => setReasons(null)}>
            {t.cancel}
          </button>
        </div>
      ) : null}
      {problem ? <Trouble key="problem" problem={problem} /> : null}
    </div>
  );
};
