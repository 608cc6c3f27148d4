import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Log } from "../log.ts";
import type { Hotkey } from "../ports.ts";
import { RESTART_WAITS, Restarts } from "../restarts.ts";
import { KEY_A } from "./chord.ts";

const READY_MS = 5_000;
const WORKER = fileURLToPath(new URL("./worker.ts", import.meta.url));

type Options = {
  log: Log;
  /** libuiohook's code of the physical key; on AZERTY the key labelled A is 16. */
  keycode?: number;
  env: NodeJS.ProcessEnv;
  /** Milliseconds before each restart. */
  restartWaits?: number[];
  /** Stands in for the process with the hook in tests. */
  worker?: string;
};

/** Ctrl+A by a hook in a process of its own, restarted when it dies. */
export function createHotkey(options: Options): Hotkey & { workerPid(): number | undefined } {
  return new WorkerHotkey(options);
}

class WorkerHotkey implements Hotkey {
  readonly #options: Required<Options>;
  readonly #restarts: Restarts;
  readonly #listeners: (() => void)[] = [];
  #worker: ChildProcess | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: Options) {
    const defaults = {
      keycode: KEY_A,
      restartWaits: RESTART_WAITS,
      worker: WORKER,
    };
    this.#options = { ...defaults, ...options };
    this.#restarts = new Restarts(this.#options.restartWaits);
  }

  async start(): Promise<boolean> {
    const { env, log } = this.#options;
    if (process.platform === "linux" && !env["DISPLAY"]) {
      log("no hotkey: there is no desktop (DISPLAY is not set)");
      return false;
    }
    return this.#launch();
  }

  onChord(listener: () => void): void {
    this.#listeners.push(listener);
  }

  workerPid(): number | undefined {
    return this.#worker?.pid;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    if (!worker) return;
    const gone = once(worker, "exit");
    worker.kill("SIGKILL");
    await gone;
  }

  async #launch(): Promise<boolean> {
    const { env, keycode, worker: script } = this.#options;
    const launchedMs = performance.now();
    const worker = fork(script, [String(keycode)], {
      env,
      execArgv: [],
      stdio: ["ignore", "pipe", "ignore", "ipc"],
    });
    this.#worker = worker;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => worker.kill("SIGKILL"), READY_MS);
    let gone = false;
    const leave = () => {
      if (gone) return;
      gone = true;
      resolve(false);
      this.#gone(performance.now() - launchedMs);
    };
    worker.once("exit", leave);
    worker.once("error", leave);
    worker.stdout?.once("data", () => {
      worker.stdout?.destroy();
      resolve(true);
    });
    worker.on("message", (word) => this.#hear(worker, word));
    const ready = await promise;
    clearTimeout(timer);
    return ready;
  }

  /** A worker that says anything else is not the worker that was written here. */
  #hear(worker: ChildProcess, word: unknown): void {
    if (word !== "chord") {
      this.#options.log("the hotkey's process said something it should not, and was ended");
      worker.kill("SIGKILL");
      return;
    }
    for (const listener of this.#listeners) listener();
  }

  #gone(livedMs: number): void {
    this.#worker = null;
    if (this.#stopped) return;
    const wait = this.#restarts.next(livedMs);
    if (wait === null)
      this.#options.log("no hotkey any more: its process keeps ending; the menu opens the copilot");
    else this.#timer = setTimeout(() => void this.#launch(), wait);
  }
}
