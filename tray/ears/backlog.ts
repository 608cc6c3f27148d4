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
  #heardMs = 0;
  #skipping: { fromMs: number; toMs: number } | null = null;

  /** Sound that has come and was not listened to, in milliseconds. */
  get waitingMs(): number {
    const last = this.#chunks.at(-1);
    return last ? Math.max(0, last.endMs - Math.max(this.#heardMs, this.#chunks[0]?.atMs ?? 0)) : 0;
  }

  /** Takes a chunk; false when there is no room and it is left out. */
  add(chunk: Chunk): boolean {
    const room = this.waitingMs < (this.#skipping ? MOST_WAITING_MS / 2 : MOST_WAITING_MS);
    if (!room) {
      this.#skipping = { fromMs: this.#skipping?.fromMs ?? chunk.atMs, toMs: chunk.endMs };
      return false;
    }
    this.#chunks.push(chunk);
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
    this.#heardMs = Math.max(this.#heardMs, heardMs);
    const first = this.#chunks.findIndex(({ endMs }) => endMs > settledMs);
    this.#chunks = first < 0 ? [] : this.#chunks.slice(first);
  }

  /** What the next process must hear, oldest first; nothing of it counts as heard. */
  again(): Chunk[] {
    this.#heardMs = 0;
    return [...this.#chunks];
  }

  /** Gives up all that is there, such as sound on which processes have died. Returns what that was. */
  drop(): { fromMs: number; toMs: number } | null {
    const [first, last] = [this.#chunks[0], this.#chunks.at(-1)];
    this.#chunks = [];
    return first && last ? { fromMs: first.atMs, toMs: last.endMs } : null;
  }
}
