import type { AgentRow, Call, LiveEvent, Recording, Stats } from "#contract";

/** What the live pages show. `stats` is null until the first snapshot. */
export type Board = {
  connection: "connecting" | "live" | "lost";
  agents: AgentRow[];
  /** Calls in progress and the last that ended, newest first. */
  calls: Call[];
  /** Recordings that arrived since the page opened, newest first. */
  recordings: Recording[];
  stats: Stats | null;
  /** When the server last told something, by this browser's clock, in milliseconds since 1970; 0 before it has. */
  heardAt: number;
};

export const emptyBoard: Board = {
  connection: "connecting",
  agents: [],
  calls: [],
  recordings: [],
  stats: null,
  heardAt: 0,
};

const KEPT = 50;

function withRow<T>(rows: T[], row: T, key: (row: T) => string): T[] {
  const at = rows.findIndex((other) => key(other) === key(row));
  return at === -1 ? [row, ...rows].slice(0, KEPT) : rows.with(at, row);
}

const byStart = (a: Call, b: Call): number => b.startedAt.localeCompare(a.startedAt);

/** The board after one frame. Frames carry whole things, so each replaces what it names. */
export function applied(board: Board, { event, data }: LiveEvent): Board {
  switch (event) {
    case "snapshot":
      return { ...board, connection: "live", agents: data.agents, calls: data.calls, stats: data.stats };
    case "agent": {
      const known = board.agents.some(({ id }) => id === data.id);
      return {
        ...board,
        agents: known
          ? board.agents.map((row) => (row.id === data.id ? data : row))
          : [...board.agents, data],
      };
    }
    case "call":
      return { ...board, calls: withRow(board.calls, data, ({ id }) => id).toSorted(byStart) };
    case "recording":
      return { ...board, recordings: withRow(board.recordings, data, ({ callId }) => callId) };
    case "stats":
      return { ...board, stats: data };
    default:
      return board;
  }
}

/** The board after a frame as it came over the wire. */
export const heard = (board: Board, event: string, data: string): Board => ({
  ...applied(board, { event, data: JSON.parse(data) } as LiveEvent),
  heardAt: Date.now(),
});
