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

/** The call in progress: there is one at most. */
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

/** All that the tray knows. */
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

/** What can happen to it. */
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

/** What is to be done about it. */
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

/** The next state, and what is to be done, in that order. */
export type Step = [State, Effect[]];

/** Tells the server, now or when the network is back. */
export const send = (thing: Outgoing): Effect => ({ kind: "send", thing });

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
