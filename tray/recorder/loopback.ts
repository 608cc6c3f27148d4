import type { EventEmitter } from "node:events";
import { mixDown, Resampler } from "./resampler.ts";
import { samplesOf } from "./samples.ts";
import { SAMPLE_RATE } from "./segment.ts";

/** What is used of native-recorder-nodejs: WASAPI loopback on Windows, ScreenCaptureKit on macOS. */
export type NativeRecorder = {
  new (): EventEmitter & { start(of: { deviceType: "output"; deviceId: string }): Promise<void> };
  getDevices(type: "output"): { id: string; name: string; isDefault: boolean }[];
  getDeviceFormat(deviceId: string): { sampleRate: number; channels: number };
};

type Options = {
  recorder: NativeRecorder;
  /** An output's id or name; undefined for the standard one. */
  device: string | undefined;
  /** Takes mono samples at 44.1 kHz, as raw bytes. */
  write: (bytes: Buffer) => void;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
};

/** The system says nothing at all while nothing plays; so much is waited before that is called silence. */
const IDLE_MS = 200;

/**
 * Records what an output plays.
 * @returns what must be called every 100 ms or so: it fills in the silence that the system does not deliver
 * @throws Error when there is no such output
 */
export async function recordOutput({ recorder, device, write, now }: Options): Promise<() => void> {
  const outputs = recorder.getDevices("output");
  const output = outputs.find(({ id, name, isDefault }) =>
    device === undefined ? isDefault : id === device || name === device,
  );
  if (!output) throw new Error(`no such output; there are: ${outputs.map(({ name }) => name).join(", ")}`);
  const { sampleRate, channels } = recorder.getDeviceFormat(output.id);
  const resampler = new Resampler(sampleRate, SAMPLE_RATE);
  const beganMs = now();
  let written = 0;
  const put = (samples: Int16Array) => {
    written += samples.length;
    write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
  };
  const running = new recorder();
  running.on("data", (chunk: Buffer) => {
    put(resampler.push(mixDown(samplesOf(chunk), channels)));
  });
  await running.start({ deviceType: "output", deviceId: output.id });
  return () => {
    const due = Math.floor(((now() - beganMs - IDLE_MS) * SAMPLE_RATE) / 1000) - written;
    if (due > 0) put(new Int16Array(due));
  };
}
