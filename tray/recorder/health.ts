import type { CaptureState, Gap } from "#contract";
import type { Placement } from "./placement.ts";

/** No sound data for so long is a missing side: a recorder delivers some 20 times a second. */
const MISSING_MS = 1_000;
/** A microphone always hisses a little; this long of exact zeros is one that is switched off. */
const DEAD_MS = 30_000;
/** What is played must be recorded, this much later at most. */
const PLAYED_MS = 1_500;

/** What is known of one side in one moment of the monotonic clock. */
export type Observation = {
  nowMs: number;
  /** When its recorder last delivered anything. */
  lastDataMs: number;
  /** When a sample was last not zero; the start while none was. */
  lastSoundMs: number;
  /** Null where the system cannot tell. */
  placement: Placement | null;
  /** Since when the softphone has been playing something loud; null while it does not, or nobody can tell. */
  loudSinceMs: number | null;
  /** Whether exact silence is impossible for a working device: true of a microphone, not of an idle output. */
  alwaysHisses: boolean;
};

/** Whether a side is really recorded. Silence because nobody speaks is not a fault. Pure. */
export function judge({
  nowMs,
  lastDataMs,
  lastSoundMs,
  placement,
  loudSinceMs,
  alwaysHisses,
}: Observation): CaptureState {
  if (nowMs - lastDataMs > MISSING_MS || placement?.absent) return "missing";
  if (placement?.muted) return "muted";
  if (placement && placement.recorded !== null && placement.recorded !== placement.wanted)
    return "wrong_device";
  const unheardSinceMs = loudSinceMs === null ? nowMs : Math.max(loudSinceMs, lastSoundMs);
  if (nowMs - unheardSinceMs > PLAYED_MS) return "missing";
  return alwaysHisses && nowMs - lastSoundMs > DEAD_MS ? "silent" : "ok";
}

/** Remembers since when a side has been in which state, and the intervals in which it was not well. */
export class SideHealth {
  readonly #side: "agent" | "customer";
  #state: CaptureState = "ok";
  #sinceSeconds = 0;
  readonly #faults: Gap[] = [];

  constructor(side: "agent" | "customer") {
    this.#side = side;
  }

  get state(): CaptureState {
    return this.#state;
  }

  /** @param seconds of the recording so far @returns whether it is another state than before */
  is(state: CaptureState, seconds: number): boolean {
    if (state === this.#state) return false;
    this.#faults.push(...this.#open(seconds));
    this.#state = state;
    this.#sinceSeconds = seconds;
    return true;
  }

  /** When this side was not well, but for what `known` has of it already: what never arrived is a gap anyway. */
  faults(seconds: number, known: Gap[] = []): Gap[] {
    const overlaps = (fault: Gap) =>
      known.some((gap) => gap.side === this.#side && gap.from < fault.to && fault.from < gap.to);
    const all = [...this.#faults, ...this.#open(seconds)];
    return all.filter((fault) => fault.why !== "lost" || !overlaps(fault));
  }

  #open(to: number): Gap[] {
    if (this.#state === "ok" || to <= this.#sinceSeconds) return [];
    const why = this.#state === "missing" ? "lost" : this.#state;
    return [{ side: this.#side, from: this.#sinceSeconds, to, why }];
  }
}
