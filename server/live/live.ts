import type { LiveEvent } from "#contract";
import type { Agents } from "../agents/agents.ts";
import { scopeKey, type Scope } from "../auth/scope.ts";
import type { Calls } from "../calls/calls.ts";
import { dayOf, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { AppError } from "../errors.ts";
import type { Pipe } from "../http/pipe.ts";
import type { Recordings } from "../recordings/recordings.ts";
import type { Board, People, StatsRoom } from "../stats/stats.ts";
import { Audience, type Frames, type View } from "./audience.ts";
import type { Hint } from "./bus.ts";

export type Live = ReturnType<typeof createLive>;

/** Proxies and phones close what is silent for longer. */
const HEARTBEAT_MS = 15_000;

const encoder = new TextEncoder();
/** Its events, and a comment that ends it: the instant up to which it tells. */
const frame = (readAt: Date, ...events: LiveEvent[]): Uint8Array =>
  encoder.encode(
    `${events.map(({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join("")}: ${readAt.toISOString()}\n\n`,
  );
const HEARTBEAT = encoder.encode(": here\n\n");

/** Live boards: a snapshot on connect, then whole things as they change, serialised once an audience. */
export function createLive(
  { bus, clock, log }: Pick<Deps, "bus" | "clock" | "log">,
  rooms: {
    agents: Pick<Agents, "rows" | "place">;
    calls: Pick<Calls, "open" | "recent" | "visible">;
    stats: Pick<StatsRoom, "board" | "people">;
    recordings: Pick<Recordings, "visible">;
  },
) {
  const { agents, calls, stats, recordings } = rooms;
  const audiences = new Map<string, Audience>();

  const frames: Frames = {
    async snapshot({ scope, name, timeZone }) {
      const readAt = clock();
      const board = await stats.board(scope, name, timeZone);
      const today = startOfDay(dayOf(readAt, timeZone), timeZone);
      const [open, recent] = await Promise.all([calls.open(scope), calls.recent(scope, today, 10)]);
      const ended = recent.filter(({ endedAt }) => endedAt !== null);
      return frame(readAt, {
        event: "snapshot",
        data: {
          at: clock().toISOString(),
          agents: agents.rows(board),
          calls: [...open, ...ended],
          stats: board.stats,
        },
      });
    },

    async changes({ scope, name, timeZone }, hints, figures) {
      const readAt = clock();
      const touched = new Set(hints.map(({ agentId }) => agentId));
      const board: People & Partial<Board> = figures
        ? await stats.board(scope, name, timeZone, touched)
        : await stats.people(scope, timeZone, touched);
      const [called, recorded] = await Promise.all([
        Promise.all(callsOf(hints, "call").map((id) => ifSeen(calls.visible(scope, id)))),
        Promise.all(callsOf(hints, "recording").map((id) => ifSeen(recordings.visible(scope, id)))),
      ]);
      return frame(
        readAt,
        ...agents.rows(board).map((data) => ({ event: "agent", data }) as const),
        ...called.flat().map((data) => ({ event: "call", data }) as const),
        ...recorded.flat().map((data) => ({ event: "recording", data }) as const),
        ...(board.stats ? [{ event: "stats", data: board.stats } as const] : []),
      );
    },

    failed: (cause, hints) => log.error("live frame failed", { hints }, cause),
  };

  /** Tells the audiences that see the hint's agent, whose place is asked for once, and only if it matters. */
  async function hear(hint: Hint): Promise<void> {
    const byPlace = ({ view: { scope } }: Audience) => scope.by !== "all" && scope.by !== "agent";
    const place = [...audiences.values()].some(byPlace) ? await agents.place(hint.agentId) : null;
    for (const audience of audiences.values())
      if (concerns(audience.view.scope, hint.agentId, place)) audience.hear(hint);
  }

  const unsubscribe = bus.subscribe((hint) => {
    hear(hint).catch((error: unknown) => log.error("live hint failed", { kind: hint.kind }, error));
  });
  const beat = setInterval(() => {
    for (const audience of audiences.values()) audience.send(HEARTBEAT);
  }, HEARTBEAT_MS);
  beat.unref();
  let stopped = false;

  return {
    /** Sends a snapshot and then every change into the pipe that `open` makes, until that is closed. */
    async join(view: View, open: (closed: () => void) => Pipe): Promise<Pipe> {
      const key = `${scopeKey(view.scope)} ${view.name} ${view.timeZone}`;
      const audience = audiences.get(key) ?? new Audience(view, frames);
      audiences.set(key, audience);
      const left = (): void => {
        if (!audience.empty || audiences.get(key) !== audience) return;
        audience.end();
        audiences.delete(key);
      };
      try {
        const pipe = await audience.join(open, left);
        if (stopped) audience.end();
        return pipe;
      } finally {
        left();
      }
    },
    /** How many boards there are, in how many audiences. */
    count: () => ({
      boards: [...audiences.values()].reduce((all, { size }) => all + size, 0),
      audiences: audiences.size,
    }),
    /** Ends every board: they never end by themselves. */
    stop(): void {
      stopped = true;
      unsubscribe();
      clearInterval(beat);
      for (const audience of audiences.values()) audience.end();
    },
  };
}

function concerns(scope: Scope, agentId: string, place: { teamId: string; siteId: string } | null): boolean {
  if (scope.by === "all") return true;
  if (scope.by === "agent") return scope.id === agentId;
  return scope.by === "teams" ? scope.ids.includes(place?.teamId ?? "") : scope.id === place?.siteId;
}

/** The calls of these hints, each once. */
const callsOf = (hints: Hint[], kind: "call" | "recording"): string[] => [
  ...new Set(hints.flatMap((hint) => (hint.kind === kind ? [hint.callId] : []))),
];

/** Nothing for what has been erased meanwhile, or belongs to others now; the rest of the frame stands. */
const ifSeen = <Thing>(thing: Promise<Thing>): Promise<Thing[]> =>
  thing.then(
    (one) => [one],
    (error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") return [];
      throw error;
    },
  );
