import { createHash } from "node:crypto";
import { PART_BYTES, type Part } from "#contract";

/** A block of a file: what a sketch has one entry for. A part and a piece of one are so many whole blocks. */
const BLOCK_BYTES = 16_384;
export const BLOCK_SAMPLES = BLOCK_BYTES / 2;
/** The entry of a block that nobody has drawn. */
export const UNSEEN = 255;

/** Where the two entries of a sample's block begin, among those of the whole file. */
export const entryOf = (sample: number): number => 2 * Math.floor(sample / BLOCK_SAMPLES);

const ENTRIES = entryOf(PART_BYTES / 2);
const SEAL_BYTES = 32;
/** A sealed sketch. */
export const SKETCH_BYTES = SEAL_BYTES + ENTRIES;

/** A piece as samples, and as pairs of them; it begins at a whole pair of memory. What is no whole one at its end is none. */
export const soundOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Sound => ({
  samples: new Int16Array(buffer, byteOffset, byteLength >> 1),
  pairs: new Int32Array(buffer, byteOffset, byteLength >> 2),
});
export type Sound = { samples: Int16Array; pairs: Int32Array };

const percent = (size: number): number => Math.round((Math.min(32_767, size) / 32_767) * 100);

/** How loud the loudest sample of each lane is among `from` to before `to`, 0 to 100. */
export function loudest({ samples, pairs }: Sound, from: number, to: number): [number, number] {
  // both of a pair at once, at their place in its 32 bits: in half the time
  let low = 0;
  let high = 0;
  let least = 0;
  let most = 0;
  for (let n = (from + 1) >> 1; n < to >> 1; n++) {
    const second = pairs[n] as number;
    const first = second << 16;
    low = Math.min(low, first);
    high = Math.max(high, first);
    least = Math.min(least, second);
    most = Math.max(most, second);
  }
  const even = to & 1 ? Math.abs(samples[to - 1] ?? 0) : 0;
  const odd = from & 1 ? Math.abs(samples[from] ?? 0) : 0;
  return [
    percent(Math.max(even, high >> 16, -(low >> 16))),
    percent(Math.max(odd, most >> 16, -(least >> 16))),
  ];
}

/**
 * How loud each whole block of a part is, drawn while it arrives: two lanes a block, 0 to 100. It needs to know neither
 * the header nor how long the recording will be.
 */
export class Sketch {
  readonly #entries = new Uint8Array(ENTRIES).fill(UNSEEN);
  #samples = 0;

  /** The part's next piece: whole blocks, save at its end. */
  see(piece: Uint8Array): void {
    const sound = soundOf(piece);
    for (let from = 0; from + BLOCK_SAMPLES <= sound.samples.length; from += BLOCK_SAMPLES)
      this.#entries.set(loudest(sound, from, from + BLOCK_SAMPLES), entryOf(this.#samples + from));
    this.#samples += sound.samples.length;
  }

  /** As it is kept: behind a seal that fits only a part with this digest. */
  sealed(sha256: string): Uint8Array {
    return Buffer.concat([seal(sha256, this.#entries), this.#entries]);
  }
}

/** Power cuts tear what is kept beside a part, and another part may have taken its place meanwhile. */
const seal = (sha256: string, entries: Uint8Array): Buffer =>
  createHash("sha256").update(sha256).update(entries).digest();

/** The entries of each part's sketch by the part's number, without those whose seal does not fit. */
export function unsealed(parts: Part[], sketches: Uint8Array[]): Map<number, Uint8Array> {
  const known = new Map<number, Uint8Array>();
  for (const { n, sha256 } of parts) {
    const [own, entries] = [sketches[n]?.subarray(0, SEAL_BYTES), sketches[n]?.subarray(SEAL_BYTES)];
    if (own && entries && seal(sha256, entries).equals(own)) known.set(n, entries);
  }
  return known;
}
