import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Side } from "#contract";
import type { SpeechModel, SttEngine, SttEvent, SttSession } from "../ports.ts";
import { Restarts } from "../restarts.ts";
import { Backlog, type Chunk } from "./backlog.ts";
import { type FromWorker, machineMs, type ToWorker } from "./messages.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));
/** Waits before each restart, in milliseconds; after the third death of one call it is given up. */
const WAITS_MS = [500, 2_000];
/** A process that has sound to listen to and does not say so for this long hangs. */
const HANGS_MS = 30_000;
const LOOK_MS = 1_000;
/** Sound on which so many processes have died one after the other is left out. */
const MOST_DEATHS = 2;

export type SherpaOptions = {
  /** The environment of the process; by default this process's own. */
  env?: NodeJS.ProcessEnv;
  /** Milliseconds before each restart. */
  restartWaits?: number[];
  /** Stands in for the recogniser's process in tests. */
  worker?: string;
};

/** sherpa-onnx in a process of its own: https://k2-fsa.github.io/sherpa/onnx/ */
export function sherpaEngine(options: SherpaOptions = {}): SherpaEngine {
  return { id: "sherpa", open: (of) => new SherpaSession(of, options) };
}

/** Its sessions also tell the process, for those who look at what it takes. */
export type SherpaEngine = Omit<SttEngine, "open"> & {
  open(of: Opening): SttSession & { workerPid(): number | undefined };
};
type Opening = Parameters<SttEngine["open"]>[0];

class SherpaSession implements SttSession {
  readonly #model: SpeechModel;
  readonly #sampleRate: number;
  readonly #say: (event: SttEvent) => void;
  readonly #options: SherpaOptions;
  readonly #restarts: Restarts;
  readonly #backlogs: Record<Side, Backlog> = { agent: new Backlog(), customer: new Backlog() };
  #worker: ChildProcess | null = null;
  #ready = false;
  #over = false;
  #deaths = 0;
  #heardMs = performance.now();
  #flushed: (() => void) | null = null;
  #restart: NodeJS.Timeout | undefined;
  readonly #looking: NodeJS.Timeout;

  constructor({ model, sampleRate, onEvent }: Opening, options: SherpaOptions) {
    this.#model = model;
    this.#sampleRate = sampleRate;
    this.#say = onEvent;
    this.#options = options;
    this.#restarts = new Restarts(options.restartWaits ?? WAITS_MS);
    this.#looking = setInterval(() => this.#look(), LOOK_MS);
    this.#launch();
  }

  push(side: Side, samples: Int16Array, atMs: number): void {
    if (this.#over || samples.length === 0) return;
    const backlog = this.#backlogs[side];
    const skipped = backlog.skipped();
    if (skipped) this.#say({ kind: "skipped", side, ...skipped });
    const chunk = { side, samples, atMs, endMs: atMs + (samples.length / this.#sampleRate) * 1000 };
    if (backlog.waitingMs === 0) this.#heardMs = performance.now();
    if (backlog.add(chunk) && this.#ready) this.#hear(chunk);
  }

  async flush(withinMs: number): Promise<void> {
    if (this.#over) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#flushed = resolve;
    // one that is still loading is asked when it is ready
    if (this.#ready) this.#tell({ kind: "flush" });
    const limit = new AbortController();
    await Promise.race([promise, wait(withinMs, undefined, { signal: limit.signal }).catch(() => undefined)]);
    limit.abort();
    this.#flushed = null;
  }

  async close(): Promise<void> {
    this.#leave();
    const worker = this.#worker;
    if (!worker) return;
    const gone = once(worker, "exit");
    worker.kill("SIGKILL");
    await gone;
  }

  workerPid(): number | undefined {
    return this.#worker?.pid;
  }

  #launch(): void {
    const launchedMs = performance.now();
    const { env, worker: script = WORKER } = this.#options;
    // what it writes on stderr is of its libraries, and could be of what it hears
    const worker = fork(script, [], {
      ...(env && { env }),
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#worker = worker;
    let gone = false;
    const leave = (how: string) => {
      if (gone) return;
      gone = true;
      this.#gone(performance.now() - launchedMs, how);
    };
    worker.once("exit", (code, signal) => leave(`ended with ${code ?? signal}`));
    worker.once("error", () => leave("could not start"));
    worker.on("message", (message: FromWorker) => {
      if (worker === this.#worker) this.#take(message);
    });
    this.#heardMs = performance.now();
    this.#tell({ kind: "open", model: this.#model, sampleRate: this.#sampleRate });
  }

  #take(message: FromWorker): void {
    if (message.kind === "flushed") return this.#flushed?.();
    if (message.kind === "progress") {
      this.#heardMs = performance.now();
      this.#deaths = 0;
      return this.#backlogs[message.side].progress(message.heardMs, message.settledMs);
    }
    const { event } = message;
    if (event.kind === "final") this.#backlogs[event.side].progress(event.toMs, event.toMs);
    if (event.kind === "ready") this.#catchUp();
    this.#say(event);
  }

  /** Both sides in the order in which they were spoken, so that neither waits for the other. */
  #catchUp(): void {
    this.#ready = true;
    this.#heardMs = performance.now();
    const waiting = Object.values(this.#backlogs).flatMap((backlog) => backlog.again());
    for (const chunk of waiting.toSorted((a, b) => a.endMs - b.endMs)) this.#hear(chunk);
    if (this.#flushed) this.#tell({ kind: "flush" });
  }

  #hear({ side, samples, atMs }: Chunk): void {
    this.#tell({ kind: "hear", side, samples, atMs, sentMs: machineMs() });
  }

  /** A message that does not arrive is a process that dies, and its death is noticed. */
  #tell(message: ToWorker): void {
    if (this.#worker?.connected) this.#worker.send(message, () => undefined);
  }

  #look(): void {
    const waits = Object.values(this.#backlogs).some(({ waitingMs }) => waitingMs > 0);
    if (!waits && this.#ready) this.#heardMs = performance.now();
    if (performance.now() - this.#heardMs > HANGS_MS) this.#worker?.kill("SIGKILL");
  }

  #gone(livedMs: number, how: string): void {
    this.#worker = null;
    this.#ready = false;
    if (this.#over) return;
    if (++this.#deaths >= MOST_DEATHS) this.#leaveOut();
    const waitMs = this.#restarts.next(livedMs);
    this.#say({ kind: "error", fatal: waitMs === null, reason: how });
    if (waitMs === null) this.#leave();
    else this.#restart = setTimeout(() => this.#launch(), waitMs);
  }

  #leaveOut(): void {
    for (const side of ["agent", "customer"] as const) {
      const dropped = this.#backlogs[side].drop();
      if (dropped) this.#say({ kind: "skipped", side, ...dropped });
    }
  }

  #leave(): void {
    this.#over = true;
    clearTimeout(this.#restart);
    clearInterval(this.#looking);
    this.#flushed?.();
    for (const backlog of Object.values(this.#backlogs)) backlog.drop();
  }
}
