// A process of its own that holds boards: its work must not be taken for the server's.
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { io } from "socket.io-client";
import { v7 as uuidv7 } from "uuid";
import type { LiveEvent } from "#contract";
import { quantile } from "./figures.ts";
import type { Browser } from "./server.ts";

export type Task = {
  url: string;
  /** Who looks; the boards are spread evenly over them. */
  browsers: Browser[];
  boards: number;
  warmUpMs: number;
  ms: number;
  /** Agents' PCs whose calls begin and end; none for the peer, which plays frames again. */
  tokens: string[];
  changesPerSecond: number;
};
/** A frame as one board of each audience saw it, at so many ms of the measured time. */
export type Seen = { at: number; sees: string; events: LiveEvent[] };
export type Held = {
  messages: number;
  bytes: number;
  boardsEnded: number;
  /** From when a frame began to be made to when a board has it. */
  frameMs: { p50: number; p99: number };
  /** From before a change is posted to when a board shows it, which waits for the next of 4 frames a second. */
  changeMs: { p50: number; p99: number };
  seen: Seen[];
  /** Processors that holding them took: near one, the boards are the limit, not the server. */
  cores: number;
};
export type Report = { kind: "began" } | { kind: "ended"; held: Held };

const END = Buffer.from("\n\n");
/** The comment that ends a frame: when what it tells was read. */
const READ_AT = Buffer.from("\n\n: 2");
const INSTANT_CHARS = 24;

const frameTimes: number[] = [];
const changeTimes: number[] = [];
const posted = new Map<string, number>();
/** Each distinct frame by audience and making: when it was made, when the changes that it tells were posted. */
const frames = new Map<string, Map<string, { madeAt: number; posted: number[] }>>();
/** Which change each audience has been told. */
const told = new Set<string>();
const seen: Seen[] = [];
let measuring = false;
let beganAt = 0;
let messages = 0;
let bytes = 0;
let ended = 0;

process.once("message", (task: Task) => void hold(task));

async function hold(task: Task): Promise<void> {
  const open = task.tokens.length > 0 ? sseBoard : socketBoard;
  const holders = Array.from({ length: task.boards }, (_, i) => task.browsers[i % task.browsers.length]);
  // many at once, as after a server's restart
  for (let i = 0; i < holders.length; i += 100)
    await Promise.all(
      holders.slice(i, i + 100).flatMap((browser) => (browser ? open(task.url, browser) : [])),
    );
  const posting = post(task);
  await wait(task.warmUpMs);
  measuring = true;
  beganAt = Date.now();
  const cpu = process.cpuUsage();
  await tell({ kind: "began" });
  await wait(task.ms);
  measuring = false;
  const times = (of: number[]) => ({ p50: quantile(of, 0.5), p99: quantile(of, 0.99) });
  const figures = { frameMs: times(frameTimes), changeMs: times(changeTimes) };
  const { user, system } = process.cpuUsage(cpu);
  const cores = (user + system) / 1_000 / task.ms;
  await tell({ kind: "ended", held: { messages, bytes, boardsEnded: ended, ...figures, seen, cores } });
  await posting;
  process.exit(0);
}

const tell = (report: Report): Promise<void> =>
  new Promise((resolve) => process.send?.(report, undefined, undefined, () => resolve()));

/** Begins and ends calls, evenly spread over agents and time. */
async function post({ url, tokens, changesPerSecond, warmUpMs, ms }: Task): Promise<void> {
  const open = new Map<string, string>();
  const count = Math.floor(((warmUpMs + ms) / 1_000) * changesPerSecond);
  const began = performance.now();
  const answers: Promise<void>[] = [];
  for (let i = 0; tokens.length > 0 && i < count; i++) {
    await wait(Math.max(0, began + (i * 1_000) / changesPerSecond - performance.now()));
    answers.push(change(tokens[i % tokens.length] ?? ""));
  }
  await Promise.all(answers);

  async function change(token: string): Promise<void> {
    const going = open.get(token);
    const id = going ?? uuidv7();
    const now = new Date().toISOString();
    const body = going
      ? { id, endedAt: now, talkSeconds: 1, outcome: "answered" }
      : { id, startedAt: now, direction: "inbound", contact: { name: "Juan García" }, source: "softphone" };
    open.delete(token);
    posted.set(`${id} ${Boolean(going)}`, Date.now());
    const answer = await fetch(`${url}/api/calls/${going ? "end" : "start"}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${going ? "end" : "start"}: ${answer.status}`);
    // only what has been answered may be ended: a busy machine answers late
    if (!going) open.set(token, id);
  }
}

/** A board over a plain socket: reading must cost little. Resolves once the snapshot has come. */
function sseBoard(url: string, { sees, cookie }: Browser): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  socket.write(`GET /api/live HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\n\r\n`);
  let rest: Buffer = Buffer.alloc(0);
  let joined = false;
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => (ended++, reject(new Error("a board was closed"))));
    socket.on("data", (chunk: Buffer) => {
      if (measuring) bytes += chunk.length;
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (;;) {
        const comment = rest.indexOf(READ_AT);
        const end = comment < 0 ? -1 : rest.indexOf(END, comment + END.length);
        if (end < 0) return;
        const frame = rest.subarray(0, comment + END.length);
        const made = rest.toString("latin1", end - INSTANT_CHARS, end);
        rest = rest.subarray(end + END.length);
        if (joined) received(sees, made, () => eventsOf(frame.toString()));
        joined = true;
        resolve();
      }
    });
  });
}

/** The same over socket.io, whose peer says when it sent each. */
function socketBoard(url: string, { sees }: Browser): Promise<void> {
  const socket = io(url, { transports: ["websocket"], forceNew: true, auth: { sees } });
  socket.on("frame", (events: LiveEvent[], made: string) => received(sees, made, () => events));
  socket.on("disconnect", () => ended++);
  return new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
}

function received(sees: string, made: string, read: () => LiveEvent[]): void {
  if (!measuring) return;
  const now = Date.now();
  const known = frames.get(sees) ?? new Map<string, { madeAt: number; posted: number[] }>();
  let frame = known.get(made);
  if (!frame) {
    const events = read();
    frame = { madeAt: Date.parse(made), posted: events.flatMap((event) => news(sees, event)) };
    frames.set(sees, known.set(made, frame));
    seen.push({ at: now - beganAt, sees, events });
  }
  messages++;
  frameTimes.push(now - frame.madeAt);
  for (const at of frame.posted) changeTimes.push(now - at);
}

/** When the change was posted of which this event tells an audience for the first time. */
function news(sees: string, { event, data }: LiveEvent): number[] {
  if (event !== "call") return [];
  const change = `${data.id} ${data.endedAt !== null}`;
  const at = posted.get(change);
  if (at === undefined || told.has(`${sees} ${change}`)) return [];
  told.add(`${sees} ${change}`);
  return [at];
}

const eventsOf = (text: string): LiveEvent[] =>
  [...text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)].map(
    ([, event, data]) => ({ event, data: JSON.parse(data ?? "") }) as LiveEvent,
  );
