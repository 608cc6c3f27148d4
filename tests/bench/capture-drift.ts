import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createRecorder } from "../../tray/recorder/recorder.ts";
import { StereoTimeline } from "../../tray/recorder/timeline.ts";
import { channelsOf, SoundServer } from "../support/audio.ts";
import { dataFolder } from "../support/process.ts";
import type { Measure, Result } from "./measure.ts";

const RATE = 44_100;
/** How much too fast the microphone's own clock is. */
const OFF = 1 + 300e-6;
const CLICK = 200;
const SIMULATED_MINUTES = 10;
const REAL_SECONDS = 120;

type Drift = { perMinute: number; most: number };

/** Where clicks begin. */
function onsets(samples: Int16Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < samples.length; i++)
    if (Math.abs(samples[i] ?? 0) > 5_000 && i - (found.at(-1) ?? -RATE) > RATE / 2) found.push(i);
  return found;
}

/** How the microphone's clicks move against the other side's, in milliseconds. */
function driftOf(agent: number[], customer: number[]): Drift {
  const offsets = agent.flatMap((frame) => {
    const near = customer.find((other) => Math.abs(other - frame) < RATE / 2);
    return near === undefined ? [] : [{ minute: near / RATE / 60, ms: ((frame - near) / RATE) * 1000 }];
  });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [minutes, ms] = [mean(offsets.map((one) => one.minute)), mean(offsets.map((one) => one.ms))];
  const above = offsets.reduce((sum, one) => sum + (one.minute - minutes) * (one.ms - ms), 0);
  const below = offsets.reduce((sum, one) => sum + (one.minute - minutes) ** 2, 0);
  const first = offsets[0]?.ms ?? NaN;
  return {
    perMinute: Math.round(Math.abs(above / below) * 1000) / 1000,
    most: Math.round(Math.max(...offsets.map((one) => Math.abs(one.ms - first))) * 100) / 100,
  };
}

/** Ten minutes on clocks that the bench moves, delivered with jitter. */
function simulated(): Drift {
  const timeline = new StereoTimeline(["agent", "customer"], 0);
  const sides = { agent: { rate: RATE * OFF, sent: 0 }, customer: { rate: RATE, sent: 0 } };
  const heard = { agent: [] as number[], customer: [] as number[] };
  let written = 0;
  const read = (nowMs: number) => {
    const block = timeline.read(nowMs);
    for (const [channel, side] of (["agent", "customer"] as const).entries())
      for (let i = 0; 2 * i < block.length; i++)
        if (
          Math.abs(block[2 * i + channel] ?? 0) > 5_000 &&
          written + i - (heard[side].at(-1) ?? -RATE) > RATE / 2
        )
          heard[side].push(written + i);
    written += block.length / 2;
  };
  for (let ms = 20; ms <= SIMULATED_MINUTES * 60_000; ms += 20) {
    for (const side of ["agent", "customer"] as const) {
      const { rate, sent } = sides[side];
      const due = Math.floor((ms * rate) / 1000);
      // a click each second of true time
      const piece = Int16Array.from({ length: due - sent }, (_, i) =>
        ((sent + i) / rate) % 1 < CLICK / RATE ? 20_000 : 0,
      );
      sides[side].sent = due;
      timeline.push(side, piece, ms + Math.random() * 15);
    }
    if (ms % 100 === 0) read(ms + 15);
  }
  return driftOf(heard.agent, heard.customer);
}

/**
 * Two minutes of real sound: two microphones of which one runs too fast, fed by one clock. An output would not do
 * for the other side: it plays by a clock of its own.
 */
async function real(): Promise<Drift> {
  const sound = await SoundServer.open();
  const folder = await dataFolder();
  const microphone = async (name: string) => {
    const file = join(folder.path, name);
    const format = [`rate=${RATE}`, "channels=1", "format=s16le"];
    await sound.pactl("load-module", "module-pipe-source", `source_name=${name}`, `file=${file}`, ...format);
    // on a busy machine a write is still on its way when the measure is over
    return createWriteStream(file).on("error", () => undefined);
  };
  const [usb, line] = [await microphone("usb"), await microphone("line")];
  const began = performance.now();
  let [fast, exact] = [0, 0];
  const clicks = (from: number, to: number, rate: number) => {
    const samples = Int16Array.from({ length: to - from }, (_, i) =>
      ((from + i) / rate) % 1 < CLICK / RATE ? 20_000 : 0,
    );
    return Buffer.from(samples.buffer);
  };
  const feeding = setInterval(() => {
    const seconds = (performance.now() - began) / 1000;
    const [fastDue, exactDue] = [Math.floor(seconds * RATE * OFF), Math.floor(seconds * RATE)];
    usb.write(clicks(fast, fastDue, RATE * OFF));
    line.write(clicks(exact, exactDue, RATE));
    [fast, exact] = [fastDue, exactDue];
  }, 10);
  try {
    await wait(2_000);
    const devices = { agentDevice: "usb", customerDevice: "line" };
    const recorder = createRecorder({ env: sound.env, log: () => undefined, ...devices });
    const recording = await recorder.start(join(folder.path, "drift.wav"));
    await wait(REAL_SECONDS * 1000);
    const { file } = await recording.stop();
    const [left = new Int16Array(), right = new Int16Array()] = await channelsOf(file);
    return driftOf(onsets(left), onsets(right));
  } finally {
    clearInterval(feeding);
    usb.destroy();
    line.destroy();
    await sound.close();
    await folder.remove();
  }
}

/** How far the sides move apart when the microphone's clock is 300 ppm off. Without correction: 18 ms a minute. */
export const measure: Measure = async () => {
  const results = (name: string, { perMinute, most }: Drift): Result[] => [
    {
      name: `capture-drift ${name}`,
      value: perMinute,
      unit: "ms a minute",
      goal: "<= 1",
      pass: perMinute <= 1,
      against: { uncorrected: 18 },
    },
    {
      name: `capture-drift ${name}, most`,
      value: most,
      unit: "ms at any time",
      goal: "<= 10",
      pass: most <= 10,
      against: {},
    },
  ];
  return [
    ...results(`${SIMULATED_MINUTES} min simulated`, simulated()),
    ...results(`${REAL_SECONDS} s real`, await real()),
  ];
};
