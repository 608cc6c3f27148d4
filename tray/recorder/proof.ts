import type { CaptureState, Gap } from "#contract";
import { followSound, pactl } from "../pactl.ts";
import type { CaptureHealth } from "../ports.ts";
import type { Capture } from "./capture.ts";
import { judge, SideHealth } from "./health.ts";
import { type Placement, placementOf, readListing } from "./placement.ts";
import type { Side, Source } from "./sources.ts";

const EVERY_MS = 500;
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
};

/** Watches, during one recording, that both sides are really recorded, and follows the call to another device. */
export class Proof {
  readonly #options: Options;
  readonly #health: Map<Side, SideHealth>;
  readonly #followedMs = new Map<Side, number>();
  #listener: ((health: CaptureHealth) => void) | null = null;
  #placements: Record<Side, Placement> | null = null;
  #startedMs = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #unfollow = () => undefined as void;

  constructor(options: Options) {
    this.#options = options;
    this.#health = new Map(options.sides.map(({ source }) => [source.side, new SideHealth(source.side)]));
  }

  onHealth(listener: (health: CaptureHealth) => void): void {
    this.#listener = listener;
    listener(this.#states());
  }

  start(): void {
    const { env, platform } = this.#options;
    this.#startedMs = performance.now();
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
    if (platform !== "linux") return;
    this.#unfollow = followSound({
      env,
      about: ABOUT,
      onChange: () => this.#place(),
      onGone: () => (this.#placements = null),
    });
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#unfollow();
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
    const pidOf = (side: Side) => sides.find(({ source }) => source.side === side)?.capture.pid;
    this.#placements = placementOf(readListing(list, info), {
      agent: pidOf("agent"),
      customer: pidOf("customer"),
    });
    this.#look();
  }

  #look(): void {
    let changed = false;
    for (const { source, capture } of this.#options.sides) {
      const nowMs = performance.now();
      const placement = this.#placements?.[source.side] ?? null;
      const alwaysHisses = source.side === "agent";
      const state = judge({ nowMs, ...capture.heard, placement, alwaysHisses });
      if (this.#health.get(source.side)?.is(state, this.#seconds())) changed = true;
      if (state === "wrong_device" && placement) this.#follow(source, capture, placement.wanted, nowMs);
    }
    if (changed) this.#listener?.(this.#states());
  }

  /** A device that the configuration names stays, right or wrong: that is shown, and is somebody's wish. */
  #follow({ side, device }: Source, capture: Capture, wanted: string, nowMs: number): void {
    if (device !== undefined && !device.startsWith("@DEFAULT_")) return;
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
