/** Windows of this length are judged, in milliseconds. */
export const WINDOW_MS = 20;
/** Speech stands this much above the noise, in dB; less closes an open gate, so that it does not flutter. */
const OPENS = 9;
const STAYS = 6;
/** Nothing below is speech, in dB below full scale. */
const QUIETEST = -55;
/** The floor falls to a quieter window at once, and rises slowly: so fast, in dB a second. */
const RISE = 2;
const [LOWEST, HIGHEST] = [-75, -25];
/** One loud window is a click, two in a row are a voice. */
const OPENING_WINDOWS = 2;

/**
 * Whether somebody speaks, by the energy of one side against its own noise. The floor follows the quietest windows,
 * so that a fan or a bad line does not count as a voice for long. Pure.
 */
export class Gate {
  readonly #closingWindows: number;
  #floor = HIGHEST;
  #loud = 0;
  #quiet = 0;
  #open = false;

  /** @param hangoverMs silence that ends an utterance */
  constructor(hangoverMs: number) {
    this.#closingWindows = Math.round(hangoverMs / WINDOW_MS);
  }

  get open(): boolean {
    return this.#open;
  }

  /** Takes one window of samples, -1 to 1. Returns whether it was loud, and whether the gate stands open after it. */
  hear(window: Float32Array): { loud: boolean; open: boolean } {
    const level = decibelsOf(window);
    const above = level - this.#floor;
    this.#floor = Math.max(LOWEST, Math.min(HIGHEST, level, this.#floor + (RISE * WINDOW_MS) / 1000));
    const loud = level > QUIETEST && above > (this.#open ? STAYS : OPENS);
    this.#loud = loud ? this.#loud + 1 : 0;
    this.#quiet = loud ? 0 : this.#quiet + 1;
    if (!this.#open && this.#loud >= OPENING_WINDOWS) this.#open = true;
    if (this.#open && this.#quiet >= this.#closingWindows) this.#open = false;
    return { loud, open: this.#open };
  }

  /** As if nobody had spoken; what is known of the noise stays. */
  close(): void {
    this.#open = false;
    this.#loud = 0;
    this.#quiet = 0;
  }
}

/** RMS in dB below full scale; exact silence is -96. */
function decibelsOf(window: Float32Array): number {
  let sum = 0;
  for (const sample of window) sum += sample * sample;
  return sum === 0 ? -96 : Math.max(-96, 10 * Math.log10(sum / window.length));
}
