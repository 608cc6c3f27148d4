import type { CaptureState } from "#contract";
import type { Availability, IconState, MenuAction, MenuItem } from "./ports.ts";
import type { OngoingCall, State } from "./state.ts";
import type { Texts } from "./texts/texts.ts";

/** So many rows for reasons of a pause are held free: rows cannot be added later. As many as a company may have. */
const REASONS = 15;

export const isAvailability = (action: MenuAction): action is Availability =>
  action === "available" || action.startsWith("paused:");

/** The drawing that tells the state at a glance. The call comes first: it goes on without the server. */
export function iconOf({ call, outbox, paired, diskFull }: State): IconState {
  if (
    call &&
    (call.recording === "failed" || (call.recording !== "forbidden" && !call.paused && !isWhole(call)))
  )
    return "error";
  if (call) return call.paused || call.recording === "forbidden" ? "paused" : "oncall";
  if (outbox.refused !== null || diskFull) return "error";
  return outbox.online && paired ? "idle" : "offline";
}

const isWhole = ({ health }: OngoingCall): boolean =>
  health === null || (health.agent === "ok" && health.customer === "ok");

/** The state of each side in words, while there is a call. */
function captureOf(call: OngoingCall | null, texts: Texts): string {
  const { agent = "ok", customer = "ok" } = call?.health ?? {};
  const side = (name: string, state: CaptureState) =>
    state === "ok" ? `✓ ${name}` : `⚠ ${name}: ${texts.capture.states[state]}`;
  return `${side(texts.capture.agent, agent)} · ${side(texts.capture.customer, customer)}`;
}

/** A visible sign while words are written down, and where they should be and are not; else nothing. */
function earsOf(call: OngoingCall | null, { ears }: Texts): string {
  if (call?.ears === "listening") return `✎ ${ears.listening}`;
  return call?.ears === "unavailable" ? ears.unavailable : "";
}

function titleOf(state: State, texts: Texts): string {
  const icon = iconOf(state);
  if (icon === "offline" && !state.paired) return texts.states.unpaired;
  if (icon === "error" && state.diskFull && state.call?.recording !== "running")
    return state.call ? texts.states.unrecorded : texts.states.full;
  if (icon === "error" && state.call === null) return texts.states.refused;
  if (icon === "error" && state.call?.recording !== "failed") return texts.states.incomplete;
  return state.call?.recording === "forbidden" ? texts.states.forbidden : texts.states[icon];
}

/** The menu: always the same rows in the same places, of which some are disabled or hidden. */
export function menuOf(state: State, texts: Texts): MenuItem[] {
  const { call, outbox } = state;
  const waiting = outbox.waiting > 0 && !call ? ` · ${texts.waiting(outbox.waiting)}` : "";
  const listening = call?.ears === "listening" ? ` · ${texts.ears.listening}` : "";
  const recorded = call !== null && call.recording !== "failed" && call.recording !== "forbidden";
  const row = (action: MenuItem["action"], title: string, enabled = true, hidden = false) => {
    return { action, title, enabled, hidden };
  };
  const is = (availability: Availability, name: string) =>
    row(
      availability,
      texts.availability(name, state.availability === availability),
      state.paired && state.availability !== availability,
    );
  const reasons = state.pauseReasons ?? texts.pauseReasons;
  const pauses = Array.from({ length: REASONS }, (_, i) => {
    const reason = reasons[i];
    return reason === undefined
      ? row(null, "", false, true)
      : is(`paused:${reason}`, texts.pausedFor(reason));
  });
  return [
    row(null, titleOf(state, texts) + listening + waiting, false),
    row(null, captureOf(call, texts), false, !recorded),
    row(null, earsOf(call, texts), false, earsOf(call, texts) === ""),
    row("start-call", texts.startCall, call === null),
    row("end-call", texts.endCall, call !== null),
    row("pause-recording", texts.pauseRecording, recorded, call?.paused === true),
    row("resume-recording", texts.resumeRecording, recorded, call?.paused !== true),
    row("open-panel", texts.openCopilot),
    row("open-board", texts.openBoard),
    is("available", texts.available),
    ...pauses,
    row("open-pairing", texts.openPairing, !state.paired, state.paired),
    row("open-diagnostics", texts.openDiagnostics),
    row("quit", texts.quit),
  ];
}
