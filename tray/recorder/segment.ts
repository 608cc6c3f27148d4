/** All lengths are in frames at this rate. */
export const SAMPLE_RATE = 44_100;
const ms = (milliseconds: number) => (milliseconds * SAMPLE_RATE) / 1000;

/** Deviation is judged once a window: delivery only ever adds delay, so its least value is the clock's. */
const WINDOW = ms(2_000);
const ENGAGE = ms(1);
const RELEASE = ms(0.2);
const JUMP = ms(60);
/** Before, a delivery that is some milliseconds late would look like a clock. */
const TELLING = ms(30_000);
/** The largest resampling, as a share of the rate: nobody hears it. */
const STRETCH = 0.003;

/**
 * Sound of one source that came without interruption, laid on the clock's frames. Small deviations of the
 * source's own clock are resampled away; a hole is filled with silence, an excess dropped.
 */
export class Segment {
  #chunks: Int16Array[] = [];
  #head = 0;
  #fraction = 0;
  #unread = 0;
  /** The frame at which the next unread sample belongs. */
  #next = 0;
  /** The frame at which the last sample that came would belong, had nothing been corrected. */
  #end = 0;
  #playing = false;
  #rate = 1;
  #least = Infinity;
  #windowEnd = 0;
  #beganAt = 0;
  /** Holes and excesses, which are no drift. */
  #jumped = 0;
  #drift: number | null = null;

  /** Adds samples that arrived at frame `now`. Returns the frame at which the first of them belongs. */
  push(samples: Int16Array, now: number): number {
    if (this.#unread === 0 && !this.#playing) this.#next = this.#end = now;
    this.#chunks.push(samples);
    this.#unread += samples.length;
    this.#end += samples.length;
    const late = now - this.#end;
    if (this.#playing) this.#observe(late, now);
    else if (late < 0) {
      this.#next += late;
      this.#end += late;
    }
    return this.#next + this.#unread - samples.length;
  }

  /** How much too fast the source's own clock is, in millionths; null before half a minute of it. */
  get driftPpm(): number | null {
    return this.#drift;
  }

  /** Frames of silence that are due at frame `at` before the next sample. Samples that come too late are dropped. */
  lead(at: number): number {
    if (this.#unread === 0) return 0;
    const lead = Math.round(this.#next - at);
    if (lead > 0) return lead;
    this.#drop(-lead);
    this.#next = at;
    return 0;
  }

  /** Fills `into` from its beginning as far as there is sound; returns how many frames that were. */
  read(into: Int16Array): number {
    if (!this.#playing) this.#windowEnd = (this.#beganAt = this.#next + this.#unread) + WINDOW;
    this.#playing = true;
    const frames = this.#rate === 1 ? this.#copy(into) : this.#resample(into);
    this.#next += frames;
    return frames;
  }

  #observe(late: number, now: number): void {
    if (now >= this.#windowEnd) {
      if (this.#least < Infinity) {
        this.#correct(this.#least - this.#corrected());
        const elapsed = now - this.#beganAt;
        if (elapsed > TELLING) this.#drift = Math.round(((this.#jumped - this.#least) / elapsed) * 1e6);
      }
      this.#least = Infinity;
      this.#windowEnd = now + WINDOW;
    }
    this.#least = Math.min(this.#least, late);
  }

  /** How many frames the sound has been shifted so far. */
  #corrected(): number {
    return this.#next + this.#unread - this.#fraction - this.#end;
  }

  #correct(late: number): void {
    const deviation = Math.abs(late);
    if (deviation > JUMP) {
      this.#jumped += late;
      if (late > 0) this.#next += Math.round(late);
      else this.#drop(Math.round(-late));
      this.#setRate(1);
    } else if (deviation < RELEASE) {
      this.#setRate(1);
    } else if (this.#rate !== 1 || deviation > ENGAGE) {
      this.#setRate(1 - Math.max(-STRETCH, Math.min(STRETCH, late / WINDOW)));
    }
  }

  #setRate(rate: number): void {
    this.#rate = rate;
    if (rate === 1) this.#fraction = 0;
  }

  #copy(into: Int16Array): number {
    let filled = 0;
    while (filled < into.length) {
      const chunk = this.#chunks[0];
      if (!chunk) break;
      const piece = chunk.subarray(this.#head, this.#head + into.length - filled);
      into.set(piece, filled);
      filled += piece.length;
      this.#drop(piece.length);
    }
    return filled;
  }

  /** Linear interpolation between neighbours; at less than 0.3 % it is inaudible in speech. */
  #resample(into: Int16Array): number {
    let filled = 0;
    while (filled < into.length && this.#unread > 1) {
      const here = this.#at(0);
      into[filled++] = Math.round(here + (this.#at(1) - here) * this.#fraction);
      this.#fraction += this.#rate;
      const whole = Math.floor(this.#fraction);
      this.#fraction -= whole;
      this.#drop(whole);
    }
    return filled;
  }

  #at(ahead: number): number {
    const chunk = this.#chunks[0];
    const here = this.#head + ahead;
    return chunk?.[here] ?? this.#chunks[1]?.[here - (chunk?.length ?? 0)] ?? 0;
  }

  #drop(count: number): void {
    let left = Math.min(count, this.#unread);
    this.#unread -= left;
    for (let chunk = this.#chunks[0]; chunk && left >= chunk.length - this.#head; chunk = this.#chunks[0]) {
      left -= chunk.length - this.#head;
      this.#chunks.shift();
      this.#head = 0;
    }
    this.#head += left;
  }
}
