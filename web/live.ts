import type { LiveEvent } from "#contract";
import { api, goToLogin, problemOf } from "./api.ts";
import { applied, emptyBoard } from "./board.ts";
import { dayAt } from "./ui/format.ts";
import { createStore } from "./ui/store.ts";

/** The live board, filled by `followLive`. */
export const board = createStore(emptyBoard);

const RETRY_MS = 3000;
const names = ["snapshot", "agent", "call", "stats", "recording"] as const;

/**
 * Follows GET /api/live for as long as the page lives. What is on show stays while the connection is away;
 * the first frame after it is a whole snapshot, and so is the first of a new day.
 */
export function followLive(scope?: "me"): void {
  let source: EventSource;
  let day = "";
  const open = (): void => {
    source = new EventSource(`/api/live${scope ? `?scope=${scope}` : ""}`);
    for (const name of names) source.addEventListener(name, receive);
    source.addEventListener("error", lost);
  };
  const receive = ({ type, data }: MessageEvent<string>): void => {
    const next = applied(board.get(), { event: type, data: JSON.parse(data) } as LiveEvent);
    board.set(next);
    if (type === "snapshot") day = today();
  };
  const lost = (): void => {
    board.set({ ...board.get(), connection: "lost" });
    // the browser itself tries again, except after an answer that was not a stream
    if (source.readyState === EventSource.CLOSED) setTimeout(() => void reopen(), RETRY_MS);
  };
  const reopen = async (): Promise<void> => {
    try {
      await api.me();
    } catch (error) {
      if (problemOf(error).status === 401) return goToLogin();
    }
    open();
  };
  setInterval(() => {
    if (day === "" || day === today()) return;
    day = "";
    source.close();
    open();
  }, 30_000);
  open();
}

const today = (): string => dayAt(new Date(), board.get().stats?.timeZone ?? "UTC");
