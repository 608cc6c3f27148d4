import type { CaptureState, Gap, RecordingMetadata } from "#contract";
import { followSound, pactl } from "../pactl.ts";
import type { CaptureHealth, Levels } from "../ports.ts";
import type { Capture } from "./capture.ts";
import { judge, SideHealth } from "./health.ts";
import { type Placement, placementOf, readListing } from "./placement.ts";
import { PlaybackMeter } from "./playback.ts";
import { decibels } from "./samples.ts";
import type { Side, Source } from "./sources.ts";

const EVERY_MS = 250;
/** After a pause of this whole process the sound that came meanwhile has not been taken yet: nothing is judged. */
const STALL_MS = 600;
/** A device that was changed is followed, but not back and forth. */
const FOLLOW_AGAIN_MS = 5_000;
const ABOUT = /on (sink|source|sink-input|source-output|server)\b/;

type Recorded = { source: Source; capture: Capture };
type Options = {
  sides: Recorded[];
  env: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** Seconds lost so far. */
  lost: () => number;
  /** How far a side's clock is off, in millionths; null before that can be told. */
  driftPpm: (side: Side) => number | null;
};

/** Watches, during one recording, that both sides are really recorded, and follows the call to another device. */
export class Proof {
  readonly #options: Options;
  readonly #health: Map<Side, SideHealth>;
  readonly #followedMs = new Map<Side, number>();
  #listener: ((health: CaptureHealth) => void) | null = null;
  readonly #playback: PlaybackMeter;
  /** The loudest sample of each side in this look and in those of the second before. */
  readonly #peaks = new Map<Side, number[]>();
  readonly #loudest = new Map<Side, number>();
  #lastMs = performance.now();
  #placements: Record<Side, Placement> | null = null;
  #startedMs = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #unfollow = () => undefined as void;

  constructor(options: Options) {
    this.#options = options;
    this.#playback = new PlaybackMeter(options.env);
    this.#health = new Map(options.sides.map(({ source }) => [source.side, new SideHealth(source.side)]));
  }

  onHealth(listener: (health: CaptureHealth) => void): void {
    this.#listener = listener;
    listener(this.#states());
  }

  start(): void {
    const { env, platform } = this.#options;
    this.#startedMs = performance.now();
    this.#timer = setInterval(() => this.#inTime() && this.#look(), EVERY_MS);
    if (platform !== "linux") return;
    this.#unfollow = followSound({
      env,
      about: ABOUT,
      onChange: () => this.#place(),
      onGone: () => {
        this.#placements = null;
        this.#playback.follow(null);
      },
    });
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#unfollow();
    this.#playback.stop();
  }

  /** How loud each side was in the last second, in dB below full scale. */
  levels(): Levels {
    const of = (side: Side) => decibels(Math.max(0, ...(this.#peaks.get(side) ?? [])));
    return { agent: of("agent"), customer: of("customer") };
  }

  /** What can be said of each side as a whole. */
  sides(): NonNullable<RecordingMetadata["sides"]> {
    const all = this.#options.sides.map(({ source: { side }, capture }) => {
      const peakDb = decibels(this.#loudest.get(side) ?? 0);
      return [side, { peakDb, restarts: capture.restarts, driftPpm: this.#options.driftPpm(side) }];
    });
    return Object.fromEntries(all) as NonNullable<RecordingMetadata["sides"]>;
  }

  /** When a side was muted, silent, absent or on another device, but for the gaps that are `known`. */
  faults(known: Gap[]): Gap[] {
    return [...this.#health.values()].flatMap((side) => side.faults(this.#seconds(), known));
  }

  async #place(): Promise<void> {
    const { env, sides } = this.#options;
    const [list, info] = await Promise.all([
      pactl(env, "-f", "json", "list"),
      pactl(env, "-f", "json", "info"),
    ]);
    const own = (side: Side) => {
      const one = sides.find(({ source }) => source.side === side);
      return { pid: one?.capture.pid, named: one && namedDevice(one.source) };
    };
    const all = readListing(list, info);
    this.#placements = placementOf(all, { agent: own("agent"), customer: own("customer") });
    this.#playback.follow(this.#placements.customer.stream);
    this.#look();
  }

  #inTime(): boolean {
    const nowMs = performance.now();
    const inTime = nowMs - this.#lastMs < STALL_MS;
    this.#lastMs = nowMs;
    for (const { source, capture } of this.#options.sides) this.#measure(source.side, capture.takePeak());
    return inTime;
  }

  #measure(side: Side, peak: number): void {
    const before = this.#peaks.get(side) ?? [];
    this.#peaks.set(side, [peak, ...before].slice(0, 1_000 / EVERY_MS));
    this.#loudest.set(side, Math.max(peak, this.#loudest.get(side) ?? 0));
  }

  #look(): void {
    let changed = false;
    for (const { source, capture } of this.#options.sides) {
      const nowMs = performance.now();
      const placement = this.#placements?.[source.side] ?? null;
      const alwaysHisses = source.side === "agent";
      const loudSinceMs = source.side === "customer" ? this.#playback.loudSince(nowMs) : null;
      const state = judge({ nowMs, ...capture.heard, placement, loudSinceMs, alwaysHisses });
      if (this.#health.get(source.side)?.is(state, this.#seconds())) changed = true;
      if (state === "wrong_device" && placement?.reachable)
        this.#follow(source, capture, placement.wanted, nowMs);
    }
    if (changed) this.#listener?.(this.#states());
  }

  /** A device that the configuration names stays, right or wrong: that is shown, and is somebody's wish. */
  #follow(source: Source, capture: Capture, wanted: string, nowMs: number): void {
    const { side } = source;
    if (![undefined, wanted].includes(namedDevice(source))) return;
    if (nowMs - (this.#followedMs.get(side) ?? -Infinity) < FOLLOW_AGAIN_MS) return;
    this.#followedMs.set(side, nowMs);
    capture.move(wanted);
  }

  #states(): CaptureHealth {
    const of = (side: Side): CaptureState => this.#health.get(side)?.state ?? "missing";
    return { agent: of("agent"), customer: of("customer"), gaps: this.#options.lost() };
  }

  #seconds(): number {
    return Math.round(performance.now() - this.#startedMs) / 1000;
  }
}

/** The device that the configuration names; undefined for the system's own. */
const namedDevice = ({ device }: Source): string | undefined =>
  device?.startsWith("@DEFAULT_") ? undefined : device;
