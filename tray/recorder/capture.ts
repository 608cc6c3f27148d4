import recorder from "node-record-lpcm16";
import { type Log, reason } from "../log.ts";
import { peakOf, samplesOf } from "./samples.ts";
import { SAMPLE_RATE } from "./segment.ts";
import type { Source } from "./sources.ts";

type Recording = ReturnType<typeof recorder.record>;

/**
 * Waits before a dead recorder starts again, in milliseconds; the last one repeats until the call ends. A sound server
 * is back within seconds, and what is said then must not wait for a long one.
 */
const RESTARTS_MS = [100, 250, 250, 250, 250, 500, 500, 500, 500, 500, 1_000, 2_000, 5_000];
/** After so many deaths in a row no further line in the log helps. */
const LOGGED = 5;
/** One that lived this long starts again from the first wait. */
const STABLE_MS = 10_000;
/** A recorder that lives but says nothing for so long hangs. */
const SILENT_MS = 5_000;
/** How long a recorder may take to end when asked. */
const LAST_WORDS_MS = 1_000;

type Options = {
  source: Source;
  env: NodeJS.ProcessEnv;
  log: Log;
  onAudio: (samples: Int16Array) => void;
  /** The recorder ended while it should run; another one follows. */
  onLoss: () => void;
};

/** The recorder process of one side, started again whenever it dies. */
export class Capture {
  readonly #options: Options;
  readonly #settled = Promise.withResolvers<void>();
  #recording: Recording | null = null;
  #gone: Promise<void> = Promise.resolve();
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;
  #deaths = 0;
  #startedMs = 0;
  #lastMs = 0;
  #lastSoundMs = performance.now();
  #next: string | undefined;
  #peak = 0;
  #restarts = 0;
  #oddByte: Buffer = Buffer.alloc(0);

  constructor(options: Options) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#recording?.process.pid;
  }

  /** When it last delivered anything, and when a sample was last not zero; on the monotonic clock. */
  get heard(): { lastDataMs: number; lastSoundMs: number } {
    return { lastDataMs: this.#lastMs, lastSoundMs: this.#lastSoundMs };
  }

  /** The loudest sample since the last call, 0 to 32 768. */
  takePeak(): number {
    const peak = this.#peak;
    this.#peak = 0;
    return peak;
  }

  /** How often its recorder has ended while it should run. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Records from another device from now on, in the same file; when that one goes, from its own again. */
  move(device: string): void {
    this.#next = device;
    this.#deaths = 0;
    this.#recording?.process.kill("SIGKILL");
  }

  /** Resolves with the first sound, or when the first recorder has failed. Never rejects. */
  start(): Promise<void> {
    this.#spawn();
    return this.#settled.promise;
  }

  /** Ends a recorder that hangs, so that another one follows. To be called now and then. */
  check(nowMs: number): void {
    if (this.#recording && nowMs - Math.max(this.#lastMs, this.#startedMs) > SILENT_MS)
      this.#recording.process.kill("SIGKILL");
  }

  /** Ends the recorder; resolves when its last samples have been delivered. Idempotent. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    this.#recording?.stop();
    const child = this.#recording?.process;
    const force = setTimeout(() => child?.kill("SIGKILL"), LAST_WORDS_MS);
    await this.#gone;
    clearTimeout(force);
  }

  #spawn(): void {
    const { source, env } = this.#options;
    const name = this.#next ?? source.device;
    this.#next = undefined;
    const device = name === undefined ? {} : { device: name };
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gone = promise;
    this.#startedMs = performance.now();
    this.#lastMs ||= this.#startedMs;
    this.#oddByte = Buffer.alloc(0);
    let failure = "";
    const ended = (how: string) => {
      resolve();
      this.#died(failure || how);
    };
    try {
      const format = { sampleRate: SAMPLE_RATE, channels: 1, audioType: "raw" as const };
      const recording = recorder.record({ ...format, ...device, recorder: source.recorder, env });
      // In this same tick: an unheard 'error' of either ends the tray, and the sound flows at once.
      recording.process.on("error", (error) => (failure = reason(error)));
      recording.stream().on("error", (error) => (failure ||= firstLine(error)));
      recording.stream().on("data", (chunk: Buffer) => this.#hear(chunk));
      recording.process.once("close", (code, signal) => ended(`ended with ${code ?? signal}`));
      this.#recording = recording;
    } catch (error) {
      ended(reason(error));
    }
  }

  #hear(chunk: Buffer): void {
    const bytes = this.#oddByte.length > 0 ? Buffer.concat([this.#oddByte, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % 2);
    this.#oddByte = bytes.subarray(whole);
    this.#lastMs = performance.now();
    const samples = samplesOf(bytes.subarray(0, whole));
    const peak = peakOf(samples);
    if (peak > 0) this.#lastSoundMs = this.#lastMs;
    this.#peak = Math.max(this.#peak, peak);
    this.#options.onAudio(samples);
    this.#settled.resolve();
  }

  /** Also an end with code 0 is a death: sox ends so when the sound server dies. */
  #died(how: string): void {
    this.#recording = null;
    this.#settled.resolve();
    if (this.#stopping) return;
    this.#options.onLoss();
    if (this.#next === undefined) this.#restarts++;
    if (performance.now() - this.#startedMs > STABLE_MS) this.#deaths = 0;
    if (this.#deaths < LOGGED)
      this.#options.log(`the recorder of the ${this.#options.source.side}'s side: ${how}`);
    const wait = RESTARTS_MS[this.#deaths++] ?? RESTARTS_MS.at(-1);
    this.#restart = setTimeout(() => this.#spawn(), wait);
  }
}

const firstLine = (error: unknown): string => reason(error).split("\n", 1)[0] ?? "";
