import { createHash } from "node:crypto";
import wavefile from "wavefile";
import type { RecordingMetadata } from "#contract";
import { AppError } from "../errors.ts";
import type { AudioCheck } from "./store.ts";

const HEADER_BYTES = 44;
/** Peaks a channel: enough for a player as wide as a desk's screen. */
const PEAKS = 600;
const GLANCE = 28;

/** Peaks of each channel, 0 to 100, evenly spaced over the recording. */
export type Waveform = { peaks: number[][]; glance: number[][] };

/**
 * Reads a WAV as it passes: checks header, size and digest against the metadata, and draws its waveform.
 * `end` throws AppError digest_mismatch or not_a_recording.
 */
export class AudioReader implements AudioCheck {
  readonly #expected: RecordingMetadata;
  readonly #hash = createHash("sha256");
  readonly #header = new Uint8Array(HEADER_BYTES);
  readonly #peaks: Uint16Array[];
  readonly #samples: number;
  #bytes = 0;
  #low = -1;

  constructor(expected: RecordingMetadata) {
    this.#expected = expected;
    this.#peaks = Array.from({ length: expected.channels }, () => new Uint16Array(PEAKS));
    this.#samples = Math.max(1, (expected.bytes - HEADER_BYTES) / 2);
  }

  write(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    const intoHeader = Math.max(0, Math.min(chunk.byteLength, HEADER_BYTES - this.#bytes));
    if (intoHeader > 0) this.#header.set(chunk.subarray(0, intoHeader), this.#bytes);
    const first = Math.max(0, this.#bytes - HEADER_BYTES);
    this.#bytes += chunk.byteLength;
    this.#draw(chunk.subarray(intoHeader), first);
  }

  /** `first` is the offset of the chunk's first byte in the audio data; a sample may span two chunks. */
  #draw(chunk: Uint8Array, first: number): void {
    if (chunk.byteLength === 0) return;
    let index = first >> 1;
    let at = 0;
    if (first % 2 === 1) this.#see(index++, ((((chunk[at++] ?? 0) << 8) | this.#low) << 16) >> 16);
    const whole = (chunk.byteLength - at) >> 1;
    const view = new DataView(chunk.buffer, chunk.byteOffset + at, whole * 2);
    const channels = this.#peaks.length;
    // one run for each bucket and channel: a call has some hundred million samples
    for (let i = 0; i < whole;) {
      const bucket = this.#bucketOf(index + i);
      const end = Math.min(whole, this.#firstOf(bucket + 1) - index);
      for (let channel = 0; channel < channels; channel++) {
        let most = 0;
        for (
          let n = i + ((channel - ((index + i) % channels) + channels) % channels);
          n < end;
          n += channels
        ) {
          const sample = view.getInt16(2 * n, true);
          if (sample > most) most = sample;
          else if (-sample > most) most = -sample;
        }
        this.#raise(channel, bucket, most);
      }
      i = Math.max(end, i + 1);
    }
    this.#low = chunk[at + 2 * whole] ?? -1;
  }

  #see(index: number, sample: number): void {
    this.#raise(index % this.#peaks.length, this.#bucketOf(index), Math.abs(sample));
  }

  #raise(channel: number, bucket: number, size: number): void {
    const peaks = this.#peaks[channel] as Uint16Array;
    peaks[bucket] = Math.max(peaks[bucket] ?? 0, Math.min(32_767, size));
  }

  #bucketOf(index: number): number {
    return Math.min(PEAKS - 1, Math.floor((index * PEAKS) / this.#samples));
  }

  /** The first sample of a bucket; the last bucket has no end. */
  #firstOf(bucket: number): number {
    return bucket >= PEAKS ? Infinity : Math.ceil((bucket * this.#samples) / PEAKS);
  }

  end(): void {
    const { bytes, sha256, channels, sampleRate, bitsPerSample } = this.#expected;
    if (this.#bytes !== bytes || this.#hash.digest("hex") !== sha256) throw new AppError("digest_mismatch");
    const header = this.#readHeader();
    const truthful =
      header.fmt.audioFormat === 1 &&
      header.fmt.numChannels === channels &&
      header.fmt.sampleRate === sampleRate &&
      header.fmt.bitsPerSample === bitsPerSample &&
      header.data.chunkSize === bytes - HEADER_BYTES;
    if (!truthful) throw new AppError("not_a_recording");
  }

  #readHeader(): InstanceType<typeof wavefile.WaveFile> {
    const wav = new wavefile.WaveFile();
    try {
      wav.fromBuffer(this.#header, false);
    } catch (cause) {
      throw new AppError("not_a_recording", { cause });
    }
    return wav;
  }

  waveform(): Waveform {
    const percent = (peak: number) => Math.round((peak / 32_767) * 100);
    const peaks = this.#peaks.map((lane) => Array.from(lane, percent));
    const glance = peaks.map((lane) =>
      Array.from({ length: GLANCE }, (_, i) =>
        Math.max(...lane.slice(Math.floor((i * PEAKS) / GLANCE), Math.floor(((i + 1) * PEAKS) / GLANCE))),
      ),
    );
    return { peaks, glance };
  }
}
