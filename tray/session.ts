import type { Availability } from "./ports.ts";
import { endCall, endsThis, hold, split, startCall, unanswered, withCall } from "./calls.ts";
import { send, type Effect, type Event, type Moment, type State, type Step } from "./state.ts";

/**
 * All behaviour of the tray: what an event changes, and what must be done about it, in that order.
 * Pure: ids and clocks come with the events.
 */
export function step(state: State, event: Event): Step {
  switch (event.kind) {
    case "launched":
      return [state, state.paired ? [declare(state.availability, event.moment)] : []];
    case "paired":
      return [{ ...state, paired: true }, [declare(state.availability, event.moment)]];
    case "disk":
      return [{ ...state, diskFull: event.full }, []];
    case "availability":
      return availability(state, event.availability, event.moment);
    case "pause-reasons":
      return [{ ...state, pauseReasons: event.reasons }, []];
    case "call-start":
      return startCall(state, event);
    case "tick":
      return split(state, event);
    case "call-unanswered":
      return unanswered(state, event);
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
    case "not-recorded":
      return notRecorded(state, event.callId);
    case "health":
      return health(state, event);
    case "ears":
      return withCall(state, event.callId, (call) => ({ ...call, ears: event.ears }));
    case "customer-heard":
      return withCall(state, event.callId, (call) => ({ ...call, customerHeard: true }));
    case "transcribed":
      // also when the call is over: its last words come after its end
      return [state, [send({ kind: "transcript", callId: event.callId, body: event.body })]];
    case "recording-stopped":
      return [state, [send({ kind: "recording-end", callId: event.callId, recorded: event.recorded })]];
    case "chord":
      return [state, state.hotkeyWhen === "always" || state.call ? [show(state)] : []];
    case "summon":
      return [state, [show(state)]];
    case "outbox":
      return [{ ...state, outbox: event.status }, []];
    case "quit":
      return quit(state, event.moment);
  }
  return event satisfies never;
}

/** With nothing heard she must choose or type, so the panel takes the focus at once. */
const show = ({ call }: State): Effect => ({ kind: "show-panel", quiet: call?.customerHeard ?? false });
const PAUSED = "paused:";
/** With its own instant: the letter may wait for the network. */
const declare = (is: Availability, { at }: Moment): Effect =>
  send({
    kind: "state",
    body: is === "available" ? { state: is, at } : { state: "paused", reason: is.slice(PAUSED.length), at },
  });

function availability(state: State, availability: Availability, moment: Moment): Step {
  if (availability === state.availability) return [state, []];
  return [{ ...state, availability }, state.paired ? [declare(availability, moment)] : []];
}

function pause(state: State, paused: boolean): Step {
  const { call } = state;
  if (!call || call.paused === paused || ["failed", "forbidden"].includes(call.recording)) return [state, []];
  return [{ ...state, call: { ...call, paused } }, [{ kind: "pause-recording", callId: call.id, paused }]];
}

/** Also when the call is over: then its file waits to be sent, or is being closed. */
function notRecorded(state: State, callId: string): Step {
  const [next] = withCall(state, callId, (call) => ({ ...call, recording: "forbidden", ears: "off" }));
  return [next, [{ kind: "discard-recording", callId }]];
}

/** The call may have ended while its recorder was still starting. */
function recordingStarted(state: State, event: Event & { kind: "recording-started" }): Step {
  const { callId, file } = event;
  if (state.call?.id === callId && state.call.recording === "forbidden")
    return [state, [{ kind: "discard-recording", callId }]];
  const growing = send({ kind: "recording", callId, file });
  if (state.call?.id !== callId) return [state, [growing, { kind: "stop-recording", callId }]];
  return [{ ...state, call: { ...state.call, recording: "running" } }, [growing, { kind: "listen", callId }]];
}

function health(state: State, { callId, health }: Event & { kind: "health" }): Step {
  if (state.call?.id !== callId) return [state, []];
  const body = { callId, ...health };
  return [{ ...state, call: { ...state.call, health } }, [send({ kind: "capture", body })]];
}

function quit(state: State, moment: Moment): Step {
  const [free, ending] = endCall(state, moment, "answered");
  return [
    free,
    [...ending, send({ kind: "state", body: { state: "offline", at: moment.at } }), { kind: "exit" }],
  ];
}
