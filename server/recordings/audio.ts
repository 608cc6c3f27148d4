import { createHash } from "node:crypto";
import wavefile from "wavefile";
import { PART_BYTES, type RecordingMetadata } from "#contract";
import { AppError } from "../errors.ts";
import { BLOCK_SAMPLES, entryOf, loudest, samplesOf, UNSEEN } from "./sketch.ts";
import type { AudioCheck } from "./store.ts";

const HEADER_BYTES = 44;
/** Peaks a channel: enough for a player as wide as a desk's screen. */
const PEAKS = 600;
const GLANCE = 28;
/** The place of the first sample behind the header. A place is a sample's offset in the file, in samples. */
const FIRST = HEADER_BYTES / 2;

/** Peaks of each channel, 0 to 100, evenly spaced over the recording. */
export type Waveform = { peaks: number[][]; glance: number[][] };

/**
 * Reads a WAV as it passes: checks header, size and digest against the metadata, and draws its waveform. Where there is a
 * sketch, only the blocks in which one peak ends and the next begins are looked at again.
 * `end` throws AppError digest_mismatch or not_a_recording.
 */
export class AudioReader implements AudioCheck {
  readonly #expected: RecordingMetadata;
  readonly #hash = createHash("sha256");
  readonly #header = new Uint8Array(HEADER_BYTES);
  readonly #peaks: Uint8Array[];
  readonly #samples: number;
  readonly #sketched: Uint8Array;
  #bytes = 0;

  /** @param sketches by the part's number: of the audio that will be written, part by part */
  constructor(expected: RecordingMetadata, sketches: ReadonlyMap<number, Uint8Array> = new Map()) {
    this.#expected = expected;
    this.#peaks = Array.from({ length: expected.channels }, () => new Uint8Array(PEAKS));
    this.#samples = Math.max(1, (expected.bytes - HEADER_BYTES) / 2);
    this.#sketched = new Uint8Array(entryOf(expected.bytes / 2) + 2).fill(UNSEEN);
    for (const [n, entries] of sketches) {
      const at = entryOf((n * PART_BYTES) / 2);
      const room = this.#sketched.length - at;
      if (room > 0) this.#sketched.set(entries.subarray(0, room), at);
    }
  }

  /** The next piece: whole blocks, save at the file's end. */
  write(piece: Uint8Array): void {
    this.#hash.update(piece);
    if (this.#bytes === 0) this.#header.set(piece.subarray(0, HEADER_BYTES));
    this.#draw(samplesOf(piece), this.#bytes / 2);
    this.#bytes += piece.byteLength;
  }

  /** @param start the place of the piece's first sample */
  #draw(samples: Int16Array, start: number): void {
    const end = Math.min(start + samples.length, FIRST + Math.floor(this.#samples));
    for (let at = Math.max(start, FIRST); at < end;) {
      const bucket = this.#bucketOf(at - FIRST);
      const block = Math.floor(at / BLOCK_SAMPLES) + 1;
      const to = Math.min(end, block * BLOCK_SAMPLES, FIRST + this.#firstOf(bucket + 1));
      const entry = entryOf(at);
      const [first, second] =
        to - at === BLOCK_SAMPLES && this.#sketched[entry] !== UNSEEN
          ? this.#sketched.subarray(entry, entry + 2)
          : loudest(samples.subarray(at - start, to - start), at);
      this.#raise(0, bucket, first ?? 0);
      this.#raise(1, bucket, second ?? 0);
      at = to;
    }
  }

  /** In a mono recording both lanes are the one channel. */
  #raise(lane: number, bucket: number, size: number): void {
    const peaks = this.#peaks[lane % this.#peaks.length] as Uint8Array;
    peaks[bucket] = Math.max(peaks[bucket] ?? 0, size);
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
    const peaks = this.#peaks.map((lane) => Array.from(lane));
    const glance = peaks.map((lane) =>
      Array.from({ length: GLANCE }, (_, i) =>
        Math.max(...lane.slice(Math.floor((i * PEAKS) / GLANCE), Math.floor(((i + 1) * PEAKS) / GLANCE))),
      ),
    );
    return { peaks, glance };
  }
}
