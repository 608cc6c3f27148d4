import { createHash } from "node:crypto";
import { PART_BYTES, type Part } from "#contract";
import { loudestOf } from "./loudest.ts";

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

/** A piece as samples; it begins at a whole one of memory. Half of one at its end is none. */
export const samplesOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Int16Array =>
  new Int16Array(buffer, byteOffset, byteLength >> 1);

const percent = (size: number): number => Math.round((Math.min(32_767, size) / 32_767) * 100);

/** How loud the loudest of these samples of a block is in each lane, 0 to 100. @param place of the first one */
export function loudest(samples: Int16Array, place: number): [number, number] {
  const [even, odd] = loudestOf(samples, place);
  return [percent(even), percent(odd)];
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
    const samples = samplesOf(piece);
    for (let from = 0; from + BLOCK_SAMPLES <= samples.length; from += BLOCK_SAMPLES) {
      const block = samples.subarray(from, from + BLOCK_SAMPLES);
      this.#entries.set(loudest(block, from), entryOf(this.#samples + from));
    }
    this.#samples += samples.length;
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
