import type { Outcome } from "#contract";
import { connect, type Socket } from "node:net";
import { z } from "zod";
import type { Log } from "../log.ts";
import type { CallBegun, CallSignal, CallSignals, SignalAnswer } from "../ports.ts";
import { netstring, netstrings } from "./netstring.ts";

type Options = {
  /** Where baresip's ctrl_tcp listens. */
  host: string;
  port: number;
  log: Log;
  /** Milliseconds before each attempt to connect again; the last one repeats. */
  waits?: number[];
};

const message = z.union([
  z.object({
    event: z.literal(true),
    type: z.string(),
    id: z.string().optional(),
    direction: z.enum(["incoming", "outgoing"]).optional(),
    peeruri: z.string().default(""),
    peerdisplayname: z.string().optional(),
    param: z.string().default(""),
  }),
  z.object({ response: z.literal(true), token: z.string().optional(), data: z.string().default("") }),
]);
type Told = Extract<z.infer<typeof message>, { event: true }>;

/** One call as baresip tells of it. `rangMs` and `establishedMs` are of this process's monotonic clock. */
type Known = { begun: CallBegun; rangMs: number; establishedMs: number | null };

/** Its events have no times and say nothing of a hold: it is asked each second while a call goes on. */
const ASK_MS = 1_000;
const LIST = "listcalls";

/** The calls of a baresip softphone over its ctrl_tcp, from ringing to the end. */
export function baresipSignals(options: Options): CallSignals {
  return new Baresip(options);
}

class Baresip implements CallSignals {
  readonly #options: Required<Options>;
  readonly #calls = new Map<string, Known>();
  #listener: ((signal: CallSignal) => SignalAnswer) | null = null;
  #socket: Socket | null = null;
  #held = false;
  #attempts = 0;
  #retry: NodeJS.Timeout | undefined;
  #asking: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    this.#options = { waits: [1_000, 2_000, 5_000], ...options };
  }

  async start(listener: (signal: CallSignal) => SignalAnswer): Promise<void> {
    this.#listener = listener;
    this.#connect();
  }

  async stop(): Promise<void> {
    this.#listener = null;
    clearTimeout(this.#retry);
    clearInterval(this.#asking);
    this.#socket?.destroy();
  }

  #connect(): void {
    const { host, port, log, waits } = this.#options;
    const socket = connect({ host, port });
    this.#socket = socket;
    const messages = netstrings((text) => this.#hear(text));
    socket.setNoDelay(true);
    socket.on("connect", () => {
      this.#attempts = 0;
      log("the softphone's control is connected");
      this.#ask();
    });
    socket.on("data", (chunk: Buffer) => {
      if (!messages(chunk)) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(this.#asking);
      if (this.#listener === null) return;
      if (this.#attempts === 0) log("the softphone's control is not there; trying again");
      const wait = waits[Math.min(this.#attempts++, waits.length - 1)];
      this.#retry = setTimeout(() => this.#connect(), wait);
    });
  }

  #ask(): void {
    this.#socket?.write(netstring(JSON.stringify({ command: LIST, token: LIST })));
  }

  #hear(text: string): void {
    const told = message.safeParse(parse(text));
    if (!told.success) return;
    if ("response" in told.data) {
      if (told.data.token === LIST) this.#compare(told.data.data);
    } else this.#happened(told.data);
  }

  #happened(told: Told): void {
    const { id, type } = told;
    if (id === undefined) return;
    const call = this.#calls.get(id);
    if (!call && (type === "CALL_INCOMING" || type === "CALL_RINGING"))
      this.#calls.set(id, knownOf(id, told));
    if (type === "CALL_ESTABLISHED") this.#established(id, call ?? knownOf(id, told));
    if (type === "CALL_CLOSED" && call) this.#closed(id, call, told);
    if (type === "CALL_HOLD" || type === "CALL_RESUME") this.#hold(type === "CALL_HOLD");
  }

  #established(id: string, call: Known): void {
    const now = performance.now();
    this.#calls.set(id, { ...call, establishedMs: now });
    this.#held = false;
    const rangMs = Math.round(now - call.rangMs);
    this.#listener?.({ kind: "start", by: "baresip", call: call.begun, rangMs });
    clearInterval(this.#asking);
    this.#asking = setInterval(() => this.#ask(), ASK_MS);
  }

  #closed(id: string, call: Known, told: Told): void {
    this.#calls.delete(id);
    if (call.establishedMs !== null) return this.#ended(id);
    const outcome = outcomeOf(call.begun.direction, told.param);
    const rangMs = Math.round(performance.now() - call.rangMs);
    this.#listener?.({ kind: "unanswered", call: call.begun, outcome, rangMs });
  }

  #ended(id: string): void {
    this.#listener?.({ kind: "end", outcome: "answered", externalId: id });
    if (![...this.#calls.values()].some((call) => call.establishedMs !== null)) clearInterval(this.#asking);
  }

  #hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.#listener?.({ kind: "hold", held });
  }

  /** What is listed against what is known: a hold, and an end that was missed while nobody was connected. */
  #compare(listed: string): void {
    const lines = listed.split("\n").filter((line) => /\[line \d+\]/.test(line));
    const talking = lines.filter((line) => line.includes("ESTABLISHED"));
    if (lines.length === 0)
      for (const [id, call] of this.#calls) {
        this.#calls.delete(id);
        if (call.establishedMs !== null) this.#ended(id);
      }
    if (talking.length > 0) this.#hold(talking.every((line) => line.includes("(on hold)")));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function knownOf(id: string, { direction, peeruri, peerdisplayname }: Told): Known {
  const user = /^sips?:([^@;>]+)@/.exec(peeruri)?.[1] ?? "";
  const phone = /^[+0-9()./-]{3,40}$/.test(user) ? user : undefined;
  const name = (peerdisplayname ?? (phone === undefined ? user : "")).trim().slice(0, 120);
  const begun: CallBegun = {
    source: "softphone",
    direction: direction === "incoming" ? "inbound" : "outbound",
    contact: { ...(name !== "" && { name }), ...(phone !== undefined && { phone }) },
    externalId: id,
  };
  return { begun, rangMs: performance.now(), establishedMs: null };
}

/** Why a call that rang was not answered, from the words of SIP or of baresip itself. */
function outcomeOf(direction: CallBegun["direction"], param: string): Exclude<Outcome, "answered"> {
  const byUser = /by user/i.test(param);
  if (direction === "inbound") return byUser ? "rejected" : "missed";
  if (/\b(486|600|603)\b|busy|decline/i.test(param)) return "rejected";
  return byUser || /\b(408|480|487)\b|timed? ?out/i.test(param) ? "missed" : "failed";
}
