import type { AgentRow, AgentState, AlertKind, AlertLimits, Call, Goals } from "#contract";
import { lostVoice } from "./lost-voice.ts";

export type Urgency = "bad" | "warn" | null;
type Timed = Exclude<AgentState, "offline">;

/** Something that a board tells of. `ok` is good news; `key` is the same for the same thing as time goes by. */
export type Alert = { key: string; tone: "bad" | "warn" | "ok"; who: string; agentId: string | null } & (
  | { kind: "long_call" | "long_wait" | "long_wrap_up" | "long_pause"; since: string; limit: number }
  /** `side`: whose voice is lost; null for both. */
  | { kind: "no_capture"; side: "agent" | "customer" | null; since: string | null }
  | { kind: "nobody_available" }
  | { kind: "goal_reached"; what: "calls" | "sales"; goal: number }
  /** `since`: when the oldest of the `n` was due. */
  | { kind: "callback_due"; since: string; n: number }
);

/** What a board knows when it asks what needs somebody. */
export type Known = {
  agents: AgentRow[];
  limits: AlertLimits;
  /** What this person does not want to see. */
  muted: AlertKind[];
  /** Goals of each agent in a day, by team. */
  goals: Record<string, Goals>;
  /** Calls whose customer wants to be called back. */
  callbacks: Call[];
  /** Milliseconds since 1970. */
  now: number;
};

const MINUTE_MS = 60_000;
const kinds = {
  on_call: "long_call",
  available: "long_wait",
  wrap_up: "long_wrap_up",
  paused: "long_pause",
} as const satisfies Record<Timed, AlertKind>;
const never = { warn: null, bad: null };

/** The limits without those of the kinds that this person muted. */
export function heededLimits(limits: AlertLimits, muted: AlertKind[]): AlertLimits {
  const of = (state: Timed) => (muted.includes(kinds[state]) ? never : limits[state]);
  return {
    on_call: of("on_call"),
    available: of("available"),
    wrap_up: of("wrap_up"),
    paused: of("paused"),
  };
}

/** The limit that the time in the state has passed, in minutes. */
function passed(
  { state, since }: Pick<AgentRow, "state" | "since">,
  limits: AlertLimits | null,
  now: number,
): { tone: "bad" | "warn"; limit: number } | null {
  if (state === "offline" || limits === null) return null;
  const { warn, bad } = limits[state];
  const minutes = (now - Date.parse(since)) / MINUTE_MS;
  if (bad !== null && minutes >= bad) return { tone: "bad", limit: bad };
  return warn !== null && minutes >= warn ? { tone: "warn", limit: warn } : null;
}

/** How much this agent needs somebody now, by the time in the state; never before the limits are known. */
export const urgencyOf = (
  agent: Pick<AgentRow, "state" | "since">,
  limits: AlertLimits | null,
  now: number,
): Urgency => passed(agent, limits, now)?.tone ?? null;

function ofAgent(agent: AgentRow, { limits, goals, now }: Known): Alert[] {
  const about = { who: agent.name, agentId: agent.id };
  const found: Alert[] = [];
  const lost = lostVoice(agent.capture);
  if (lost)
    found.push({
      ...about,
      kind: "no_capture",
      key: `no_capture ${agent.id}`,
      tone: lost === "both" ? "bad" : "warn",
      side: lost === "both" ? null : lost,
      since: agent.captureSince,
    });
  const over = passed(agent, limits, now);
  if (over && agent.state !== "offline") {
    const kind = kinds[agent.state];
    found.push({ ...about, ...over, kind, key: `${kind} ${agent.id}`, since: agent.since });
  }
  for (const what of ["sales", "calls"] as const) {
    const goal = goals[agent.team]?.[what] ?? null;
    if (goal !== null && agent[what] >= goal)
      found.push({
        ...about,
        kind: "goal_reached",
        key: `goal ${what} ${agent.id}`,
        tone: "ok",
        what,
        goal,
      });
  }
  return found;
}

/** A team in which two or more are there and nobody could take a call. One alone is simply busy. */
function ofTeams(agents: AgentRow[]): Alert[] {
  const here = agents.filter(({ state }) => state !== "offline");
  return [...new Set(here.map(({ team }) => team))]
    .filter((team) => {
      const rows = here.filter((agent) => agent.team === team);
      return rows.length > 1 && rows.every(({ state }) => state !== "available");
    })
    .map((team) => ({
      kind: "nobody_available",
      key: `nobody ${team}`,
      tone: "warn",
      who: team,
      agentId: null,
    }));
}

/** One for each agent, however many of their customers wait. */
function ofCallbacks(callbacks: Call[], now: number): Alert[] {
  const due = callbacks.flatMap((call) =>
    call.callbackAt !== null && call.callbackDoneAt === null && Date.parse(call.callbackAt) <= now
      ? [{ ...call, callbackAt: call.callbackAt }]
      : [],
  );
  return [...new Set(due.map(({ agentId }) => agentId))].map((agentId) => {
    const own = due.filter((call) => call.agentId === agentId);
    return {
      kind: "callback_due",
      key: `callback ${agentId}`,
      tone: "warn",
      who: own[0]?.agentName ?? "",
      agentId,
      since: own.map(({ callbackAt }) => callbackAt).toSorted()[0] ?? "",
      n: own.length,
    };
  });
}

const byTone: Alert["tone"][] = ["bad", "warn", "ok"];
const since = (alert: Alert): string => ("since" in alert && alert.since) || "9";

/** What needs somebody now: what must be done first, then what should be looked at, then good news; the oldest first. */
export function alertsOf(known: Known): Alert[] {
  const all = [
    ...known.agents.flatMap((agent) => ofAgent(agent, known)),
    ...ofTeams(known.agents),
    ...ofCallbacks(known.callbacks, known.now),
  ];
  return all
    .filter(({ kind }) => !known.muted.includes(kind))
    .toSorted((a, b) => byTone.indexOf(a.tone) - byTone.indexOf(b.tone) || since(a).localeCompare(since(b)));
}
