import type { Gap } from "#contract";
import type { SoundListener } from "../ports.ts";
import { SAMPLE_RATE } from "./segment.ts";
import type { Side } from "./sources.ts";
import { type Span, Track } from "./track.ts";

/** The output runs this far behind the clock, so that late sound still finds its place. */
const DELAY_MS = 300;
/** The most that one `read` returns, in frames: a PC that slept does not ask for gigabytes at once. */
const BLOCK = SAMPLE_RATE;
/** The contract's limit; past it a recording is more gap than sound. */
const MOST_GAPS = 10_000;

/**
 * Both sides of a call on one monotonic clock: what arrived when it arrived, silence where nothing did, the
 * drift of two sound cards taken out. Pure: instants in milliseconds come with the calls.
 */
export class StereoTimeline {
  readonly #tracks: Map<Side, Track>;
  readonly #zeroMs: number;
  readonly #mutes: Span[] = [];
  /** What was said there must not be kept. */
  readonly #scrubbed: Span[] = [];
  #listener: SoundListener | null = null;
  #written = 0;

  /** @param sides one channel each, in this order */
  constructor(sides: Side[], nowMs: number) {
    this.#tracks = new Map(sides.map((side) => [side, new Track()]));
    this.#zeroMs = nowMs;
  }

  /** Samples of one side, mono at 44.1 kHz, that have just arrived. */
  push(side: Side, samples: Int16Array, nowMs: number): void {
    const from = this.#tracks.get(side)?.push(samples, this.#exactFrame(nowMs));
    if (this.#listener && from !== undefined) this.#pass(side, samples, from, this.#listener);
  }

  /** Hands each side's samples on as they arrive, with their place; what is paused is left out. */
  listen(listener: SoundListener): void {
    this.#listener = listener;
  }

  /** Silence on all sides between two instants after the start, past or to come. Returns it in frames. */
  scrub(fromMs: number, toMs: number): Span {
    const frame = (ms: number) => Math.max(0, Math.round((ms * SAMPLE_RATE) / 1000));
    const span = { from: frame(fromMs), to: frame(toMs) };
    this.#scrubbed.push(span);
    return span;
  }

  /** The source of a side ended; its successor is placed by its own arrival, silence between. */
  cut(side: Side): void {
    this.#tracks.get(side)?.cut();
  }

  /** Silence on all sides from now on, exact to the frame. Idempotent. */
  pause(nowMs: number): void {
    if (!this.#paused()) this.#mutes.push({ from: this.#frame(nowMs), to: Infinity });
  }

  resume(nowMs: number): void {
    const mute = this.#paused();
    if (mute) mute.to = this.#frame(nowMs);
  }

  /** Interleaved frames that are due: at most a second; empty when nothing is. */
  read(nowMs: number): Int16Array {
    return this.#readUntil(this.#frame(nowMs - DELAY_MS));
  }

  /** Everything up to now, in blocks of at most a second. Nothing is due afterwards. */
  *rest(nowMs: number): Generator<Int16Array> {
    const end = this.#frame(nowMs);
    while (this.#written < end) yield this.#readUntil(end);
  }

  /** What was not captured of the frames read so far, in seconds from the start. */
  gaps(): Gap[] {
    const end = this.#written;
    const sides = [...this.#tracks].flatMap(([side, track]) =>
      track.gaps(end).map((span) => inSeconds(side, span, end, "lost")),
    );
    const pauses = this.#mutes.filter(({ from }) => from < end);
    const scrubbed = this.#scrubbed.filter(({ from }) => from < end);
    return [
      ...sides,
      ...pauses.map((span) => inSeconds("both", span, end, "paused")),
      ...scrubbed.map((span) => inSeconds("both", span, end, "card")),
    ]
      .toSorted((a, b) => a.from - b.from)
      .slice(0, MOST_GAPS);
  }

  /** Seconds of either side that are lost so far, without the pauses. */
  lostSeconds(): number {
    const lost = this.gaps().filter(({ why }) => why === "lost");
    return Math.round(lost.reduce((sum, { from, to }) => sum + to - from, 0));
  }

  /** How much has been read so far. */
  get seconds(): number {
    return this.#written / SAMPLE_RATE;
  }

  /** How much too fast a side's clock is, in millionths; null before that can be told. */
  driftPpm(side: Side): number | null {
    return this.#tracks.get(side)?.driftPpm ?? null;
  }

  #readUntil(end: number): Int16Array {
    const frames = Math.max(0, Math.min(end - this.#written, BLOCK));
    const channels = this.#tracks.size;
    const out = new Int16Array(frames * channels);
    const mono = new Int16Array(frames);
    for (const [channel, track] of [...this.#tracks.values()].entries()) {
      track.read(mono, this.#written);
      for (let i = 0; i < frames; i++) out[i * channels + channel] = mono[i] ?? 0;
    }
    for (const { from, to } of [...this.#mutes, ...this.#scrubbed])
      if (to > this.#written)
        out.fill(0, Math.max(0, from - this.#written) * channels, (to - this.#written) * channels);
    this.#written += frames;
    return out;
  }

  #pass(side: Side, samples: Int16Array, from: number, listener: SoundListener): void {
    const give = (begin: number, end: number) => {
      if (end > begin) listener(side, samples.subarray(begin, end), ((from + begin) / SAMPLE_RATE) * 1000);
    };
    let at = 0;
    for (const mute of this.#mutes) {
      const begin = Math.ceil(mute.from - from);
      if (mute.to - from <= at || begin >= samples.length) continue;
      give(at, begin);
      at = Math.min(samples.length, Math.ceil(mute.to - from));
    }
    give(at, samples.length);
  }

  #paused(): Span | undefined {
    return this.#mutes.find(({ to }) => to === Infinity);
  }

  #frame(nowMs: number): number {
    return Math.floor(this.#exactFrame(nowMs));
  }

  #exactFrame(nowMs: number): number {
    return ((nowMs - this.#zeroMs) * SAMPLE_RATE) / 1000;
  }
}

function inSeconds(side: Gap["side"], { from, to }: Span, end: number, why: Gap["why"]): Gap {
  const seconds = (frames: number) => Math.round((frames / SAMPLE_RATE) * 1000) / 1000;
  return { side, from: seconds(from), to: seconds(Math.min(to, end)), why };
}
