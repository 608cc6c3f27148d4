import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { AgentRow, Me } from "#contract";
import { t } from "../../i18n/index.ts";
import { loadTeamTexts, team as texts } from "../../i18n/team.ts";
import { loadTimeTexts } from "../../i18n/time.ts";
import { board } from "../../live.ts";
import { count } from "../../ui/format.ts";
import { Header } from "../../ui/header.tsx";
import { useNow } from "../../ui/now.ts";
import { Stack } from "../../ui/stack.tsx";
import { useStore } from "../../ui/store.ts";
import { AttentionStrip } from "../alerts/strip.tsx";
import { useAlerts } from "../alerts/watch.ts";
import { connectedLine } from "../scope.ts";
import { AgentLine, AgentsHead } from "./agent-line.tsx";
import { AgentSheet } from "./agent-sheet.tsx";
import { Filters, Order } from "./filters.tsx";
import { hashOf, rowsOf, STATES, viewIn, type View } from "./view.ts";
import "../../ui/mix.css";
import "./team.css";

// whoever opens the team waits for this module, so its words are there with it
await Promise.all([loadTeamTexts(), loadTimeTexts()]);

/** How the team is spread over the states. */
const Mix = ({ agents }: { agents: AgentRow[] }) => {
  const parts = STATES.map((state) => ({ state, n: agents.filter((agent) => agent.state === state).length }));
  const words = parts
    .filter(({ n }) => n > 0)
    .map(({ state, n }) => texts.mix(count(n), t.state[state]))
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

/** The view that the address names, and how to change it; a change does not leave the page. */
function useView(): [View, (change: Partial<View>) => void] {
  const [view, setView] = useState(viewIn(location.hash));
  useLayoutEffect(() => {
    const follow = (): void => setView(viewIn(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const change = (part: Partial<View>): void => {
    const next = { ...viewIn(location.hash), ...part };
    history.replaceState(null, "", hashOf(next));
    setView(next);
  };
  return [view, change];
}

/** «Mi equipo»: what needs somebody, then who is doing what. */
export const Team = ({ me }: { me: Me }) => {
  const live = useStore(board);
  const now = useNow();
  const [view, change] = useView();
  const { alerts, limits, settings } = useAlerts(live, now);
  const teams = [...new Set(live.agents.map(({ team }) => team))].toSorted((a, b) => a.localeCompare(b));
  const own = live.agents.filter(({ team }) => view.team === "" || team === view.team);
  const rows = rowsOf(live.agents, view, alerts);
  const open = live.agents.find(({ id }) => id === view.open);
  return (
    <>
      <Header me={me} title={texts.title} sub={connectedLine(live)} />
      <main>
        <AttentionStrip alerts={alerts} settings={settings} now={now} me={me} />
        <Mix agents={own} />
        <Filters agents={own} alerts={alerts} teams={teams} view={view} change={change} />
        <section class="card flush agents">
          <header>
            <h2>{texts.agents}</h2>
            <Order sort={view.sort} change={change} />
          </header>
          <AgentsHead />
          {rows.length === 0 && live.stats ? (
            <p key="none" class="nothing">
              {texts.none}
            </p>
          ) : null}
          <Stack rows={rows} keyOf={({ id }) => id}>
            {(agent) => (
              <AgentLine
                agent={agent}
                limits={limits}
                now={now}
                me={me}
                open={() => change({ open: agent.id })}
              />
            )}
          </Stack>
        </section>
        {open ? <AgentSheet key={open.id} agent={open} me={me} onClose={() => change({ open: "" })} /> : null}
      </main>
    </>
  );
};
