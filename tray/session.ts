import type {
  Availability,
  CallBegun,
  CaptureHealth,
  EarsState,
  Outgoing,
  OutboxStatus,
  Recorded,
  Reporter,
} from "./ports.ts";
import type { Outcome, TranscriptInput } from "#contract";

/** `at` is the instant in UTC for people; `ms` is the monotonic clock, from which durations are made. */
export type Moment = { at: string; ms: number };

/** Who has told of a call, and by which name. */
export type Report = { by: Reporter; externalId: string | undefined };

export type OngoingCall = {
  id: string;
  /** When it began to ring, where that is known. */
  startedAt: string;
  answeredAt: string | null;
  reports: Report[];
  /** From here on the two sides talk. */
  startedMs: number;
  begun: CallBegun;
  heldSinceMs: number | null;
  heldMs: number;
  /** `forbidden`: the customer or the company does not want it. */
  recording: "starting" | "running" | "failed" | "forbidden";
  paused: boolean;
  /** Null until its recorder has told. */
  health: CaptureHealth | null;
  ears: EarsState;
  /** The customer's words are on the panel: it need not take the focus. */
  customerHeard: boolean;
};

export type State = {
  call: OngoingCall | null;
  /** Names that other systems gave to the last calls, newest first: their repetitions change nothing. */
  recent: { externalId: string; callId: string }[];
  paired: boolean;
  availability: Availability;
  /** The company's reasons for a pause; null until they are known. */
  pauseReasons: string[] | null;
  /** Too little is left on the disk for another call. */
  diskFull: boolean;
  outbox: OutboxStatus;
  hotkeyWhen: "always" | "call";
};

export type Event =
  | { kind: "launched"; moment: Moment }
  | { kind: "call-start"; id: string; moment: Moment; by: Reporter; call: CallBegun; rangMs?: number }
  | {
      kind: "call-unanswered";
      id: string;
      moment: Moment;
      call: CallBegun;
      outcome: Exclude<Outcome, "answered">;
      rangMs: number;
    }
  /** Time passes: `id` is for the call that goes on when a very long one is split. */
  | { kind: "tick"; id: string; moment: Moment }
  | { kind: "call-end"; moment: Moment; outcome: Outcome; externalId?: string }
  | { kind: "hold"; moment: Moment; held: boolean }
  | { kind: "pause"; paused: boolean }
  | { kind: "recording-started"; callId: string; file: string }
  | { kind: "recording-failed"; callId: string }
  /** The server says that a call is not to be recorded: what there is of its sound goes. */
  | { kind: "not-recorded"; callId: string }
  | { kind: "health"; callId: string; health: CaptureHealth }
  | { kind: "ears"; callId: string; ears: EarsState }
  | { kind: "customer-heard"; callId: string }
  | { kind: "transcribed"; callId: string; body: TranscriptInput }
  | { kind: "recording-stopped"; callId: string; recorded: Recorded }
  | { kind: "chord" }
  | { kind: "summon" }
  | { kind: "outbox"; status: OutboxStatus }
  | { kind: "paired"; moment: Moment }
  | { kind: "disk"; full: boolean }
  | { kind: "availability"; availability: Availability; moment: Moment }
  | { kind: "pause-reasons"; reasons: string[] }
  | { kind: "quit"; moment: Moment };

export type Effect =
  | { kind: "send"; thing: Outgoing }
  | { kind: "record"; call: OngoingCall }
  | { kind: "pause-recording"; callId: string; paused: boolean }
  | { kind: "stop-recording"; callId: string }
  /** Ends a recording and removes its file. */
  | { kind: "discard-recording"; callId: string }
  | { kind: "warm-panel" }
  /** Writes down what is said in a call whose recording has begun, where that is allowed. */
  | { kind: "listen"; callId: string }
  /** `quiet` leaves the focus where it is, unless the panel is in sight already. */
  | { kind: "show-panel"; quiet: boolean }
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
    pauseReasons: null,
    diskFull: false,
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

const send = (thing: Outgoing): Effect => ({ kind: "send", thing });
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

const remember = (recent: State["recent"], externalId: string | undefined, callId: string) =>
  externalId === undefined ? recent : [{ externalId, callId }, ...recent].slice(0, REMEMBERED);

const earlier = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString();

/** A repetition changes nothing; a call with a new name of its own ends the one before, whose end was missed. */
function startCall(state: State, event: Event & { kind: "call-start" }): Step {
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
function endsThis({ call }: State, externalId: string | undefined): boolean {
  if (externalId === undefined) return true;
  const report = call?.reports.find((one) => one.externalId === externalId);
  return report !== undefined && (report.by !== "microphone" || call?.reports.length === 1);
}

/** The call's two letters at once, and nothing for the recorder. A call in progress is not disturbed. */
function unanswered(state: State, event: Event & { kind: "call-unanswered" }): Step {
  const { id, call, outcome, moment, rangMs } = event;
  if (call.externalId !== undefined && callNamed(state, call.externalId) !== null) return [state, []];
  const begin = { id, startedAt: earlier(moment.at, rangMs), ...call };
  const end = { id, endedAt: moment.at, talkSeconds: 0, holdSeconds: 0, outcome };
  return [
    { ...state, recent: remember(state.recent, call.externalId, id) },
    [send({ kind: "call-start", body: begin }), send({ kind: "call-end", body: end })],
  ];
}

/** A WAV holds 6 h 45 min; a call past four hours goes on as another one, under the same names. */
const LONGEST_MS = 4 * 3_600_000;

function split(state: State, { id, moment }: Event & { kind: "tick" }): Step {
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
function endCall(state: State, moment: Moment, outcome: Outcome): Step {
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

function withCall(state: State, id: string, change: (call: OngoingCall) => OngoingCall): Step {
  return [state.call?.id === id ? { ...state, call: change(state.call) } : state, []];
}

/** The call to which another system gave this name, in progress or among the last ones. */
export function callNamed(state: State, externalId: string): string | null {
  return state.recent.find((known) => known.externalId === externalId)?.callId ?? null;
}
