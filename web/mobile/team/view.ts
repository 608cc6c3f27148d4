import type { AgentRow, AgentState } from "#contract";
import type { Alert } from "../alerts/alerts.ts";

export const SORTS = ["urgency", "name", "time", "sales", "success"] as const;
export type Sort = (typeof SORTS)[number];
export const STATES: AgentState[] = ["on_call", "available", "wrap_up", "paused", "offline"];
export type Show = AgentState | "all" | "alerts";
/** What «Mi equipo» shows; it stands in the address, so that it can be kept and sent. */
export type View = {
  sort: Sort;
  show: Show;
  /** One team of several; empty for all. */
  team: string;
  /** Whose sheet is open; empty for nobody's. */
  open: string;
};

const among = <T extends string>(all: readonly T[], value: string | null): T | undefined =>
  all.find((one) => one === value);

/** `#equipo/<agent id>?sort=sales&show=paused&team=Ventas+Norte`; what is not understood counts as not said. */
export function viewIn(hash: string): View {
  const [path = "", query = ""] = hash.split("?");
  const asked = new URLSearchParams(query);
  return {
    sort: among(SORTS, asked.get("sort")) ?? "urgency",
    show: among<Show>(["all", "alerts", ...STATES], asked.get("show")) ?? "all",
    team: asked.get("team") ?? "",
    open: path.split("/")[1] ?? "",
  };
}

/** The address of a view; what is as usual is left out. */
export function hashOf({ sort, show, team, open }: View): string {
  const said = Object.entries({
    sort: sort === "urgency" ? "" : sort,
    show: show === "all" ? "" : show,
    team,
  });
  const query = new URLSearchParams(said.filter(([, value]) => value !== "")).toString();
  return `#equipo${open === "" ? "" : `/${open}`}${query === "" ? "" : `?${query}`}`;
}

/** Below this many contacts a rate says too little to rank people by it. */
export const ENOUGH = 20;

const tones: (Alert["tone"] | undefined)[] = ["bad", "warn", undefined];

/** How much each agent needs somebody; nobody's good news counts. */
export function needs(alerts: Alert[]): Map<string, "bad" | "warn"> {
  const worst = new Map<string, "bad" | "warn">();
  for (const { agentId, tone } of alerts)
    if (agentId !== null && tone !== "ok" && worst.get(agentId) !== "bad") worst.set(agentId, tone);
  return worst;
}

type Compare = (a: AgentRow, b: AgentRow) => number;

function comparing(sort: Sort, needed: ReturnType<typeof needs>): Compare {
  const away = ({ state }: AgentRow): number => Number(state === "offline");
  const few = ({ successRate }: AgentRow): number => Number(successRate.denominator < ENOUGH);
  const rate = ({ successRate }: AgentRow): number => successRate.value ?? -1;
  const rank = (agent: AgentRow): number =>
    tones.indexOf(needed.get(agent.id)) * STATES.length + STATES.indexOf(agent.state);
  const longest: Compare = (a, b) => a.since.localeCompare(b.since);
  const orders: Record<Sort, Compare> = {
    urgency: (a, b) => rank(a) - rank(b) || longest(a, b),
    name: () => 0,
    time: (a, b) => away(a) - away(b) || longest(a, b),
    sales: (a, b) => b.sales - a.sales || a.calls - b.calls,
    success: (a, b) => few(a) - few(b) || rate(b) - rate(a),
  };
  return orders[sort];
}

/** The rows of a view, in its order. */
export function rowsOf(agents: AgentRow[], view: View, alerts: Alert[]): AgentRow[] {
  const needed = needs(alerts);
  const compare = comparing(view.sort, needed);
  return agents
    .filter(
      ({ id, state, team }) =>
        (view.team === "" || team === view.team) &&
        (view.show === "all" || (view.show === "alerts" ? needed.has(id) : state === view.show)),
    )
    .toSorted((a, b) => compare(a, b) || a.name.localeCompare(b.name));
}
