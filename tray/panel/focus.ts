import { X11 } from "./x11.ts";

/**
 * Who had the focus before the panel took it, and giving it back. Only X11 lets a program do that: elsewhere
 * nobody is remembered, and nothing can be given back.
 */
export class Focus {
  readonly #env: NodeJS.ProcessEnv;
  /** The process whose windows are the panel's, as the browser itself numbers it; null before it has said so. */
  #pid: number | null = null;
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
    await X11.with(this.#env, async (x) => {
      const active = await x.active();
      const own = active !== null && this.#pid !== null && (await x.pidOf(active)) === this.#pid;
      if (!own) this.#before = active;
    });
  }

  /** Resolves to false when that program's window is gone, when there was none, and where only the desktop can. */
  async giveBack(): Promise<boolean> {
    const before = this.#before;
    return before !== null && ((await X11.with(this.#env, (x) => x.activate(before))) ?? false);
  }

  /** Brings the panel before all others without the focus. Resolves to false where that cannot be done. */
  async raise(): Promise<boolean> {
    const pid = this.#pid;
    const raised = await X11.with(this.#env, async (x) => {
      const own = pid === null ? null : await x.windowOf(pid);
      return own !== null && x.raise(own);
    });
    return raised ?? false;
  }
}
