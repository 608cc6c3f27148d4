import { type ChildProcess, spawn } from "node:child_process";
import { peakOf, samplesOf } from "./samples.ts";

/** Speech is far louder, what a quiet line hisses far less: about -30 dB. */
const LOUD = 1_000;
/** Words have pauses; this long without anything loud ends a run of speech. */
const RUN_MS = 700;

/** Since when something loud has been played, run by run. Pure. */
export class LoudRun {
  #sinceMs: number | null = null;
  #lastMs = -Infinity;

  hear(peak: number, nowMs: number): void {
    if (peak < LOUD) return;
    if (this.#sinceMs === null || nowMs - this.#lastMs > RUN_MS) this.#sinceMs = nowMs;
    this.#lastMs = nowMs;
  }

  /** Null while nothing loud is played. */
  since(nowMs: number): number | null {
    return nowMs - this.#lastMs > RUN_MS ? null : this.#sinceMs;
  }
}

/**
 * Listens to what the softphone itself plays, before the device, in coarse sound that is thrown away: what is loud
 * there must be in the recording. PulseAudio and PipeWire only.
 */
export class PlaybackMeter {
  readonly #env: NodeJS.ProcessEnv;
  #stream: number | null = null;
  #child: ChildProcess | null = null;
  #run = new LoudRun();

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** Listens to this stream (a sink input's index) from now on; null for none. */
  follow(stream: number | null): void {
    if (stream === this.#stream) return;
    this.stop();
    this.#stream = stream;
    this.#run = new LoudRun();
    if (stream === null) return;
    const format = ["--raw", "--format=s16le", "--rate=8000", "--channels=1", "--latency-msec=500"];
    const child = spawn("parec", [...format, `--monitor-stream=${stream}`, "--client-name=CallManager"], {
      env: this.#env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    this.#child = child;
    // without it nothing is missed but this one comparison
    child.on("error", () => undefined);
    child.stdout.on("data", (chunk: Buffer) => this.#run.hear(peakOf(samplesOf(chunk)), performance.now()));
  }

  loudSince(nowMs: number): number | null {
    return this.#run.since(nowMs);
  }

  stop(): void {
    this.#child?.kill("SIGKILL");
    this.#child = null;
    this.#stream = null;
  }
}
