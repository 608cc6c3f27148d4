import { createHash } from "node:crypto";
import wavefile from "wavefile";
import type { RecordingMetadata } from "#contract";

export type Wav = { bytes: Uint8Array<ArrayBuffer>; metadata: RecordingMetadata };

/** Samples, whose channels take turns, as a WAV; and what is true of it. */
export function wavOf(samples: Int16Array, channels: 1 | 2, sampleRate = 44_100): Wav {
  const wav = new wavefile.WaveFile();
  wav.fromScratch(channels, sampleRate, "16", samples);
  const bytes = new Uint8Array(wav.toBuffer());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const durationSeconds = samples.length / channels / sampleRate;
  const format = { sampleRate, channels, bitsPerSample: 16 } as const;
  return { bytes, metadata: { ...format, durationSeconds, bytes: bytes.length, sha256 } };
}

/** A stereo WAV of `seconds`: a tone on the left, silence on the right; and what is true of it. */
export function toneWav(seconds: number, sampleRate = 44_100): Wav {
  const frames = Math.round(seconds * sampleRate);
  const samples = new Int16Array(frames * 2);
  for (let i = 0; i < frames; i++)
    samples[2 * i] = Math.round(20_000 * Math.sin((2 * Math.PI * 440 * i) / sampleRate));
  const { bytes, metadata } = wavOf(samples, 2, sampleRate);
  return { bytes, metadata: { ...metadata, durationSeconds: seconds } };
}

/** The header `Content-Digest` (RFC 9530) of a body. */
export const contentDigest = (bytes: Uint8Array): Record<string, string> => ({
  "content-digest": `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`,
});
