import type { CallSignal, CallSignals, Icon, MenuAction, SignalAnswer } from "../ports.ts";

const SIGNALS: Partial<Record<MenuAction, CallSignal>> = {
  "start-call": { kind: "start", by: "menu", call: { source: "menu", direction: "outbound", contact: {} } },
  "end-call": { kind: "end", outcome: "answered" },
  "pause-recording": { kind: "recording", paused: true },
  "resume-recording": { kind: "recording", paused: false },
};

/** The rows of the menu that begin and end calls by hand. */
export function menuSignals(icon: Pick<Icon, "onAction">): CallSignals {
  let listener: ((signal: CallSignal) => SignalAnswer) | null = null;
  icon.onAction((action) => {
    const signal = SIGNALS[action];
    if (signal) listener?.(signal);
  });
  return {
    start: async (heard) => {
      listener = heard;
    },
    stop: async () => {
      listener = null;
    },
  };
}
