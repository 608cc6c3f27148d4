// The recogniser's process. Of its own, because a model that is not what it should be ends the process that loads it.
import { constants, setPriority } from "node:os";
import sherpa from "sherpa-onnx-node";
import type { Side } from "#contract";
import type { SttEvent } from "../ports.ts";
import { Channel } from "./channel.ts";
import { type FromWorker, machineMs, type ToWorker } from "./messages.ts";
import { loadRecogniser, SPEECH_RATE } from "./recogniser.ts";

/** Above, guesses are left out: by the time they came they would be old. */
const LATE_MS = 1_000;
const STATS_MS = 1_000;
/** Looks so often whether a side has gone silent by not coming at all, and believes it the third time. */
const IDLE_LOOK_MS = 250;
const IDLE_LOOKS = 3;

const tell = (message: FromWorker): void => void process.send?.(message);
const say = (event: SttEvent): void => tell({ kind: "event", event });
const channels = new Map<Side, Channel>();
const idle = new Map<Side, number>();
let [rate, beganMs, busyMs, lagMs] = [SPEECH_RATE, machineMs(), 0, 0];

function open({ model, sampleRate }: ToWorker & { kind: "open" }): void {
  rate = sampleRate;
  const recogniser = loadRecogniser(model);
  for (const side of ["agent", "customer"] as const) {
    const resampler = new sherpa.LinearResampler(sampleRate, SPEECH_RATE);
    channels.set(side, new Channel({ side, recogniser, resampler, say }));
  }
  setInterval(look, IDLE_LOOK_MS);
  setInterval(report, STATS_MS);
  beganMs = machineMs();
  say({ kind: "ready" });
}

function hear({ side, samples, atMs, sentMs }: ToWorker & { kind: "hear" }): void {
  const channel = channels.get(side);
  if (!channel) return;
  const startMs = machineMs();
  lagMs = startMs - sentMs;
  idle.set(side, 0);
  channel.hear(samples, atMs, lagMs > LATE_MS);
  busyMs += machineMs() - startMs;
  const heardMs = atMs + (samples.length / rate) * 1000;
  tell({ kind: "progress", side, heardMs, settledMs: channel.settledMs, lagMs });
}

/** A loopback that has nothing to say says nothing: then no silence comes that would end what was said. */
function look(): void {
  for (const [side, channel] of channels) {
    const looks = (idle.get(side) ?? 0) + 1;
    idle.set(side, looks);
    if (looks === IDLE_LOOKS && channel.speaking) channel.flush();
  }
}

function report(): void {
  const nowMs = machineMs();
  say({
    kind: "stats",
    lagMs: Math.round(lagMs),
    load: Math.round((busyMs / (nowMs - beganMs)) * 1000) / 1000,
  });
  [beganMs, busyMs] = [nowMs, 0];
}

process.on("message", (message: ToWorker) => {
  if (message.kind === "open") open(message);
  if (message.kind === "hear") hear(message);
  if (message.kind !== "flush") return;
  for (const channel of channels.values()) channel.flush();
  tell({ kind: "flushed" });
});
process.on("disconnect", () => process.exit(0));
try {
  // whatever it takes, the recording comes first
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // a system that does not let it: then it competes
}
