import { emptyBoard, heard } from "./board.ts";
import type { Told } from "./live-stream.ts";
import { createStore } from "./ui/store.ts";

/** The live board, filled by `followLive`. */
export const board = createStore(emptyBoard);

/**
 * Follows the live board for as long as the page lives, over one stream for all tabs of this browser in which this
 * person looks at the same. What is on show stays while the connection is away.
 */
export function followLive(userId: string, scope = ""): void {
  let port: MessagePort | undefined;
  const join = async (): Promise<void> => {
    leave();
    port = await connect(userId, scope);
    port.addEventListener("message", receive);
    port.start();
  };
  const leave = (): void => {
    port?.postMessage("left");
    port?.removeEventListener("message", receive);
  };
  addEventListener("pagehide", leave);
  // phones end a worker that nobody has looked at for long; connecting starts it again, and tells the whole board
  if (window.SharedWorker)
    document.addEventListener("visibilitychange", () => void (document.hidden || join()));
  void join();
}

/** To the stream that this browser shares. A browser without shared workers has one for each tab. */
async function connect(userId: string, scope: string): Promise<MessagePort> {
  if (window.SharedWorker)
    return new SharedWorker(new URL("./live-worker.ts", import.meta.url), { name: `${userId} ${scope}` })
      .port;
  const { port1, port2 } = new MessageChannel();
  (await import("./live-stream.ts")).liveStream(userId, scope)(port1);
  return port2;
}

function receive({ data: told }: MessageEvent<Told>): void {
  const now = board.get();
  if ("gone" in told) location.reload();
  else if ("event" in told) board.set(heard(now, told.event, told.data));
  else if (told.board.stats) board.set({ ...told.board, recordings: now.recordings });
  // before the first snapshot, what was on show stays
  else board.set({ ...now, connection: told.board.connection });
}
