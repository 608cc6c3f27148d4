import type { LiveEvent } from "#contract";
import { emptyBoard, heard, type Board } from "./board.ts";
import { dayAt } from "./ui/day.ts";

/** What a page hears: the whole board, a frame as it came over the wire, or that somebody else is signed in now. */
export type Told = { board: Board } | { event: LiveEvent["event"]; data: string } | { gone: true };

const RETRY_MS = 3000;
const DAY_CHECK_MS = 30_000;
const names = ["snapshot", "agent", "call", "stats", "recording"] as const;

/**
 * Follows GET /api/live as one person, for every page that joins: they hear the whole board at once, then the frames.
 * The first frame after a lost connection is a whole snapshot, and so is the first of a new day. A page that sends
 * anything has left.
 * @returns how a page joins
 */
export function liveStream(userId: string, scope: string): (page: MessagePort) => void {
  const pages = new Set<MessagePort>();
  let board = emptyBoard;
  let source: EventSource;
  let day = "";
  const tell = (told: Told): void => {
    for (const page of pages) page.postMessage(told);
  };
  const open = (): void => {
    source = new EventSource(`/api/live${scope ? `?scope=${scope}` : ""}`);
    for (const event of names)
      source.addEventListener(event, ({ data }: MessageEvent<string>) => {
        board = heard(board, event, data);
        if (event === "snapshot") day = today();
        tell({ event, data });
      });
    source.addEventListener("error", lost);
  };
  const lost = (): void => {
    board = { ...board, connection: "lost" };
    tell({ board });
    // the browser itself tries again, except after an answer that was not a stream
    if (source.readyState === EventSource.CLOSED) setTimeout(() => void reopen(), RETRY_MS);
  };
  const reopen = async (): Promise<void> => {
    const answer = await fetch("/api/me").catch(() => null);
    const other = answer?.ok && ((await answer.json()) as { id: string }).id !== userId;
    if (other || answer?.status === 401) return tell({ gone: true });
    open();
  };
  const today = (): string => dayAt(new Date(), board.stats?.timeZone ?? "UTC");
  setInterval(() => {
    if (day === "" || day === today()) return;
    day = "";
    source.close();
    open();
  }, DAY_CHECK_MS);
  open();
  return (page) => {
    pages.add(page);
    page.addEventListener("message", () => void pages.delete(page));
    page.start();
    page.postMessage({ board } satisfies Told);
  };
}
