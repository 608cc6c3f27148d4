import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Desktop } from "./desktop.ts";

const PATIENCE_MS = 20_000;

/**
 * The title of the window that has the focus, told by the desktop as it changes: to ask again and again would take
 * time from what is measured, and find it late.
 */
export class FocusWatch {
  readonly #desktop: Desktop;
  readonly #waiting = new Set<() => void>();
  #window = "";
  #names: ChildProcess | null = null;
  #title = "";

  /** It ends with the desktop. */
  constructor(desktop: Desktop) {
    this.#desktop = desktop;
    this.#spy(["-root", "_NET_ACTIVE_WINDOW"], (line) => {
      const [window = ""] = /0x[0-9a-f]+/.exec(line) ?? [];
      if (window !== this.#window) this.#follow(window);
    });
  }

  /** Resolves to whether a window with such a title has the focus, within `ms`. */
  async becomes(title: RegExp, ms: number): Promise<boolean> {
    if (title.test(this.#title)) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const look = () => void (title.test(this.#title) && resolve(true));
    const timer = setTimeout(() => resolve(false), ms);
    this.#waiting.add(look);
    const became = await promise;
    this.#waiting.delete(look);
    clearTimeout(timer);
    return became;
  }

  /** @throws Error when no window with such a title gets the focus */
  async until(title: RegExp): Promise<void> {
    if (!(await this.becomes(title, PATIENCE_MS)))
      throw new Error(`waited ${PATIENCE_MS} ms in vain for the focus on ${title}`);
  }

  #follow(window: string): void {
    this.#window = window;
    this.#title = "";
    this.#names?.kill();
    if (/^0x0*$/.test(window) || window === "") return;
    // xterm has only the older of the two
    this.#names = this.#spy(["-id", window, "_NET_WM_NAME", "WM_NAME"], (line) => {
      const [, title] = /= "(.*)"/.exec(line) ?? [];
      if (window !== this.#window || title === undefined) return;
      this.#title = title;
      for (const look of this.#waiting) look();
    });
  }

  #spy(what: string[], hear: (line: string) => void): ChildProcess {
    const child = this.#desktop.run("xprop", ["-spy", ...what], "pipe");
    if (child.stdout) createInterface({ input: child.stdout }).on("line", hear);
    return child;
  }
}
