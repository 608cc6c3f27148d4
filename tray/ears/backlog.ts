import type { Side } from "#contract";

/** Sound that nobody has listened to may be this old; then it is left out until half of it is done. */
const MOST_WAITING_MS = 20_000;

export type Chunk = { side: Side; samples: Int16Array; atMs: number; endMs: number };

/**
 * One side's sound that is not written down yet: what another process must hear again when this one dies. Bounded:
 * when nobody keeps up, new sound is left out, and said so. Pure.
 */
export class Backlog {
  #chunks: Chunk[] = [];
  /** How many of them were listened to, and how long the others are; a pause between two is nobody's work. */
  #heard = 0;
  #waitingMs = 0;
  #skipping: { fromMs: number; toMs: number } | null = null;

  /** Sound that has come and was not listened to, in milliseconds. */
  get waitingMs(): number {
    return this.#waitingMs;
  }

  /** Takes a chunk; false when there is no room and it is left out. */
  add(chunk: Chunk): boolean {
    const room = this.waitingMs < (this.#skipping ? MOST_WAITING_MS / 2 : MOST_WAITING_MS);
    if (!room) {
      this.#skipping = { fromMs: this.#skipping?.fromMs ?? chunk.atMs, toMs: chunk.endMs };
      return false;
    }
    this.#chunks.push(chunk);
    this.#waitingMs += lengthOf(chunk);
    return true;
  }

  /** What was left out since, once sound is taken again; null otherwise. Said once. */
  skipped(): { fromMs: number; toMs: number } | null {
    const skipped = this.#skipping;
    if (!skipped || this.waitingMs >= MOST_WAITING_MS / 2) return null;
    this.#skipping = null;
    return skipped;
  }

  progress(heardMs: number, settledMs: number): void {
    for (
      let next = this.#chunks[this.#heard];
      next && next.endMs <= heardMs;
      next = this.#chunks[++this.#heard]
    )
      this.#waitingMs -= lengthOf(next);
    let settled = 0;
    while (settled < this.#heard && (this.#chunks[settled]?.endMs ?? 0) <= settledMs) settled++;
    this.#chunks.splice(0, settled);
    this.#heard -= settled;
    if (this.#heard === this.#chunks.length) this.#waitingMs = 0;
  }

  /** What the next process must hear, oldest first; nothing of it counts as heard. */
  again(): Chunk[] {
    this.#heard = 0;
    this.#waitingMs = this.#chunks.reduce((sum, chunk) => sum + lengthOf(chunk), 0);
    return [...this.#chunks];
  }

  /** Gives up all that is there, such as sound on which processes have died. Returns what that was. */
  drop(): { fromMs: number; toMs: number } | null {
    const [first, last] = [this.#chunks[0], this.#chunks.at(-1)];
    this.#chunks = [];
    this.#heard = 0;
    this.#waitingMs = 0;
    return first && last ? { fromMs: first.atMs, toMs: last.endMs } : null;
  }
}

const lengthOf = ({ atMs, endMs }: Chunk): number => endMs - atMs;
