import type {
  Capture,
  CallEnd,
  CaptureInput,
  CallStart,
  Contact,
  Gap,
  Listening,
  Outcome,
  Pairing,
  RecordingMetadata,
  Side,
  Source,
  StateInput,
  TranscriptInput,
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

/** What the agent declares: ready for calls, or why not, in the company's words. */
export type Availability = "available" | `paused:${string}`;

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

/**
 * Takes sound of one side as it arrives: mono, 16 bit, 44.1 kHz. `atMs` is where its first sample lies in the
 * recording, in milliseconds. The samples belong to the recorder: to be read, not changed.
 */
export type SoundListener = (side: Side, samples: Int16Array, atMs: number) => void;

/** Where in the file something was made silent. */
export type Scrubbed = { fromByte: number; toByte: number };

export interface RunningRecording {
  /** The file that grows; everything before `safeBytes()` changes only in the header and where `scrub` says. */
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
  /** Hands on what is recorded from now on, pauses left out; at most one listener. The file is the same with and without. */
  listen(listener: SoundListener): void;
  /**
   * Makes both sides silent between two places of the recording, in milliseconds, and notes a gap with the reason
   * `card`. Until `stop` has resolved. Rejects when the file cannot be written: the sound is still in it.
   */
  scrub(fromMs: number, toMs: number): Promise<Scrubbed>;
  /**
   * Closes the file, with its digest. `beforeClose` is awaited when the last sound has been heard and may still
   * scrub; it must not reject. Idempotent: the second call returns the first one's promise.
   */
  stop(beforeClose?: () => Promise<void>): Promise<Recorded>;
}

/**
 * What becomes of the words of a call: `off` where the team does not allow it or the server cannot be asked,
 * `unavailable` where it may and this PC cannot: no model, or a recogniser that keeps ending.
 */
export type EarsState = "off" | "starting" | "listening" | "unavailable";

/** Words of one side, for the panel. Masked: no card's number is in it. */
export type Heard = {
  side: Side;
  text: string;
  /** No longer a guess: it will not change. */
  final: boolean;
  /** That side has stopped speaking, for now. */
  ended: boolean;
  /** Where it begins, in milliseconds of the recording. */
  t: number;
};

/** Hears the two sides of calls and writes down what is said, where that is allowed. */
export interface Ears {
  /** Asks whether it may, and listens until `finish`. Never rejects: a call goes on without it. */
  start(callId: string, recording: RunningRecording): Promise<void>;
  /** Hears the last words, hands on the last lines, and takes out what must not be kept. Never rejects; takes seconds at most. */
  finish(callId: string): Promise<void>;
  stop(): Promise<void>;
}

/** A recogniser's files on this PC, whole and tried. */
export type SpeechModel = {
  id: string;
  /** `nemoCtc` and `zipformer` write while somebody speaks; `nemoTransducer` when they have paused. */
  kind: "nemoCtc" | "zipformer" | "nemoTransducer";
  language: "es" | "en" | "multi";
  folder: string;
  /** Names below `folder`, by the part that they play, such as `encoder` and `tokens`. */
  files: Record<string, string>;
  /** Silence that it must see after a word before it writes it, in milliseconds. */
  tailMs: number;
};

/** What a session tells. Times are milliseconds of the recording. No event of one side says anything of the other. */
export type SttEvent =
  | { kind: "ready" }
  | { kind: "speech-start"; side: Side; atMs: number }
  /** A guess at what is being said; each replaces the one before. Left out while it lags. */
  | { kind: "partial"; side: Side; text: string; fromMs: number; toMs: number }
  /** Never left out. `ended`: by silence, not by its length. */
  | { kind: "final"; side: Side; text: string; fromMs: number; toMs: number; ended: boolean }
  /** Sound that was never listened to: it lagged beyond all bounds, or its process died of it. */
  | { kind: "skipped"; side: Side; fromMs: number; toMs: number }
  /** About once a second. `lagMs` is the age of the newest sound listened to; `load` the share of a core it takes. */
  | { kind: "stats"; lagMs: number; load: number }
  /** `fatal`: it is over; otherwise it starts again by itself. `reason` names no words. */
  | { kind: "error"; fatal: boolean; reason: string };

/** Speech to text, behind which any recogniser fits. */
export interface SttEngine {
  readonly id: string;
  /** Begins at once; what is pushed before `ready` is kept. `sampleRate` in Hz. Never throws. */
  open(of: { model: SpeechModel; sampleRate: number; onEvent: (event: SttEvent) => void }): SttSession;
}
export interface SttSession {
  /** Sound of one side, mono, 16 bit, whose first sample lies at `atMs`. Kept, not copied: it must not change. Never blocks. */
  push(side: Side, samples: Int16Array, atMs: number): void;
  /** Ends what is being said on both sides; resolves when its finals are out, or after `withinMs`. */
  flush(withinMs: number): Promise<void>;
  /** Resolves when its process is gone. Idempotent. */
  close(): Promise<void>;
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
export type RecordingState = "starting" | "running" | "paused" | "failed" | "forbidden";

/** What the panel's page knows of the call in progress. */
export type CallOnPanel = { recording: RecordingState; ears: EarsState };

/** The window with the copilot. */
export interface Panel {
  /** Opens it out of sight, so that the next `show` is quick. Never rejects. */
  warm(): Promise<void>;
  /**
   * Brings it up, and with the focus; cold, warm or behind. `quiet` leaves the focus where it is, unless the panel
   * is in sight already, or the desktop cannot do that (only X11 can). Rejects when no browser could be opened.
   */
  show(quiet?: boolean): Promise<void>;
  /** Hands words to the page, now and, the last ones, whenever it is loaded again; null forgets them: another call. */
  heard(words: Heard | null): void;
  hide(): Promise<void>;
  /** Tells the page what becomes of the sound, for its button to pause, and of the words; null while there is no call. */
  tell(call: CallOnPanel | null): void;
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
  /** Whether this agent's team allows that calls are written down, and in which language they are. */
  listening(): Promise<Listening>;
  /** The company's reasons for a pause, in their order. */
  pauseReasons(): Promise<string[]>;
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
      body: StateInput;
    }
  /** Whether both sides are recorded. */
  | { kind: "capture"; body: CaptureInput }
  /** Lines of a call in progress, in their order. They arrive before its recording is closed. */
  | { kind: "transcript"; callId: string; body: TranscriptInput }
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
  /** Parts of a recording in progress were scrubbed: those that went up before go up again, soon. */
  scrubbed(callId: string, where: Scrubbed): void;
  /** Tells how much waits and whether the server answers; called on each change. */
  onStatus(listener: (status: OutboxStatus) => void): void;
  /** Called when the server says that a call is not to be recorded; what waited of it is forgotten by then. */
  onNotRecorded(listener: (callId: string) => void): void;
  /** Stops sending; what waits stays on the disk. */
  stop(): Promise<void>;
}
export type OutboxStatus = { waiting: number; online: boolean; refused: string | null };

export type { Gap };
