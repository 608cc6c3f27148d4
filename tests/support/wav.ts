import { createHash } from "node:crypto";
import wavefile from "wavefile";
import type { RecordingMetadata } from "#contract";

/** A stereo WAV of `seconds`: a tone on the left, silence on the right; and what is true of it. */
export function toneWav(
  seconds: number,
  sampleRate = 44_100,
): { bytes: Uint8Array<ArrayBuffer>; metadata: RecordingMetadata } {
  const frames = Math.round(seconds * sampleRate);
  const samples = new Int16Array(frames * 2);
  for (let i = 0; i < frames; i++)
    samples[2 * i] = Math.round(20_000 * Math.sin((2 * Math.PI * 440 * i) / sampleRate));
  const wav = new wavefile.WaveFile();
  wav.fromScratch(2, sampleRate, "16", samples);
  const bytes = new Uint8Array(wav.toBuffer());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    bytes,
    metadata: {
      sampleRate,
      channels: 2,
      bitsPerSample: 16,
      durationSeconds: seconds,
      bytes: bytes.length,
      sha256,
    },
  };
}

/** The header `Content-Digest` (RFC 9530) of a body. */
export const contentDigest = (bytes: Uint8Array): Record<string, string> => ({
  "content-digest": `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`,
});
