import { SAMPLE_RATE, Segment } from "./segment.ts";

/** A shorter silence of a source is the start of a child process, not a loss worth a note. */
const SHORTEST_GAP = 0.05 * SAMPLE_RATE;

/** Frames `from` up to, not including, `to`. */
export type Span = { from: number; to: number };

/** One side of the call on the clock's frames: its segments in order, silence between them. */
export class Track {
  readonly #segments: Segment[] = [];
  readonly #gaps: Span[] = [];
  #driftPpm: number | null = null;
  #open = false;
  #heardUntil = 0;

  /** Adds samples that arrived at frame `now`. Returns the frame at which the first of them belongs. */
  push(samples: Int16Array, now: number): number {
    if (samples.length === 0) return now;
    if (!this.#open) this.#segments.push(new Segment());
    this.#open = true;
    return this.#segments.at(-1)?.push(samples, now) ?? now;
  }

  /** How much too fast the source's clock is, in millionths; null before that can be told. */
  get driftPpm(): number | null {
    return this.#segments[0]?.driftPpm ?? this.#driftPpm;
  }

  /** The source ended: what comes next is placed on its own, by its own arrival. */
  cut(): void {
    this.#open = false;
  }

  /** Fills `into` with frames from `from` on; silence where there is no sound. */
  read(into: Int16Array, from: number): void {
    let at = 0;
    for (let segment = this.#segments[0]; segment && at < into.length; segment = this.#segments[0]) {
      const silence = Math.min(segment.lead(from + at), into.length - at);
      into.fill(0, at, at + silence);
      at += silence;
      if (at === into.length) return;
      const frames = segment.read(into.subarray(at));
      this.#heard(from + at, frames);
      at += frames;
      if (at < into.length) this.#leave();
    }
    into.fill(0, at);
  }

  /** Where there was no sound, of all that was read up to frame `end`. */
  gaps(end: number): Span[] {
    const rest = { from: this.#heardUntil, to: end };
    return [...this.#gaps, rest].filter(({ from, to }) => to - from >= SHORTEST_GAP);
  }

  #heard(from: number, frames: number): void {
    if (frames === 0) return;
    if (from - this.#heardUntil >= SHORTEST_GAP) this.#gaps.push({ from: this.#heardUntil, to: from });
    this.#heardUntil = from + frames;
  }

  /** A source that falls behind the output is placed anew when it goes on. */
  #leave(): void {
    this.#driftPpm = this.#segments.shift()?.driftPpm ?? this.#driftPpm;
    if (this.#segments.length === 0) this.#open = false;
  }
}
