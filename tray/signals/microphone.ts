import type { CallSignal, CallSignals, SignalAnswer } from "../ports.ts";

/** Tells which programs record from a microphone now. */
export interface MicrophoneUse {
  /** Calls back with the programs' names whenever they may have changed. */
  start(changed: (programs: string[]) => void): Promise<void>;
  stop(): Promise<void>;
}

type Options = {
  use: MicrophoneUse;
  /** Words of which one is in the name of a program that makes calls, in lower case. */
  softphones: string[];
  /** How long the microphone must be in use, or free, before it is believed, in milliseconds. */
  beginsAfterMs?: number;
  endsAfterMs?: number;
};

/** A softphone opens it twice within 15 ms when a call begins (research/capture.md 5b). */
const BEGINS_AFTER_MS = 300;
/** Changing the headset closes it for a moment. */
const ENDS_AFTER_MS = 1_500;

/** A call goes on while a softphone uses the microphone. Who calls, and a ringing, cannot be known from it. */
export function microphoneSignals(options: Options): CallSignals {
  const { use, softphones } = options;
  const { beginsAfterMs = BEGINS_AFTER_MS, endsAfterMs = ENDS_AFTER_MS } = options;
  let listener: ((signal: CallSignal) => SignalAnswer) | null = null;
  let call: string | null = null;
  let inUse = false;
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  const believe = () => {
    if (inUse && call === null) {
      call = `microphone-${Date.now()}-${++count}`;
      const begun = { source: "microphone", direction: "outbound", contact: {}, externalId: call } as const;
      listener?.({ kind: "start", by: "microphone", call: begun });
    } else if (!inUse && call !== null) {
      listener?.({ kind: "end", outcome: "answered", externalId: call });
      call = null;
    }
  };

  return {
    start: async (heard) => {
      listener = heard;
      await use.start((programs) => {
        const now = programs.some((name) => softphones.some((word) => name.toLowerCase().includes(word)));
        if (now === inUse) return;
        inUse = now;
        clearTimeout(timer);
        timer = setTimeout(believe, now ? beginsAfterMs : endsAfterMs);
      });
    },
    stop: async () => {
      listener = null;
      clearTimeout(timer);
      await use.stop();
    },
  };
}
