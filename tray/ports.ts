import type {
  AgentState,
  Capture,
  CallEnd,
  CaptureInput,
  CallStart,
  Contact,
  Gap,
  Outcome,
  Pairing,
  RecordingMetadata,
  Source,
} from "#contract";

/** The five drawings of the icon, told apart by their silhouette. */
export type IconState = "idle" | "oncall" | "paused" | "offline" | "error";

/** What a click in the menu asks for. */
export type MenuAction =
  | Availability
  | "start-call"
  | "end-call"
  | "pause-recording"
  | "resume-recording"
  | "open-panel"
  | "open-board"
  | "open-pairing"
  | "open-diagnostics"
  | "quit";

/** What the agent declares: ready for calls, or why not. The wire has the reason as its own code. */
export type Availability = "available" | PauseReason;
export type PauseReason = "break" | "meal" | "training" | "meeting";

/** One row of the menu. A hidden row keeps its place: systray2 cannot add rows later. */
export type MenuItem = {
  action: MenuAction | null;
  title: string;
  enabled: boolean;
  hidden: boolean;
};

/** The icon beside the clock and its menu. */
export interface Icon {
  /** Shows the icon; resolves to whether anyone can see it. Never rejects: without a host the tray goes on. */
  start(): Promise<boolean>;
  /** Replaces drawing and menu; the newest call wins, also across a restart of the helper. */
  show(state: IconState, menu: MenuItem[]): void;
  /** Called with what the person clicked. */
  onAction(listener: (action: MenuAction) => void): void;
  /** Ends the helper; resolves when it is gone. Idempotent. */
  stop(): Promise<void>;
}

/** Ctrl+A from any window: observed, never swallowed. */
export interface Hotkey {
  /** Resolves to whether keys can be seen here. Never rejects. */
  start(): Promise<boolean>;
  /** Called once a press, however long it is held. */
  onChord(listener: () => void): void;
  stop(): Promise<void>;
}

/** A finished recording on this machine. `gaps` are seconds from its start. */
export type Recorded = { file: string; metadata: RecordingMetadata };

/** Records both sides of one call into one WAV that is valid at every second. */
export interface Recorder {
  /**
   * Begins `file` (its folder is made). Resolves when it is on the disk, before any sound has come.
   * Rejects only when the file cannot be written.
   */
  start(file: string): Promise<RunningRecording>;
  /** Mends what a crash left: header sizes from the file's length, an odd tail cut. Idempotent. */
  recover(file: string): Promise<Recorded>;
}

/** The state of each side, and the seconds of either that are lost so far. */
export type CaptureHealth = Capture & { gaps: number };

/** How loud each side was in the last second, in dB below full scale; -96 is silence. */
export type Levels = { agent: number; customer: number };

export interface RunningRecording {
  /** The file that grows; everything before `safeBytes()` will not change but for the header. */
  readonly file: string;
  /** Resolves once audio flows, or a side is known to be missing. Never rejects. */
  readonly flowing: Promise<void>;
  /** Bytes that are on the disk, header included. */
  safeBytes(): number;
  /** Writes silence until `resume`, and notes the interval as a gap of both sides. Idempotent. */
  pause(): void;
  resume(): void;
  /** Called when a side is no longer recorded as it should be, or is again; within a second or two. */
  onHealth(listener: (health: CaptureHealth) => void): void;
  levels(): Levels;
  /** Closes the file, with its digest. Idempotent: the second call returns the first one's promise. */
  stop(): Promise<Recorded>;
}

/** What a source knows when a call begins or ends. */
export type CallBegun = {
  source: Source;
  direction: "inbound" | "outbound";
  contact: Contact;
  externalId?: string;
};
/** Who tells of a call. Two of them within seconds tell of the same one. */
export type Reporter = "control" | "menu" | "microphone" | "baresip";
export type CallSignal =
  /** Two sides talk. `rangMs` is for how long it rang before, where that is known. */
  | { kind: "start"; by: Reporter; call: CallBegun; rangMs?: number }
  /** It rang, and nobody talked: a call with that outcome and without a recording. */
  | { kind: "unanswered"; call: CallBegun; outcome: Exclude<Outcome, "answered">; rangMs: number }
  | { kind: "hold"; held: boolean }
  /** With an `externalId` only that call ends. */
  | { kind: "end"; outcome: Outcome; externalId?: string }
  | { kind: "recording"; paused: boolean };

/**
 * What became of a signal: it changed something `now`, it had done so `before` (a repetition),
 * or it did not fit and nothing changed. `callId` is the call in question, if there is one.
 */
export type SignalAnswer = { taken: "now" | "before" | "no"; callId: string | null };

/** Anything that notices that a call begins or ends. */
export interface CallSignals {
  start(listener: (signal: CallSignal) => SignalAnswer): Promise<void>;
  stop(): Promise<void>;
}

/** What becomes of a call's sound, as `GET /status` says it. */
export type RecordingState = "starting" | "running" | "paused" | "failed";

/** The window with the copilot. */
export interface Panel {
  /** Opens it out of sight, so that the next `show` is quick. Never rejects. */
  warm(): Promise<void>;
  /** Brings it up, and with the focus; cold, warm or behind. Rejects when no browser could be opened. */
  show(): Promise<void>;
  hide(): Promise<void>;
  /** Tells the page what becomes of the sound, for its button to pause; null while there is no call. */
  tell(recording: RecordingState | null): void;
  /** Called when the page asks for a pause of the recording, or for its end. */
  onRecording(listener: (paused: boolean) => void): void;
  /** Frees its memory if it is out of sight. Never rejects. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

/** The company's server, as the tray sees it. Rejects with `ServerError`; `retry` says if later may help. */
export interface Server {
  pair(code: string, device: string): Promise<Pairing>;
  panelUrl(): Promise<string>;
}
export class ServerError extends Error {
  readonly code: string;
  readonly hint: string;
  /** True when the same request may succeed later: no answer, 429, 5xx. */
  readonly retry: boolean;
  constructor(code: string, message: string, hint: string, retry: boolean) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.retry = retry;
  }
}

/** One thing that must reach the server, in the order in which it was put in. */
export type Outgoing =
  | { kind: "call-start"; body: CallStart }
  | { kind: "call-end"; body: CallEnd }
  | {
      kind: "state";
      body: { state: AgentState & ("available" | "paused" | "offline"); reason?: string };
    }
  /** Whether both sides are recorded. */
  | { kind: "capture"; body: CaptureInput }
  /** A recording in progress: full parts go up while it grows. */
  | { kind: "recording"; callId: string; file: string }
  /** The same recording, finished. */
  | { kind: "recording-end"; callId: string; recorded: Recorded };

/** The queue on the disk between this PC and the server: nothing lost, nothing twice. */
export interface Outbox {
  /** Loads what an earlier run left and begins to send. */
  start(): Promise<void>;
  /** Resolves when the thing is safe on the disk (fsync), not when it is sent. */
  put(thing: Outgoing): Promise<void>;
  /** Tells how much waits and whether the server answers; called on each change. */
  onStatus(listener: (status: OutboxStatus) => void): void;
  /** Stops sending; what waits stays on the disk. */
  stop(): Promise<void>;
}
export type OutboxStatus = { waiting: number; online: boolean; refused: string | null };

export type { Gap };
