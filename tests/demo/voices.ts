import { createHash } from "node:crypto";
import type { Gap, RecordingMetadata, TranscriptLine } from "#contract";
import { chance } from "./chance.ts";

/** As a telephone's sound: enough for voices, and it keeps the files small. */
export const SAMPLE_RATE = 8000;
export const BYTES_A_SECOND = SAMPLE_RATE * 4;
const HEADER = 44;
const PERIOD = 256;

/** One period of five vowels: harmonics, the stronger the nearer they are to the vowel's two formants. */
const vowels: Int16Array[] = (
  [
    [750, 1200],
    [500, 1900],
    [300, 2300],
    [450, 850],
    [325, 700],
  ] as const
).map(([first, second]) => {
  const strength = (hz: number) =>
    Math.exp(-(((hz - first) / 180) ** 2)) + 0.6 * Math.exp(-(((hz - second) / 260) ** 2)) + 0.04;
  const wave = Array.from({ length: PERIOD }, (_, i) =>
    Array.from({ length: 16 }, (_, h) => h + 1).reduce(
      (sum, h) => sum + strength(h * 150) * Math.sin((2 * Math.PI * h * i) / PERIOD),
      0,
    ),
  );
  const most = Math.max(...wave.map(Math.abs));
  return Int16Array.from(wave, (value) => (value / most) * 24_000);
});

/**
 * A stereo WAV in which two voices say the lines, the agent left and the customer right: hums shaped as speech, in
 * which no word can be understood. `deaf`: the customer's side stayed empty.
 */
export function recorded(
  lines: TranscriptLine[],
  of: { seconds: number; pitch: number; seed: string; deaf: boolean },
): { bytes: Uint8Array<ArrayBuffer>; metadata: RecordingMetadata } {
  const frames = Math.round(of.seconds * SAMPLE_RATE);
  const bytes = new Uint8Array(HEADER + frames * 4);
  const samples = new Int16Array(bytes.buffer, HEADER);
  const by = chance(of.seed);
  const customerPitch = by.happens(0.5) ? by.whole(98, 130) : by.whole(185, 230);
  for (let i = 0; i < samples.length; i++) samples[i] = (by.next() - 0.5) * (of.deaf && i % 2 ? 0 : 60);
  for (const { side, fromMs, toMs } of lines) {
    const right = side === "customer";
    if (right && of.deaf) continue;
    say(samples, right ? 1 : 0, [fromMs, toMs], right ? customerPitch : of.pitch, by);
  }
  header(bytes, frames);
  const gaps: Gap[] = of.deaf ? [{ side: "customer", from: 0, to: of.seconds, why: "lost" }] : [];
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const shape = { sampleRate: SAMPLE_RATE, channels: 2, bitsPerSample: 16 } as const;
  return { bytes, metadata: { ...shape, durationSeconds: of.seconds, bytes: bytes.length, sha256, gaps } };
}

/** Syllables from one instant to another, in milliseconds; a few to a breath, of which each is as loud as it likes. */
function say(
  samples: Int16Array,
  channel: 0 | 1,
  [from, to]: [number, number],
  pitch: number,
  by: ReturnType<typeof chance>,
): void {
  const last = Math.min(samples.length / 2, (to * SAMPLE_RATE) / 1000);
  let phase = 0;
  let [breath, left] = [1, 0];
  for (let at = Math.round((from * SAMPLE_RATE) / 1000); at < last;) {
    const syllable = Math.min(last - at, by.whole(900, 1900));
    const vowel = by.one(vowels);
    if (left-- === 0) [breath, left] = [0.3 + 0.7 * by.next() ** 1.5, by.whole(5, 12)];
    const loud = breath * (0.6 + 0.4 * by.next());
    const step = (pitch * (0.9 + 0.25 * by.next()) * PERIOD) / SAMPLE_RATE;
    const hiss = by.happens(0.6) ? syllable * 0.18 : 0;
    for (let i = 0; i < syllable; i++) {
      phase += step * (1 - (0.08 * i) / syllable);
      const envelope = Math.sin((Math.PI * i) / syllable) ** 0.7;
      const tone = i < hiss ? (by.next() - 0.5) * 5000 : (vowel[Math.floor(phase) % PERIOD] ?? 0);
      samples[2 * (at + i) + channel] = tone * loud * envelope;
    }
    at += syllable + (by.happens(0.12) ? by.whole(600, 1600) : by.whole(20, 160));
  }
}

function header(bytes: Uint8Array<ArrayBuffer>, frames: number): void {
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => void new TextEncoder().encodeInto(word, bytes.subarray(at));
  text(0, "RIFF");
  view.setUint32(4, 36 + frames * 4, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, BYTES_A_SECOND, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, frames * 4, true);
}
