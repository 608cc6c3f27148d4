import type { AgentRow } from "#contract";
import { t } from "../../i18n/index.ts";
import { team as texts } from "../../i18n/team.ts";
import { count } from "../../ui/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { Select } from "../../ui/select.tsx";
import type { Alert } from "../alerts/alerts.ts";
import { rowsOf, SORTS, STATES, type Show, type Sort, type View } from "./view.ts";

type Change = (part: Partial<View>) => void;
/** In which order the agents stand. */
export const Order = ({ sort, change }: { sort: Sort; change: Change }) => (
  <Select
    label={texts.sort}
    resting="urgency"
    value={sort}
    options={SORTS.map((one) => [one, texts.sorts[one]])}
    choose={(value) => change({ sort: value as Sort })}
  />
);

type Props = { agents: AgentRow[]; alerts: Alert[]; teams: string[]; view: View; change: Change };

/** Which team, where there are several, and which of its agents. */
export const Filters = ({ agents, alerts, teams, view, change }: Props) => {
  const filters: [Show, string][] = [
    ["all", texts.all],
    ["alerts", texts.notices.sheet],
    ...STATES.slice(0, 4).map((state): [Show, string] => [state, t.state[state]]),
  ];
  return (
    <div class="chips" role="group" aria-label={texts.filter}>
      {teams.length > 1 ? (
        <Select
          key="teams"
          label={texts.whichTeam}
          resting=""
          value={view.team}
          options={[["", texts.everyTeam], ...teams.map((name): [string, string] => [name, name])]}
          choose={(name) => change({ team: name })}
        />
      ) : null}
      {filters.map(([show, label]) => {
        const n = rowsOf(agents, { ...view, show }, alerts).length;
        return (
          <button
            key={show}
            type="button"
            class="chip"
            aria-pressed={String(show === view.show)}
            onClick={() => change({ show })}
          >
            {show === "alerts" ? <Icon name="warning" small tone="warn" /> : null}
            {label} <b key={n}>{count(n)}</b>
          </button>
        );
      })}
    </div>
  );
};
