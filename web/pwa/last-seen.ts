import type { Me } from "#contract";
import type { Board } from "../board.ts";
import { board } from "../live.ts";
import { LAST_SEEN } from "../session.tsx";

type Seen = { me: Me; board: Board };

const KEEP_MS = 30_000;

/** Figures and states, without whom anybody talks to. */
const discreet = (now: Board): Board => ({
  ...now,
  connection: "lost",
  agents: now.agents.map((agent) => ({ ...agent, contact: null })),
  calls: now.calls.map((call) => ({
    ...call,
    contact: { name: null, phone: null },
    externalId: null,
    notes: null,
  })),
  recordings: [],
});

/** Keeps what the board shows for the time without a server. Signing out takes it away, and nothing brings it back. */
export function keepLastSeen(me: Me): void {
  const keep = (): void =>
    localStorage.setItem(LAST_SEEN, JSON.stringify({ me, board: discreet(board.get()) } satisfies Seen));
  const again = (): void => {
    if (localStorage.getItem(LAST_SEEN) !== null && board.get().connection === "live") keep();
  };
  keep();
  setInterval(again, KEEP_MS);
  document.addEventListener("visibilitychange", again);
}

/** Puts the board on show as this browser last saw it. @returns whose it was; null when nothing is kept */
export function showLastSeen(): Me | null {
  const kept = localStorage.getItem(LAST_SEEN);
  if (kept === null) return null;
  const { me, board: seen } = JSON.parse(kept) as Seen;
  board.set(seen);
  return me;
}
