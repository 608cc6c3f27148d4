import type { SignalAnswer } from "./ports.ts";
import { callNamed } from "./calls.ts";
import type { Event, OngoingCall, State } from "./state.ts";

/** What became of a signal, seen from the states before and after it. */
export function answerTo(before: State, after: State, event: Event): SignalAnswer {
  switch (event.kind) {
    case "call-start": {
      if (after.call?.id === event.id) return { taken: "now", callId: event.id };
      const known = event.call.externalId === undefined ? null : callNamed(after, event.call.externalId);
      if (known !== null) return { taken: "before", callId: known };
      return { taken: before === after ? "no" : "before", callId: after.call?.id ?? null };
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
