import { useState } from "hono/jsx/dom";
import type { AgentRow, AgentState, Me } from "#contract";
import { t } from "../../i18n/index.ts";
import { board } from "../../live.ts";
import { count } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useNow } from "../../ui/now.ts";
import { Stack } from "../../ui/stack.tsx";
import { useStore } from "../../ui/store.ts";
import { connectedLine } from "../panel/panel.tsx";
import { AgentLine, AgentsHead } from "./agent-line.tsx";
import { AgentSheet } from "./agent-sheet.tsx";
import { sortedByUrgency, urgencyOf } from "./urgency.ts";

type Filter = AgentState | "all" | "alerts";

const STATES: AgentState[] = ["on_call", "available", "wrap_up", "paused", "offline"];
const keep = (agent: AgentRow, filter: Filter, now: number): boolean =>
  filter === "all" || (filter === "alerts" ? urgencyOf(agent, now) !== null : agent.state === filter);

/** How the team is spread over the states. */
const Mix = ({ agents }: { agents: AgentRow[] }) => {
  const parts = STATES.map((state) => ({ state, n: agents.filter((agent) => agent.state === state).length }));
  const words = parts
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => t.team.mix(count(n), t.state[state]))
    .join(", ");
  return (
    <section class="card mix-card">
      <div key={words} class="mix" role="img" aria-label={words}>
        {parts.map(({ state, n }) =>
          n === 0 ? null : <i class={`s-${state}`} style={{ "flex-grow": String(n) }} />,
        )}
      </div>
      <div key={`key ${words}`} class="key">
        {parts.map(({ state, n }) => (
          <span>
            <i class={`s-${state}`} />
            {t.state[state]} <b>{count(n)}</b>
          </span>
        ))}
      </div>
    </section>
  );
};

const Filters = ({
  agents,
  filter,
  choose,
  now,
}: {
  agents: AgentRow[];
  filter: Filter;
  choose: (filter: Filter) => void;
  now: number;
}) => {
  const filters: [Filter, string][] = [
    ["all", t.team.all],
    ["alerts", t.team.alerts],
    ...STATES.slice(0, 4).map((state): [Filter, string] => [state, t.state[state]]),
  ];
  return (
    <div class="chips" role="group" aria-label={t.team.filter}>
      {filters.map(([name, label]) => {
        const n = agents.filter((agent) => keep(agent, name, now)).length;
        return (
          <button
            key={name}
            type="button"
            class="chip"
            aria-pressed={String(name === filter)}
            onClick={() => choose(name)}
          >
            {name === "alerts" ? <Icon name="warning" small tone="warn" /> : null}
            {label} <b key={n}>{count(n)}</b>
          </button>
        );
      })}
    </div>
  );
};

/** «Mi equipo»: who is doing what, the urgent first. */
export const Team = ({ me }: { me: Me }) => {
  const live = useStore(board);
  const now = useNow();
  const [filter, setFilter] = useState<Filter>("all");
  const [openId, setOpenId] = useState<string | null>(null);
  const rows = sortedByUrgency(live.agents, now).filter((agent) => keep(agent, filter, now));
  const open = live.agents.find(({ id }) => id === openId);
  return (
    <>
      <Header me={me} title={t.team.title} sub={connectedLine(live)} />
      <main>
        <Mix agents={live.agents} />
        <Filters agents={live.agents} filter={filter} choose={setFilter} now={now} />
        <section class="card flush agents">
          <header>
            <h2>{t.team.agents}</h2>
            <span class="sm soft">{t.team.byUrgency}</span>
          </header>
          <AgentsHead />
          {rows.length === 0 && live.stats ? (
            <p key="none" class="nothing">
              {t.team.none}
            </p>
          ) : null}
          <Stack rows={rows} keyOf={({ id }) => id}>
            {(agent) => <AgentLine agent={agent} now={now} me={me} open={() => setOpenId(agent.id)} />}
          </Stack>
        </section>
        {open ? <AgentSheet key={open.id} agent={open} me={me} onClose={() => setOpenId(null)} /> : null}
      </main>
    </>
  );
};
