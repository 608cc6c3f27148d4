import type { LiveEvent } from "#contract";
import type { Agents } from "../agents/agents.ts";
import { scopeKey, type Scope } from "../auth/scope.ts";
import type { Calls } from "../calls/calls.ts";
import { dayOf, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import type { Recordings } from "../recordings/recordings.ts";
import type { StatsRoom } from "../stats/stats.ts";
import type { Hint } from "./bus.ts";

export type Live = ReturnType<typeof createLive>;
/** What a board gets: frames as bytes, the same for all who see the same. */
export type Send = (frame: Uint8Array) => void;
type Audience = {
  scope: Scope;
  name: string;
  timeZone: string;
  boards: Set<Send>;
  hints: Hint[];
  timer: NodeJS.Timeout | null;
  lastAt: number;
  heard: number;
};

/** At most four frames a second for one audience; the first change goes out at once. */
const FRAME_MS = 250;
/** Proxies and phones close what is silent for longer. */
const HEARTBEAT_MS = 15_000;

const encoder = new TextEncoder();
const frame = (...events: LiveEvent[]): Uint8Array =>
  encoder.encode(
    events.map(({ event, data }) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join(""),
  );

/** Live boards: a snapshot on connect, then whole things as they change, serialised once an audience. */
export function createLive(
  { bus, clock, log }: Deps,
  rooms: { agents: Agents; calls: Calls; stats: StatsRoom; recordings: Recordings },
) {
  const { agents, calls, stats, recordings } = rooms;
  const audiences = new Map<string, Audience>();

  async function snapshot({ scope, name, timeZone }: Audience): Promise<Uint8Array> {
    const board = await stats.board(scope, name, timeZone, {});
    const today = startOfDay(dayOf(clock(), timeZone), timeZone);
    const [rows, open, recent] = await Promise.all([
      agents.rows(scope, board.byAgent),
      calls.open(scope),
      calls.recent(scope, today, 10),
    ]);
    const ended = recent.filter(({ endedAt }) => endedAt !== null);
    return frame({
      event: "snapshot",
      data: { at: clock().toISOString(), agents: rows, calls: [...open, ...ended], stats: board.stats },
    });
  }

  /** Everything that the hints of the last moment changed, in one frame. */
  async function changes({ scope, name, timeZone }: Audience, hints: Hint[]): Promise<Uint8Array> {
    const board = await stats.board(scope, name, timeZone, {});
    const touched = new Set(hints.map(({ agentId }) => agentId));
    const rows = (await agents.rows(scope, board.byAgent)).filter(({ id }) => touched.has(id));
    const events: LiveEvent[] = rows.map((data) => ({ event: "agent", data }));
    for (const hint of unique(hints, "call"))
      events.push({ event: "call", data: await calls.visible(scope, hint.callId) });
    for (const hint of unique(hints, "recording"))
      events.push({ event: "recording", data: await recordings.visible(scope, hint.callId) });
    return frame(...events, { event: "stats", data: board.stats });
  }

  async function flush(audience: Audience): Promise<void> {
    const hints = audience.hints.splice(0);
    audience.timer = null;
    audience.lastAt = performance.now();
    try {
      const bytes = await changes(audience, hints);
      for (const send of audience.boards) send(bytes);
    } catch (error) {
      log.error("live frame failed", { hints: hints.length }, error);
    }
  }

  async function concerns(scope: Scope, hint: Hint): Promise<boolean> {
    if (scope.by === "all") return true;
    if (scope.by === "agent") return scope.id === hint.agentId;
    const place = await agents.place(hint.agentId);
    return scope.by === "teams" ? scope.ids.includes(place?.teamId ?? "") : scope.id === place?.siteId;
  }

  async function hear(hint: Hint): Promise<void> {
    for (const audience of audiences.values()) {
      if (!(await concerns(audience.scope, hint))) continue;
      audience.heard++;
      audience.hints.push(hint);
      const wait = Math.max(0, audience.lastAt + FRAME_MS - performance.now());
      audience.timer ??= setTimeout(() => void flush(audience), wait);
    }
  }

  const unsubscribe = bus.subscribe((hint) => {
    hear(hint).catch((error: unknown) => log.error("live hint failed", { kind: hint.kind }, error));
  });
  const beat = setInterval(() => {
    const comment = encoder.encode(": here\n\n");
    for (const { boards } of audiences.values()) for (const send of boards) send(comment);
  }, HEARTBEAT_MS);
  beat.unref();

  return {
    /**
     * Sends a snapshot and then every change to `send`.
     * @returns how to stop
     */
    async join(scope: Scope, name: string, timeZone: string, send: Send): Promise<() => void> {
      const key = `${scopeKey(scope)} ${name} ${timeZone}`;
      const audience: Audience = audiences.get(key) ?? {
        scope,
        name,
        timeZone,
        boards: new Set(),
        hints: [],
        timer: null,
        lastAt: -Infinity,
        heard: 0,
      };
      audiences.set(key, audience);
      let first: Uint8Array;
      let heard: number;
      // what changes while the snapshot is read would be missing from it
      do {
        heard = audience.heard;
        first = await snapshot(audience);
      } while (heard !== audience.heard);
      audiences.set(key, audience);
      audience.boards.add(send);
      send(first);
      return () => {
        audience.boards.delete(send);
        if (audience.boards.size === 0 && audiences.get(key) === audience) audiences.delete(key);
      };
    },
    stop(): void {
      unsubscribe();
      clearInterval(beat);
      for (const { timer } of audiences.values()) if (timer) clearTimeout(timer);
    },
  };
}

function unique<Kind extends "call" | "recording">(
  hints: Hint[],
  kind: Kind,
): Extract<Hint, { kind: Kind }>[] {
  const seen = new Map<string, Extract<Hint, { kind: Kind }>>();
  for (const hint of hints)
    if (hint.kind === kind) seen.set(hint.callId, hint as Extract<Hint, { kind: Kind }>);
  return [...seen.values()];
}
