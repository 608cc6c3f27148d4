/** The reason with which an older ask of the same agent ends. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}
/** Too many asks wait already: this one was refused at once. */
export class QueueFull extends Error {
  override readonly name = "QueueFull";
}
/** No place came free within `waitMs`. */
export class QueueTimeout extends Error {
  override readonly name = "QueueTimeout";
}

/** Where time comes from; tests bring their own. */
export type Timers = {
  /** Milliseconds that only go forward. */
  now(): number;
  /** Runs `then` once, `ms` from now, without keeping the process alive. Gives what cancels it. */
  after(ms: number, then: () => void): () => void;
};

export const realTimers: Timers = {
  now: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** `live`: a customer is on the line. `batch`: nobody waits for it. */
export type Lane = "live" | "batch";

export type Entry = {
  agentId: string;
  lane: Lane;
  /** The asker's: aborting it ends the ask, while it waits and while it runs. */
  signal: AbortSignal;
  /** Instead of the queue's; `Infinity` waits as long as `signal` lets it. */
  waitMs?: number;
};

/** A place at the model. It is held until `leave()`, or until `signal` aborts. */
export type Turn = {
  /** Hand it on to the model. Aborts with `Superseded`, or with the reason of the asker's signal. */
  signal: AbortSignal;
  /** How long it waited for this, in ms. */
  waitedMs: number;
  /** Gives the place back; more than once does no harm. */
  leave(): void;
};

/** How many asks ended in each way since the start; every ask ends in exactly one of them. */
export type Endings = {
  /** Had its turn and left by itself, whatever the model made of it. */
  served: number;
  superseded: number;
  full: number;
  timedOut: number;
  /** Its asker's signal aborted. */
  left: number;
};

export type QueueMetrics = Endings & {
  running: number;
  waiting: number;
  /** How long the latest turns waited, in ms, the newest last; at most 100. */
  lastWaitsMs: number[];
};

export type Queue = ReturnType<typeof createQueue>;

export type QueueOptions = {
  /** Asks that run at once: what Ollama has in OLLAMA_NUM_PARALLEL. */
  slots: number;
  /** Asks of one lane that may wait. */
  depth?: number;
  /** The longest wait for a turn, in ms. */
  waitMs?: number;
  timers?: Timers;
};

const LAST_WAITS = 100;
/** Turns of a lane that count as recent: a number, not a time, for fairness matters only while turns are scarce. */
const RECENT_TURNS = 64;

type Waiting = Entry & {
  /** Its place in line: the lower, the earlier. */
  place: number;
  since: number;
  start(turn: Turn): void;
  /** Ends it before its turn. */
  refuse(ending: keyof Endings, reason: unknown): void;
};
type Running = { agentId: string; lane: Lane; stop(reason: Superseded): void };

/**
 * Who may ask the model now. Live goes before batch, and within a lane the agent with the fewest recent turns,
 * first come first served among equals. Batch leaves the last free slot to live: with one slot it never runs.
 * An agent's newest live ask ends the live ones before, waiting or running; batch asks supersede nothing.
 */
export function createQueue(options: QueueOptions) {
  const { slots, depth = 64, waitMs = 2_500, timers = realTimers } = options;
  const waiting = new Set<Waiting>();
  const running = new Set<Running>();
  const endings: Endings = { served: 0, superseded: 0, full: 0, timedOut: 0, left: 0 };
  const lastWaitsMs: number[] = [];
  /** Whose the latest turns are. */
  const recent: Record<Lane, string[]> = { live: [], batch: [] };
  let places = 0;

  const inLane = (lane: Lane): Waiting[] => [...waiting].filter((one) => one.lane === lane);
  const liveOf = <T extends { agentId: string; lane: Lane }>(all: Set<T>, agentId: string): T[] =>
    [...all].filter((one) => one.lane === "live" && one.agentId === agentId);

  /** Of those in a lane, who goes next. */
  function nextOf(lane: Lane): Waiting | undefined {
    const turns = new Map<string, number>();
    for (const agentId of recent[lane]) turns.set(agentId, (turns.get(agentId) ?? 0) + 1);
    const had = ({ agentId }: Waiting): number => turns.get(agentId) ?? 0;
    const [next] = inLane(lane).toSorted((a, b) => had(a) - had(b) || a.place - b.place);
    return next;
  }

  function giveTurns(): void {
    for (let free = slots - running.size; free > 0 && waiting.size > 0; free--) {
      const next = nextOf("live") ?? (free > 1 ? nextOf("batch") : undefined);
      if (!next) return;
      run(next);
    }
  }

  function run({ agentId, lane, signal, since, start }: Waiting): void {
    const own = new AbortController();
    const end = (ending: keyof Endings, reason?: unknown) => {
      if (!running.delete(me)) return;
      signal.removeEventListener("abort", left);
      endings[ending]++;
      if (ending !== "served") own.abort(reason);
      giveTurns();
    };
    const left = () => end("left", signal.reason);
    const me: Running = { agentId, lane, stop: (reason) => end("superseded", reason) };
    running.add(me);
    signal.addEventListener("abort", left);
    keepLast(recent[lane], agentId, RECENT_TURNS);
    const waitedMs = timers.now() - since;
    keepLast(lastWaitsMs, waitedMs, LAST_WAITS);
    start({ signal: own.signal, waitedMs, leave: () => end("served") });
  }

  /** Puts an ask in line. Its timer and its listener end with its wait. */
  function wait(entry: Entry, place: number, resolve: (turn: Turn) => void, reject: (why: unknown) => void) {
    const { signal, waitMs: ms = waitMs } = entry;
    const ended = () => {
      waiting.delete(me);
      cancel();
      signal.removeEventListener("abort", left);
    };
    const me: Waiting = {
      ...entry,
      place,
      since: timers.now(),
      start: (turn) => (ended(), resolve(turn)),
      refuse(ending, reason) {
        ended();
        endings[ending]++;
        reject(reason);
      },
    };
    const left = () => me.refuse("left", signal.reason);
    const tooLong = () => me.refuse("timedOut", new QueueTimeout(`no free slot within ${ms} ms`));
    const cancel = Number.isFinite(ms) ? timers.after(ms, tooLong) : () => undefined;
    signal.addEventListener("abort", left);
    waiting.add(me);
    return me;
  }

  return {
    /**
     * Resolves with a turn once a slot is free. A turn may have been aborted by the time its asker looks at it.
     * @throws Superseded, QueueFull, QueueTimeout, or the reason of `entry.signal`
     */
    enter(entry: Entry): Promise<Turn> {
      const { agentId, lane, signal } = entry;
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          endings.left++;
          return reject(signal.reason);
        }
        const older = lane === "live" ? liveOf(waiting, agentId) : [];
        const replaced = lane === "live" ? liveOf(running, agentId) : [];
        // whoever asks again keeps her place in line, and no more than that
        const me = wait(entry, older[0]?.place ?? places++, resolve, reject);
        const reason = new Superseded("a newer ask of the same agent");
        for (const one of older) one.refuse("superseded", reason);
        for (const one of replaced) one.stop(reason);
        giveTurns();
        if (waiting.has(me) && inLane(lane).length > depth)
          me.refuse("full", new QueueFull(`${depth} asks wait for ${slots} slots`));
      });
    },

    metrics: (): QueueMetrics => ({
      ...endings,
      running: running.size,
      waiting: waiting.size,
      lastWaitsMs: [...lastWaitsMs],
    }),
  };
}

function keepLast<T>(list: T[], item: T, most: number): void {
  list.push(item);
  if (list.length > most) list.shift();
}
