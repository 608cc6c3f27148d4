/** Turns sound of one rate into another while it streams, by linear interpolation: enough for speech. */
export class Resampler {
  readonly #step: number;
  #last = 0;
  /** Where the next output sample lies, in input samples after `#last`. */
  #position = 1;

  /** @param from @param to rates in Hz */
  constructor(from: number, to: number) {
    this.#step = from / to;
  }

  /** What can be made of all samples so far; mono, 16 bit. */
  push(input: Int16Array): Int16Array {
    const count = Math.max(0, Math.floor((input.length - this.#position) / this.#step) + 1);
    const out = new Int16Array(count);
    const at = (i: number) => (i === 0 ? this.#last : (input[i - 1] ?? 0));
    for (let n = 0; n < count; n++) {
      const whole = Math.floor(this.#position);
      const before = at(whole);
      const after = whole < input.length ? at(whole + 1) : before;
      out[n] = Math.round(before + (after - before) * (this.#position - whole));
      this.#position += this.#step;
    }
    this.#position -= input.length;
    this.#last = input.at(-1) ?? this.#last;
    return out;
  }
}

/** The mean of all channels of interleaved samples. */
export function mixDown(samples: Int16Array, channels: number): Int16Array {
  if (channels === 1) return samples;
  return Int16Array.from({ length: Math.floor(samples.length / channels) }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += samples[frame * channels + channel] ?? 0;
    return Math.round(sum / channels);
  });
}
