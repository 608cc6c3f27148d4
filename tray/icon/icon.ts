import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Log, reason } from "../log.ts";
import type { Icon, IconState, MenuAction, MenuItem } from "../ports.ts";
import { RESTART_WAITS, Restarts } from "../restarts.ts";
import { TrayProgram, installProgram } from "./program.ts";
import { hasHost, obstacle } from "./preflight.ts";

/** What is drawn: the icon and its rows. */
export type Look = { state: IconState; menu: MenuItem[] };

type Options = {
  /** The tray's data folder; systray2's program is copied below it. */
  data: string;
  look: Look;
  log: Log;
  env: NodeJS.ProcessEnv;
  /** Milliseconds before each restart. */
  restartWaits?: number[];
};

/** The icon by systray2's program, restarted when it dies and given up when it keeps dying. */
export function createIcon(options: Options): Icon & { programPid(): number | undefined } {
  return new SystrayIcon(options);
}

class SystrayIcon implements Icon {
  readonly #options: Required<Options>;
  readonly #restarts: Restarts;
  readonly #listeners: ((action: MenuAction) => void)[] = [];
  #look: Look;
  #running: TrayProgram | null = null;
  #ready = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: Options) {
    this.#options = { restartWaits: RESTART_WAITS, ...options };
    this.#restarts = new Restarts(this.#options.restartWaits);
    this.#look = options.look;
  }

  async start(): Promise<boolean> {
    const { env, log } = this.#options;
    const reasonAgainst = obstacle(env);
    if (reasonAgainst !== null) {
      log(`no icon: ${reasonAgainst}; the control API works all the same`);
      return false;
    }
    const [up, host] = await Promise.all([this.#launch(), hasHost(env)]);
    if (up && !host) log("no icon yet: this desktop has no place for icons; it will appear when it has one");
    return up && host;
  }

  show(state: IconState, menu: MenuItem[]): void {
    this.#look = { state, menu };
    if (this.#ready) this.#running?.draw(this.#look);
  }

  onAction(listener: (action: MenuAction) => void): void {
    this.#listeners.push(listener);
  }

  programPid(): number | undefined {
    return this.#running?.pid;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #folder(): string {
    return join(this.#options.data, "icon");
  }

  async #launch(): Promise<boolean> {
    const { env, log } = this.#options;
    const launchedMs = performance.now();
    let program: TrayProgram;
    try {
      const path = installProgram(this.#folder);
      program = new TrayProgram({ path, env, look: this.#look, onClick: (row) => this.#click(row) });
    } catch (error) {
      log(`no icon: ${reason(error)}`);
      return false;
    }
    this.#running = program;
    void program.gone.then(() => this.#gone(performance.now() - launchedMs));
    this.#ready = await program.ready();
    if (this.#ready) program.draw(this.#look);
    else await program.stop();
    return this.#ready;
  }

  #gone(livedMs: number): void {
    this.#ready = false;
    this.#running = null;
    if (this.#stopped) return;
    const wait = this.#restarts.next(livedMs);
    if (wait === null) {
      this.#options.log("no icon any more: its program keeps ending; the control API works all the same");
      return;
    }
    this.#timer = setTimeout(() => void this.#launch(), wait);
  }

  #click(row: number): void {
    const item = this.#look.menu[row];
    if (!item?.action || !item.enabled || item.hidden) return;
    for (const listener of this.#listeners) listener(item.action);
  }
}
