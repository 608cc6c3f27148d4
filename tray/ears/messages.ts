import type { Side } from "#contract";
import type { SpeechModel, SttEvent } from "../ports.ts";

/** What the tray tells the recogniser's process. `sentMs` is the machine's monotonic clock, which both read. */
export type ToWorker =
  | { kind: "open"; model: SpeechModel; sampleRate: number }
  /** Int16, because it comes out of `serialization: "advanced"` at an address that fits, which a Buffer does not. */
  | { kind: "hear"; side: Side; samples: Int16Array; atMs: number; sentMs: number }
  | { kind: "flush" };

/** What that process tells the tray. */
export type FromWorker =
  | { kind: "event"; event: SttEvent }
  /** Sound up to `heardMs` was listened to; everything before `settledMs` is written down. */
  | { kind: "progress"; side: Side; heardMs: number; settledMs: number; lagMs: number }
  | { kind: "flushed" };

/** Milliseconds of the machine's monotonic clock: the same in every process. */
export const machineMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;
