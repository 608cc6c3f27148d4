import { useLayoutEffect } from "hono/jsx/dom";
import type { AlertKind, AlertLimits, Alerts, Call, Goals } from "#contract";
import type { Board } from "../../board.ts";
import { officeApi } from "../../office.ts";
import { createStore, useStore } from "../../ui/store.ts";
import { alertsOf, heededLimits, type Alert } from "./alerts.ts";

/** What the live board does not bring: the limits, what this person muted, callbacks, and each team's goals. */
type Watch = { settings: Alerts | null; callbacks: Call[]; goals: Record<string, Goals> };

const watch = createStore<Watch>({ settings: null, callbacks: [], goals: {} });
const AGAIN_MS = 300_000;
const put = (part: Partial<Watch>): void => watch.set({ ...watch.get(), ...part });

/** What does not come now comes with the next round; until then the board tells of what it knows. */
const nothing = (): void => undefined;

function ask(): void {
  officeApi.alerts().then((settings) => put({ settings }), nothing);
  officeApi.callbacks().then((callbacks) => put({ callbacks }), nothing);
}
let asked = false;
/** Once a page, however many of its screens look. */
function askFromNowOn(): void {
  if (asked) return;
  asked = true;
  ask();
  setInterval(ask, AGAIN_MS);
}

const wanted = new Set<string>();
/** A team's goals stand in the day of each of its agents. */
function askForGoals(agents: Board["agents"]): void {
  for (const { team, id } of agents) {
    if (wanted.has(team)) continue;
    wanted.add(team);
    officeApi.day(id).then(({ goals }) => put({ goals: { ...watch.get().goals, [team]: goals } }), nothing);
  }
}

/** Mutes exactly these kinds for this person. */
export async function mute(muted: AlertKind[]): Promise<void> {
  put({ settings: await officeApi.mute(muted) });
}

/** The callbacks as they were asked for, with what has become of them since. */
function withLive(callbacks: Call[], live: Call[]): Call[] {
  const byId = new Map([...callbacks, ...live].map((call) => [call.id, call]));
  return [...byId.values()].filter(({ callbackAt }) => callbackAt !== null);
}

type Watched = {
  alerts: Alert[];
  /** Null until they have come; without those that this person muted. */
  limits: AlertLimits | null;
  settings: Alerts | null;
};

/** What needs somebody now, of the board that the caller follows. */
export function useAlerts(board: Board, now: number): Watched {
  const { settings, callbacks, goals } = useStore(watch);
  useLayoutEffect(askFromNowOn, []);
  useLayoutEffect(() => askForGoals(board.agents), [board.agents.length]);
  if (settings === null) return { alerts: [], limits: null, settings };
  const { limits, muted } = settings;
  const of = { agents: board.agents, goals, limits, muted, callbacks: withLive(callbacks, board.calls), now };
  return { alerts: alertsOf(of), limits: heededLimits(limits, muted), settings };
}
