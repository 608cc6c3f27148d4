import type { CallBegun, Recorded, Reporter } from "../../tray/ports.ts";
import { step } from "../../tray/session.ts";
import { type Effect, type Event, initial, type State } from "../../tray/state.ts";

export const A = "0197a000-0000-7000-8000-00000000000a";
export const B = "0197a000-0000-7000-8000-00000000000b";
export const at = (second: number) => ({
  at: new Date(Date.UTC(2026, 10, 22, 14, 0, second)).toISOString(),
  ms: 5_000 + second * 1000,
});
export const begun = (externalId?: string): CallBegun => ({
  source: "softphone",
  direction: "inbound",
  contact: { name: "Juan García" },
  ...(externalId === undefined ? {} : { externalId }),
});
export const start = (id: string, second: number, externalId?: string): Event => {
  return { kind: "call-start", id, moment: at(second), by: "control", call: begun(externalId) };
};
export const told = (by: Reporter, id: string, second: number, externalId?: string): Event => {
  return { kind: "call-start", id, moment: at(second), by, call: begun(externalId) };
};
export const end = (second: number, externalId?: string): Event => {
  return {
    kind: "call-end",
    moment: at(second),
    outcome: "answered",
    ...(externalId === undefined ? {} : { externalId }),
  };
};
export const unanswered = (id: string, second: number, externalId: string): Event => ({
  kind: "call-unanswered",
  id,
  moment: at(second),
  call: begun(externalId),
  outcome: "missed",
  rangMs: 4_000,
});
export const started = (callId: string): Event => ({
  kind: "recording-started",
  callId,
  file: `/data/${callId}.wav`,
});
export const forbidden = (callId: string): Event => ({ kind: "not-recorded", callId });
export const pause = (paused: boolean): Event => ({ kind: "pause", paused });
export const hold = (second: number, held: boolean): Event => ({ kind: "hold", moment: at(second), held });
export const outbox = (waiting: number, online: boolean, refused: string | null = null): Event => {
  return { kind: "outbox", status: { waiting, online, refused } };
};
export const recorded: Recorded = {
  file: "/data/a.wav",
  metadata: {
    sampleRate: 44100,
    channels: 2,
    bitsPerSample: 16,
    durationSeconds: 1,
    bytes: 44,
    sha256: "0".repeat(64),
  },
};

/** An effect in a word or two, for the table. */
export function word(effect: Effect): string {
  if (effect.kind === "send") return `send ${effect.thing.kind}`;
  if (effect.kind === "pause-recording") return effect.paused ? "pause-recording" : "resume-recording";
  return effect.kind;
}

export function play(
  events: Event[],
  from = initial({ paired: true, hotkeyWhen: "always" }),
): [State, Effect[]] {
  let state = from;
  let last: Effect[] = [];
  for (const event of events) [state, last] = step(state, event);
  return [state, last];
}

export const BEGIN = ["send call-start", "record", "warm-panel"];
