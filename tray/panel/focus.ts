import { X11 } from "./x11.ts";

/**
 * Who had the focus before the panel took it, and giving it back. Only X11 lets a program do that: elsewhere
 * nobody is remembered, and nothing can be given back.
 */
export class Focus {
  readonly #env: NodeJS.ProcessEnv;
  /** The process whose windows are the panel's, as the browser itself numbers it; null before it has said so. */
  #pid: number | null = null;
  /** The panel's window; null before it was seen with the focus for the first time. */
  #own: number | null = null;
  /** The other program's window that had the focus. */
  #before: number | null = null;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  /** From now on the windows of this process are the panel's own. */
  owns(pid: number): void {
    this.#pid = pid;
  }

  /**
   * Notes who has the focus, unless it is the panel itself. The desktop is asked and not the page: a page learns
   * late that its window has the focus, and a panel that remembers itself would never give the focus away.
   */
  async remember(): Promise<void> {
    const active = await X11.with(this.#env, (x) => this.#lookAt(x));
    if (active === null || active !== this.#own) this.#before = active;
  }

  /** Resolves to false when that program's window is gone, when there was none, and where only the desktop can. */
  async giveBack(): Promise<boolean> {
    const given = await X11.with(this.#env, async (x) => {
      await this.#lookAt(x);
      return this.#before !== null && x.activate(this.#before);
    });
    return given ?? false;
  }

  /** Brings the panel before all others without the focus. False where that cannot be done. */
  async raise(): Promise<boolean> {
    const own = this.#own;
    return own !== null && ((await X11.with(this.#env, (x) => x.raise(own))) ?? false);
  }

  /** The window that has the focus; it is the panel's own when it is the browser's. */
  async #lookAt(x: X11): Promise<number | null> {
    const active = await x.active();
    if (active !== null && this.#pid !== null && (await x.pidOf(active)) === this.#pid) this.#own = active;
    return active;
  }
}
