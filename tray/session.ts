import type { Availability, CallBegun, Outgoing, OutboxStatus, Recorded, SignalAnswer } from "./ports.ts";
import type { Outcome } from "#contract";

/** `at` is the instant in UTC for people; `ms` is the monotonic clock, from which durations are made. */
export type Moment = { at: string; ms: number };

export type OngoingCall = {
  id: string;
  startedAt: string;
  startedMs: number;
  begun: CallBegun;
  heldSinceMs: number | null;
  heldMs: number;
  recording: "starting" | "running" | "failed";
  paused: boolean;
};

export type State = {
  call: OngoingCall | null;
  /** Names that other systems gave to the last calls, newest first: their repetitions change nothing. */
  recent: { externalId: string; callId: string }[];
  paired: boolean;
  availability: Availability;
  outbox: OutboxStatus;
  hotkeyWhen: "always" | "call";
};

export type Event =
  | { kind: "launched" }
  | { kind: "call-start"; id: string; moment: Moment; call: CallBegun }
  | { kind: "call-end"; moment: Moment; outcome: Outcome; externalId?: string }
  | { kind: "hold"; moment: Moment; held: boolean }
  | { kind: "pause"; paused: boolean }
  | { kind: "recording-started"; callId: string; file: string }
  | { kind: "recording-failed"; callId: string }
  | { kind: "recording-stopped"; callId: string; recorded: Recorded }
  | { kind: "chord" }
  | { kind: "summon" }
  | { kind: "outbox"; status: OutboxStatus }
  | { kind: "paired" }
  | { kind: "availability"; availability: Availability }
  | { kind: "quit"; moment: Moment };

export type Effect =
  | { kind: "send"; thing: Outgoing }
  | { kind: "record"; call: OngoingCall }
  | { kind: "pause-recording"; callId: string; paused: boolean }
  | { kind: "stop-recording"; callId: string }
  | { kind: "warm-panel" }
  | { kind: "show-panel" }
  /** No call any more: the panel may close after a while. */
  | { kind: "rest-panel" }
  | { kind: "exit" };

export type Step = [State, Effect[]];

const REMEMBERED = 50;

/** The tray as it starts. The server counts as online until the outbox has seen otherwise. */
export function initial(of: { paired: boolean; hotkeyWhen: "always" | "call" }): State {
  return {
    ...of,
    call: null,
    recent: [],
    availability: "available",
    outbox: { waiting: 0, online: true, refused: null },
  };
}

/**
 * All behaviour of the tray: what an event changes, and what must be done about it, in that order.
 * Pure: ids and clocks come with the events.
 */
export function step(state: State, event: Event): Step {
  switch (event.kind) {
    case "launched":
      return [state, state.paired ? [declare(state.availability)] : []];
    case "paired":
      return [{ ...state, paired: true }, [declare(state.availability)]];
    case "availability":
      return availability(state, event.availability);
    case "call-start":
      return startCall(state, event);
    case "call-end":
      return endsThis(state, event.externalId) ? endCall(state, event.moment, event.outcome) : [state, []];
    case "hold":
      return hold(state, event.moment, event.held);
    case "pause":
      return pause(state, event.paused);
    case "recording-started":
      return recordingStarted(state, event);
    case "recording-failed":
      return withCall(state, event.callId, (call) => ({ ...call, recording: "failed" }));
    case "recording-stopped":
      return [state, [send({ kind: "recording-end", callId: event.callId, recorded: event.recorded })]];
    case "chord":
      return [state, state.hotkeyWhen === "always" || state.call ? [{ kind: "show-panel" }] : []];
    case "summon":
      return [state, [{ kind: "show-panel" }]];
    case "outbox":
      return [{ ...state, outbox: event.status }, []];
    case "quit":
      return quit(state, event.moment);
  }
  return event satisfies never;
}

const send = (thing: Outgoing): Effect => ({ kind: "send", thing });
const declare = (is: Availability): Effect =>
  send({
    kind: "state",
    body: is === "available" ? { state: is } : { state: "paused", reason: is },
  });

function availability(state: State, availability: Availability): Step {
  if (availability === state.availability) return [state, []];
  return [{ ...state, availability }, state.paired ? [declare(availability)] : []];
}

/** A repetition changes nothing; a call with a new name of its own ends the one before, whose end was missed. */
function startCall(state: State, event: Event & { kind: "call-start" }): Step {
  const { externalId } = event.call;
  const repeated = externalId !== undefined && callNamed(state, externalId) !== null;
  if (repeated || (state.call && externalId === undefined)) return [state, []];

  const [free, ending] = state.call ? endCall(state, event.moment, "answered") : [state, []];
  const call: OngoingCall = {
    id: event.id,
    startedAt: event.moment.at,
    startedMs: event.moment.ms,
    begun: event.call,
    heldSinceMs: null,
    heldMs: 0,
    recording: "starting",
    paused: false,
  };
  const names = externalId === undefined ? [] : [{ externalId, callId: call.id }];
  const next = { ...free, call, recent: [...names, ...free.recent].slice(0, REMEMBERED) };
  const body = { id: call.id, startedAt: call.startedAt, ...event.call };
  const begin: Effect[] = [
    send({ kind: "call-start", body }),
    { kind: "record", call },
    { kind: "warm-panel" },
  ];
  return [next, [...ending.filter((effect) => effect.kind !== "rest-panel"), ...begin]];
}

function endsThis(state: State, externalId: string | undefined): boolean {
  return externalId === undefined || state.call?.begun.externalId === externalId;
}

/** Talk is the answered time that was not on hold; both in whole seconds of the monotonic clock. */
function endCall(state: State, moment: Moment, outcome: Outcome): Step {
  const { call } = state;
  if (!call) return [state, []];
  const heldMs = heldUntil(call, moment.ms);
  const talkMs = outcome === "answered" ? moment.ms - call.startedMs - heldMs : 0;
  const body = {
    id: call.id,
    endedAt: moment.at,
    talkSeconds: wholeSeconds(talkMs),
    holdSeconds: wholeSeconds(heldMs),
    outcome,
  };
  const stopping: Effect[] =
    call.recording === "running" ? [{ kind: "stop-recording", callId: call.id }] : [];
  return [{ ...state, call: null }, [send({ kind: "call-end", body }), ...stopping, { kind: "rest-panel" }]];
}

const wholeSeconds = (ms: number) => Math.max(0, Math.round(ms / 1000));

const heldUntil = (call: OngoingCall, ms: number) =>
  call.heldMs + (call.heldSinceMs === null ? 0 : ms - call.heldSinceMs);

function hold(state: State, moment: Moment, held: boolean): Step {
  if (!state.call || (state.call.heldSinceMs !== null) === held) return [state, []];
  return withCall(state, state.call.id, (call) => ({
    ...call,
    heldMs: heldUntil(call, moment.ms),
    heldSinceMs: held ? moment.ms : null,
  }));
}

function pause(state: State, paused: boolean): Step {
  const { call } = state;
  if (!call || call.paused === paused || call.recording === "failed") return [state, []];
  const telling: Effect[] =
    call.recording === "running" ? [{ kind: "pause-recording", callId: call.id, paused }] : [];
  return [{ ...state, call: { ...call, paused } }, telling];
}

/** The call may have ended, or been paused, while its recorder was still starting. */
function recordingStarted(state: State, event: Event & { kind: "recording-started" }): Step {
  const { callId, file } = event;
  const growing = send({ kind: "recording", callId, file });
  if (state.call?.id !== callId) return [state, [growing, { kind: "stop-recording", callId }]];
  const late: Effect[] = state.call.paused ? [{ kind: "pause-recording", callId, paused: true }] : [];
  return [{ ...state, call: { ...state.call, recording: "running" } }, [growing, ...late]];
}

function quit(state: State, moment: Moment): Step {
  const [free, ending] = endCall(state, moment, "answered");
  return [free, [...ending, send({ kind: "state", body: { state: "offline" } }), { kind: "exit" }]];
}

function withCall(state: State, id: string, change: (call: OngoingCall) => OngoingCall): Step {
  return [state.call?.id === id ? { ...state, call: change(state.call) } : state, []];
}

/** The call to which another system gave this name, in progress or among the last ones. */
export function callNamed(state: State, externalId: string): string | null {
  return state.recent.find((known) => known.externalId === externalId)?.callId ?? null;
}

/** What became of a signal, seen from the states before and after it. */
export function answerTo(before: State, after: State, event: Event): SignalAnswer {
  switch (event.kind) {
    case "call-start": {
      if (after.call?.id === event.id) return { taken: "now", callId: event.id };
      const known = event.call.externalId === undefined ? null : callNamed(before, event.call.externalId);
      return known === null
        ? { taken: "no", callId: after.call?.id ?? null }
        : { taken: "before", callId: known };
    }
    case "call-end": {
      if (before.call && !after.call) return { taken: "now", callId: before.call.id };
      const known = event.externalId === undefined ? null : callNamed(before, event.externalId);
      return { taken: known === null ? "no" : "before", callId: known };
    }
    case "hold":
      return changed(before, after, (call) => (call.heldSinceMs !== null) === event.held);
    case "pause":
      return changed(before, after, (call) => call.paused === event.paused);
    default:
      return { taken: before === after ? "no" : "now", callId: after.call?.id ?? null };
  }
}

function changed(before: State, after: State, wanted: (call: OngoingCall) => boolean): SignalAnswer {
  if (!before.call || !after.call) return { taken: "no", callId: null };
  const callId = after.call.id;
  if (wanted(before.call)) return { taken: "before", callId };
  return { taken: wanted(after.call) ? "now" : "no", callId };
}
