import type { Side } from "#contract";
import type { SttEvent } from "../ports.ts";
import { Gate, WINDOW_MS } from "./gate.ts";
import type { Recogniser, Utterance } from "./recogniser.ts";

/** Samples a millisecond, and a window, at the recogniser's rate. */
const PER_MS = 16;
const WINDOW = WINDOW_MS * PER_MS;
/** Silence that ends an utterance: words are apart by less, and the agent waits for the answer. */
const HANGOVER_MS = 450;
/** What came before the gate opened belongs to the first word; models are used to some silence there. */
const LEAD_MS = 300;
/** Nobody speaks longer without a breath: a noise, or a card of words that wants to be read. */
const LONGEST_MS = 20_000;
/** Sound whose place is further off than this does not follow on what came before. */
const JUMP_MS = 150;

type Options = {
  side: Side;
  recogniser: Recogniser;
  /** Turns what comes into 16 kHz, and forgets what it knows. */
  resampler: { resample(samples: Float32Array): Float32Array; reset(): void };
  say: (event: SttEvent) => void;
};

type Speaking = { utterance: Utterance; fromMs: number; loudMs: number; text: string };

/** One side: its gate, its utterances one after the other, what is written of them. */
export class Channel {
  readonly #options: Options;
  readonly #gate = new Gate(HANGOVER_MS);
  #rest = new Float32Array(0);
  #restMs = 0;
  #before: Float32Array[] = [];
  #speaking: Speaking | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Everything before is written down, in milliseconds; what came later is needed again by another process. */
  get settledMs(): number {
    const lead = this.#before.length * WINDOW_MS;
    return Math.max(0, this.#speaking ? this.#speaking.fromMs - LEAD_MS : this.#restMs - lead);
  }

  get speaking(): boolean {
    return this.#speaking !== null;
  }

  /** @param late it lags: no partials */
  hear(samples: Int16Array, atMs: number, late: boolean): void {
    const expectedMs = this.#restMs + this.#rest.length / PER_MS;
    if (Math.abs(atMs - expectedMs) > JUMP_MS) this.#jump(atMs);
    else this.#restMs = atMs - this.#rest.length / PER_MS;
    const heard = this.#options.resampler.resample(floatsOf(samples));
    const all = new Float32Array(this.#rest.length + heard.length);
    all.set(this.#rest);
    all.set(heard, this.#rest.length);
    let at = 0;
    for (; at + WINDOW <= all.length; at += WINDOW) this.#window(all.slice(at, at + WINDOW));
    this.#rest = all.slice(at);
    if (!late) this.#guess();
  }

  /** Ends what is being said, because nothing comes any more. */
  flush(): void {
    if (this.#speaking) this.#end(this.#speaking, true);
    this.#gate.close();
  }

  #window(window: Float32Array): void {
    const atMs = this.#restMs;
    this.#restMs += WINDOW_MS;
    const { loud, open } = this.#gate.hear(window);
    const speaking = this.#speaking;
    if (!speaking) {
      this.#before.push(window);
      if (this.#before.length > LEAD_MS / WINDOW_MS) this.#before.shift();
      if (open) this.#begin(atMs);
      return;
    }
    speaking.utterance.hear(window);
    if (loud) speaking.loudMs = atMs + WINDOW_MS;
    if (!open || speaking.utterance.over()) this.#end(speaking, true);
    else if (atMs - speaking.fromMs > LONGEST_MS) this.#end(speaking, false);
  }

  #begin(atMs: number): void {
    const { recogniser, side, say } = this.#options;
    const lead = this.#before;
    this.#before = [];
    const fromMs = Math.max(0, atMs - WINDOW_MS);
    const utterance = recogniser.begin();
    const missing = LEAD_MS / WINDOW_MS - lead.length;
    if (missing > 0) utterance.hear(new Float32Array(missing * WINDOW));
    for (const window of lead) utterance.hear(window);
    this.#speaking = { utterance, fromMs, loudMs: atMs + WINDOW_MS, text: "" };
    say({ kind: "speech-start", side, atMs: Math.round(fromMs) });
  }

  #guess(): void {
    const speaking = this.#speaking;
    const text = speaking?.utterance.text() ?? "";
    if (!speaking || text === "" || text === speaking.text) return;
    speaking.text = text;
    const { side, say } = this.#options;
    say({ kind: "partial", side, text, ...timesOf(speaking) });
  }

  #end(speaking: Speaking, ended: boolean): void {
    const { side, say } = this.#options;
    this.#speaking = null;
    const text = speaking.utterance.end();
    if (text !== "") say({ kind: "final", side, text, ...timesOf(speaking), ended });
    // the gate may stand open still: the next window begins another utterance
  }

  #jump(atMs: number): void {
    this.flush();
    this.#options.resampler.reset();
    this.#rest = new Float32Array(0);
    this.#before = [];
    this.#restMs = atMs;
  }
}

function floatsOf(samples: Int16Array): Float32Array {
  const floats = new Float32Array(samples.length);
  for (let i = 0; i < samples.length; i++) floats[i] = (samples[i] ?? 0) / 32_768;
  return floats;
}

const timesOf = ({ fromMs, loudMs }: Speaking) => ({ fromMs: Math.round(fromMs), toMs: Math.round(loudMs) });
