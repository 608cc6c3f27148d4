import { writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Gap } from "#contract";
import type { Log } from "../log.ts";
import type {
  CaptureHealth,
  Levels,
  Recorded,
  Recorder,
  RunningRecording,
  Scrubbed,
  SoundListener,
} from "../ports.ts";
import { Capture } from "./capture.ts";
import { describe, gapsOf, mend } from "./finished.ts";
import { Proof } from "./proof.ts";
import { type Devices, type Source, sourcesOf } from "./sources.ts";
import { StereoTimeline } from "./timeline.ts";
import { type Channels, GrowingWav } from "./wav.ts";

const TICK_MS = 200;
const TICKS_PER_SAVE = 5;
/** After a pause of this whole process its recorders get one more tick to deliver what they kept. */
const STALL_MS = 400;
/** How long `start` waits for the first sound of each side. */
const FIRST_SOUND_MS = 2_000;

export type RecorderOptions = Devices & {
  log: Log;
  /** The environment of the recorder processes; by default this process's own. */
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
};

/** Records calls with the recorders of this system. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { log, env = process.env, platform = process.platform } = options;
  const sources = sourcesOf(platform, options);
  return {
    async start(file) {
      const recording = new Recording({ file, sources, env, log, platform });
      await recording.open();
      return recording;
    },
    recover: mend,
  };
}

type Options = {
  file: string;
  sources: Source[];
  env: NodeJS.ProcessEnv;
  log: Log;
  platform: NodeJS.Platform;
};

class Recording implements RunningRecording {
  readonly file: string;
  readonly flowing: Promise<void>;
  readonly #log: Log;
  readonly #channels: Channels;
  readonly #timeline: StereoTimeline;
  readonly #captures: Capture[];
  readonly #proof: Proof;
  #wav: GrowingWav | null = null;
  #disk: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;
  #noted = "";
  #lastTickMs = performance.now();
  #stopped: Promise<Recorded> | null = null;

  constructor({ file, sources, env, log, platform }: Options) {
    this.file = file;
    this.#log = log;
    this.#channels = sources.length === 1 ? 1 : 2;
    const timeline = new StereoTimeline(
      sources.map(({ side }) => side),
      performance.now(),
    );
    this.#timeline = timeline;
    this.#captures = sources.map((source) => {
      const onAudio = (samples: Int16Array) => timeline.push(source.side, samples, performance.now());
      return new Capture({ source, env, log, onAudio, onLoss: () => timeline.cut(source.side) });
    });
    const sides = sources.map((source, i) => ({ source, capture: this.#captures[i] as Capture }));
    this.#proof = new Proof({
      sides,
      env,
      platform,
      lost: () => timeline.lostSeconds(),
      driftPpm: (side) => timeline.driftPpm(side),
    });
    this.flowing = this.#begin();
  }

  /** Makes the file; its recorders listen meanwhile: the first word does not wait for the disk. */
  async open(): Promise<void> {
    try {
      this.#wav = await GrowingWav.create(this.file, this.#channels, this.#log);
    } catch (error) {
      await this.#silence();
      throw error;
    }
  }

  /** Nobody has the recording before its file is made. */
  #opened(): GrowingWav {
    if (!this.#wav) throw new Error("the recording's file is not made yet");
    return this.#wav;
  }

  async #begin(): Promise<void> {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#proof.start();
    const limit = new AbortController();
    const patience = wait(FIRST_SOUND_MS, undefined, { signal: limit.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#captures.map((capture) => capture.start())), patience]);
    limit.abort();
  }

  safeBytes(): number {
    return this.#wav?.safe ?? 0;
  }

  pause(): void {
    this.#timeline.pause(performance.now());
  }

  resume(): void {
    this.#timeline.resume(performance.now());
  }

  onHealth(listener: (health: CaptureHealth) => void): void {
    this.#proof.onHealth(listener);
  }

  levels(): Levels {
    return this.#proof.levels();
  }

  listen(listener: SoundListener): void {
    this.#timeline.listen(listener);
  }

  scrub(fromMs: number, toMs: number): Promise<Scrubbed> {
    const span = this.#timeline.scrub(fromMs, toMs);
    const scrubbing = this.#disk.then(() => this.#opened().silence(span));
    // one that fails does not hold up what is written after it
    this.#disk = scrubbing.then(
      () => undefined,
      () => undefined,
    );
    return scrubbing;
  }

  stop(beforeClose?: () => Promise<void>): Promise<Recorded> {
    this.#stopped ??= this.#close(performance.now(), beforeClose);
    return this.#stopped;
  }

  async #silence(): Promise<void> {
    clearInterval(this.#timer);
    this.#proof.stop();
    await Promise.all(this.#captures.map((capture) => capture.stop()));
  }

  async #close(endMs: number, beforeClose?: () => Promise<void>): Promise<Recorded> {
    await this.#silence();
    await this.#disk;
    const wav = this.#opened();
    for (const samples of this.#timeline.rest(endMs)) {
      wav.append(samples);
      await wav.write();
    }
    await beforeClose?.();
    await this.#disk;
    await wav.close();
    return describe(this.file, this.#channels, { gaps: this.#gaps(), sides: this.#proof.sides() });
  }

  #gaps(): Gap[] {
    const gaps = this.#timeline.gaps();
    const end = this.#timeline.seconds;
    // a fault may be judged while the file is being closed, and last longer than it
    const faults = this.#proof.faults(gaps).filter(({ from }) => from < end);
    return [...gaps, ...faults.map((fault) => ({ ...fault, to: Math.min(fault.to, end) }))];
  }

  /** For the start after a crash, which would not know them otherwise. */
  async #noteGaps(): Promise<void> {
    const gaps = JSON.stringify(this.#gaps());
    if (gaps === this.#noted) return;
    this.#noted = gaps;
    await writeFile(gapsOf(this.file), gaps, { mode: 0o600 }).catch(() => undefined);
  }

  #tick(): void {
    const nowMs = performance.now();
    const stalled = nowMs - this.#lastTickMs > STALL_MS;
    this.#lastTickMs = nowMs;
    if (stalled) return;
    for (const capture of this.#captures) capture.check(nowMs);
    const wav = this.#wav;
    if (!wav) return;
    wav.append(this.#timeline.read(nowMs));
    const save = ++this.#ticks % TICKS_PER_SAVE === 0;
    this.#disk = this.#disk.then(() => (save ? this.#save(wav) : wav.write()));
  }

  async #save(wav: GrowingWav): Promise<void> {
    await wav.save();
    await this.#noteGaps();
  }
}
