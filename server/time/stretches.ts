import type { AgentState, DeclaredState } from "#contract";

/** Instants are ms since 1970 here: this is arithmetic. */
export type Declared = { id: string; state: DeclaredState; reason: string | null; since: number };
export type CallSpan = {
  id: string;
  startedAt: number;
  endedAt: number | null;
  answered: boolean;
  wrapUpEndedAt: number | null;
};
export type Span = { from: number; to: number };
export type StretchOf = Span & {
  state: AgentState;
  reason: string | null;
  stateId: string | null;
  callId: string | null;
};

/** A declared state, or a call without an end, is believed for so long: somebody went home without a word. */
export const BELIEVED_MS = 12 * 3_600_000;
/** A wrap-up that nobody ended is over after this. */
export const WRAP_UP_MS = 30 * 60_000;
/** Calls that began longer ago than this have no part in a moment's state. */
export const CALL_REACH_MS = BELIEVED_MS + WRAP_UP_MS;

/**
 * What an agent did, as stretches that follow each other without overlap, up to `until`. Calls win over what was
 * declared, and over the wrap-up of a call before; calls that overlap are one. Before the first word or call there
 * is nothing.
 * @param declared oldest first
 */
export function stretchesOf(
  declared: readonly Declared[],
  calls: readonly CallSpan[],
  until: number,
): StretchOf[] {
  const onCall = united(
    calls.map((call) => ({
      from: call.startedAt,
      to: Math.min(call.endedAt ?? until, call.startedAt + BELIEVED_MS, until),
      ...({ state: "on_call", reason: null, stateId: null, callId: call.id } as const),
    })),
  );
  const wrapUps = united(
    calls
      .filter(
        (call) => call.answered && call.endedAt !== null && call.endedAt <= call.startedAt + BELIEVED_MS,
      )
      .map((call) => {
        const from = call.endedAt ?? until;
        const to = Math.min(call.wrapUpEndedAt ?? until, from + WRAP_UP_MS, until);
        return { from, to, state: "wrap_up", reason: null, stateId: null, callId: call.id } as const;
      }),
  );
  const busy = [...onCall, ...outside(wrapUps, onCall)].toSorted((a, b) => a.from - b.from);
  const said = declared.flatMap(({ id, state, reason, since }, i): StretchOf[] => {
    const next = Math.min(declared[i + 1]?.since ?? until, until);
    const believed = state === "offline" ? next : Math.min(next, since + BELIEVED_MS);
    return [
      { from: since, to: believed, state, reason, stateId: id, callId: null },
      { from: believed, to: next, state: "offline", reason: null, stateId: null, callId: null },
    ];
  });
  return [...busy, ...outside(said, busy)]
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from);
}

/** Those that overlap become one, which keeps the first one's call. */
function united(spans: StretchOf[]): StretchOf[] {
  const result: StretchOf[] = [];
  for (const span of spans.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from < last.to) last.to = Math.max(last.to, span.to);
    else result.push({ ...span });
  }
  return result;
}

/** What is left of stretches outside of `others`; both sorted and without overlap. */
function outside(stretches: readonly StretchOf[], others: readonly Span[]): StretchOf[] {
  const left: StretchOf[] = [];
  let at = 0;
  for (const one of stretches) {
    let { from } = one;
    while ((others[at]?.to ?? Infinity) <= from) at++;
    for (let i = at; from < one.to; i++) {
      const other = others[i] ?? { from: one.to, to: one.to };
      if (other.from > from) left.push({ ...one, from, to: Math.min(other.from, one.to) });
      from = Math.max(from, other.to);
    }
  }
  return left;
}

/** How the wrap-up of an answered call ended: by what came first after the call; null while it goes on. */
export function wrapUpEndOf(
  { endedAt }: { endedAt: number },
  { starts, declarations, now }: { starts: readonly number[]; declarations: readonly number[]; now: number },
): { at: number; by: "next_call" | "state" | "timeout" } | null {
  const first = (instants: readonly number[], from: number) =>
    Math.min(...instants.filter((instant) => instant >= from));
  const ends = [
    { at: first(starts, endedAt), by: "next_call" },
    { at: first(declarations, endedAt + 1), by: "state" },
    { at: endedAt + WRAP_UP_MS, by: "timeout" },
  ] as const;
  const end = ends.reduce((a, b) => (b.at < a.at ? b : a));
  return end.at <= now ? end : null;
}
