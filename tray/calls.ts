import type { Reporter } from "./ports.ts";
import type { Outcome } from "#contract";
import {
  send,
  type Effect,
  type Event,
  type Moment,
  type OngoingCall,
  type State,
  type Step,
} from "./state.ts";

/** The call to which another system gave this name, in progress or among the last ones. */
export function callNamed(state: State, externalId: string): string | null {
  return state.recent.find((known) => known.externalId === externalId)?.callId ?? null;
}

/** Changes the call in progress, where it is this one. */
export function withCall(state: State, id: string, change: (call: OngoingCall) => OngoingCall): Step {
  return [state.call?.id === id ? { ...state, call: change(state.call) } : state, []];
}

/** Two reporters who tell of a call within this time tell of the same one, in milliseconds. */
const SAME_CALL_MS = 3_000;

/** Whether somebody else has told of the call that another reporter has already begun. */
function sameCall(call: OngoingCall, { by, moment }: Event & { kind: "call-start" }): boolean {
  if (call.reports.some((report) => report.by === by)) return false;
  // they know that there is a call, but not which
  const vague = (reporter: Reporter) => reporter === "microphone" || reporter === "menu";
  if (vague(by) || call.reports.every((report) => vague(report.by))) return true;
  return moment.ms - call.startedMs <= SAME_CALL_MS;
}

const REMEMBERED = 50;
const remember = (recent: State["recent"], externalId: string | undefined, callId: string) =>
  externalId === undefined ? recent : [{ externalId, callId }, ...recent].slice(0, REMEMBERED);

const earlier = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString();

/** A repetition changes nothing; a call with a new name of its own ends the one before, whose end was missed. */
export function startCall(state: State, event: Event & { kind: "call-start" }): Step {
  const { externalId } = event.call;
  const repeated = externalId !== undefined && callNamed(state, externalId) !== null;
  if (repeated) return [state, []];
  if (state.call && sameCall(state.call, event)) {
    const reports = [...state.call.reports, { by: event.by, externalId }];
    const recent = remember(state.recent, externalId, state.call.id);
    return [{ ...state, call: { ...state.call, reports }, recent }, []];
  }
  if (state.call && externalId === undefined) return [state, []];

  const [free, ending] = state.call ? endCall(state, event.moment, "answered") : [state, []];
  const call: OngoingCall = {
    id: event.id,
    startedAt: earlier(event.moment.at, event.rangMs ?? 0),
    answeredAt: event.rangMs === undefined ? null : event.moment.at,
    reports: [{ by: event.by, externalId }],
    startedMs: event.moment.ms,
    begun: event.call,
    heldSinceMs: null,
    heldMs: 0,
    recording: state.diskFull ? "failed" : "starting",
    paused: false,
    health: null,
    ears: "off",
    customerHeard: false,
  };
  const next = { ...free, call, recent: remember(free.recent, externalId, call.id) };
  const body = { id: call.id, startedAt: call.startedAt, ...event.call };
  const begin: Effect[] = [
    send({ kind: "call-start", body }),
    ...(state.diskFull ? [] : [{ kind: "record" as const, call }]),
    { kind: "warm-panel" },
  ];
  return [next, [...ending.filter((effect) => effect.kind !== "rest-panel"), ...begin]];
}

/** The microphone alone ends only what it alone began: a headset that is changed is not the end of a call. */
export function endsThis({ call }: State, externalId: string | undefined): boolean {
  if (externalId === undefined) return true;
  const report = call?.reports.find((one) => one.externalId === externalId);
  return report !== undefined && (report.by !== "microphone" || call?.reports.length === 1);
}

/** The call's two letters at once, and nothing for the recorder. A call in progress is not disturbed. */
export function unanswered(state: State, event: Event & { kind: "call-unanswered" }): Step {
  const { id, call, outcome, moment, rangMs } = event;
  if (call.externalId !== undefined && callNamed(state, call.externalId) !== null) return [state, []];
  const begin = { id, startedAt: earlier(moment.at, rangMs), ...call };
  const end = { id, endedAt: moment.at, talkSeconds: 0, holdSeconds: 0, outcome };
  return [
    { ...state, recent: remember(state.recent, call.externalId, id) },
    [send({ kind: "call-start", body: begin }), send({ kind: "call-end", body: end })],
  ];
}

/** A WAV holds 6 h 45 min. */
const LONGEST_MS = 4 * 3_600_000;

/** A call past four hours goes on as another one, under the same names. */
export function split(state: State, { id, moment }: Event & { kind: "tick" }): Step {
  const { call } = state;
  if (!call || moment.ms - call.startedMs < LONGEST_MS) return [state, []];
  const { externalId: _ended, ...begun } = call.begun;
  const [free, ending] = endCall(state, moment, "answered");
  const [next, starting] = startCall(free, { kind: "call-start", id, moment, by: "control", call: begun });
  const named = next.call && { ...next.call, reports: call.reports, paused: call.paused };
  const onward = starting.map((effect) =>
    effect.kind === "record" ? { ...effect, call: { ...effect.call, paused: call.paused } } : effect,
  );
  const recent = next.recent.map((known) => (known.callId === call.id ? { ...known, callId: id } : known));
  return [
    { ...next, call: named, recent },
    [...ending.filter(({ kind }) => kind !== "rest-panel"), ...onward],
  ];
}

/** Talk is the answered time that was not on hold; both in whole seconds of the monotonic clock. */
export function endCall(state: State, moment: Moment, outcome: Outcome): Step {
  const { call } = state;
  if (!call) return [state, []];
  const heldMs = heldUntil(call, moment.ms);
  const talkMs = outcome === "answered" ? moment.ms - call.startedMs - heldMs : 0;
  const body = {
    id: call.id,
    endedAt: endOf(call, moment),
    ...(call.answeredAt !== null && { answeredAt: call.answeredAt }),
    talkSeconds: wholeSeconds(talkMs),
    holdSeconds: wholeSeconds(heldMs),
    outcome,
  };
  const stopping: Effect[] =
    call.recording === "running" ? [{ kind: "stop-recording", callId: call.id }] : [];
  return [{ ...state, call: null }, [send({ kind: "call-end", body }), ...stopping, { kind: "rest-panel" }]];
}

/** The PC's clock may be set back in mid-call; a call never ends before its own length has passed. */
function endOf(call: OngoingCall, { at, ms }: Moment): string {
  const earliest = Date.parse(call.answeredAt ?? call.startedAt) + ms - call.startedMs;
  return new Date(Math.max(Date.parse(at), Math.round(earliest))).toISOString();
}

const wholeSeconds = (ms: number) => Math.max(0, Math.round(ms / 1000));

const heldUntil = (call: OngoingCall, ms: number) =>
  call.heldMs + (call.heldSinceMs === null ? 0 : ms - call.heldSinceMs);

/** A second word for the same changes nothing: what was held is counted once. */
export function hold(state: State, moment: Moment, held: boolean): Step {
  if (!state.call || (state.call.heldSinceMs !== null) === held) return [state, []];
  return withCall(state, state.call.id, (call) => ({
    ...call,
    heldMs: heldUntil(call, moment.ms),
    heldSinceMs: held ? moment.ms : null,
  }));
}
