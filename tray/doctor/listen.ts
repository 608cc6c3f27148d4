import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createRecorder } from "../recorder/recorder.ts";

const LISTEN_MS = 3_000;
const HEADER_BYTES = 44;

type Options = { AGENT_DEVICE?: string | undefined; CUSTOMER_DEVICE?: string | undefined };

/**
 * Records three seconds with the recorder of the calls and throws them away.
 * @returns each side's peak in dB below full scale; null for a side that cannot be recorded here
 */
export async function listen(of: Options): Promise<Record<"agent" | "customer", number | null>> {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-listen-"));
  try {
    const recorder = createRecorder({
      agentDevice: of.AGENT_DEVICE,
      customerDevice: of.CUSTOMER_DEVICE,
      log: () => undefined,
    });
    const recording = await recorder.start(join(folder, "levels.wav"));
    await recording.flowing;
    await wait(LISTEN_MS);
    const { file, metadata } = await recording.stop();
    const { channels, durationSeconds, gaps = [] } = metadata;
    const lost = (side: string) =>
      gaps
        .filter((gap) => gap.side === side || gap.side === "both")
        .reduce((sum, gap) => sum + gap.to - gap.from, 0);
    const bytes = (await readFile(file)).subarray(HEADER_BYTES);
    const peaks = peaksOf(bytes, channels);
    const level = (side: string, channel: number) => {
      const peak = peaks[channel];
      return peak === undefined || lost(side) > durationSeconds * 0.8 ? null : peak;
    };
    return { agent: level("agent", 0), customer: level("customer", 1) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The peak of each channel of 16-bit samples, in dB below full scale. */
function peaksOf(bytes: Buffer, channels: number): number[] {
  const peaks = Array.from({ length: channels }, () => 0);
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const channel = (at / 2) % channels;
    peaks[channel] = Math.max(peaks[channel] ?? 0, Math.abs(bytes.readInt16LE(at)));
  }
  return peaks.map((peak) => 20 * Math.log10(peak / 32_768));
}
