import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { DebugPipe } from "./pipe.ts";

const OPEN_MS = 15_000;
const CLOSE_MS = 2_000;
const WIDTH = 420;
const HEIGHT = 640;

const FLAGS = [
  "--remote-debugging-pipe",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-extensions",
  "--disable-sync",
  "--disable-component-update",
  "--disable-background-networking",
  "--disable-features=Translate,OptimizationHints,MediaRouter",
  // It must go on painting while it is out of sight: that is what makes it quick.
  "--disable-renderer-backgrounding",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  // Neither keyring nor keychain may ask the agent for a password.
  "--password-store=basic",
  "--use-mock-keychain",
  `--window-size=${WIDTH},${HEIGHT}`,
];

type Target = { targetId: string; type: string };
type Options = {
  browser: string;
  url: string;
  profile: string;
  env: NodeJS.ProcessEnv;
  onHide: () => void;
};

/** One app window of a browser of its own, driven over the debugging pipe. */
export class PanelWindow {
  readonly #child: ChildProcess;
  readonly #pipe: DebugPipe;
  #sessionId = "";
  #windowId = 0;
  #visible = true;
  /** Resolves when the browser is gone: closed by the person, or dead. */
  readonly gone: Promise<void>;

  private constructor({ browser, url, profile, env, onHide }: Options) {
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const args = [...FLAGS, ...sandbox, `--user-data-dir=${profile}`, `--app=${url}`];
    this.#child = spawn(browser, args, {
      env,
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    this.gone = new Promise((resolve) => {
      this.#child.once("exit", () => resolve());
      this.#child.once("error", () => resolve());
    });
    const [, , , output, input] = this.#child.stdio;
    this.#pipe = new DebugPipe(output as Writable, input as Readable, (method, params) => {
      const { name } = (params ?? {}) as { name?: string };
      if (method === "Runtime.bindingCalled" && name === "callmanagerHide") onHide();
      if (method === "Inspector.targetCrashed") this.#child.kill("SIGKILL");
    });
  }

  /**
   * Starts the browser with one window on `url`; resolves once it can be shown and hidden.
   * @throws Error when the browser does not open a window in 15 s
   */
  static async open(options: Options): Promise<PanelWindow> {
    const window = new PanelWindow(options);
    const timer = setTimeout(() => window.#child.kill("SIGKILL"), OPEN_MS);
    try {
      await window.#attach();
      await window.#place();
      return window;
    } catch (error) {
      window.#child.kill("SIGKILL");
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  get visible(): boolean {
    return this.#visible;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Puts it at the top right of the screen, where it stays unless the person moves it. */
  async #place(): Promise<void> {
    const screen = await this.#evaluate<{ right: number; top: number }>(
      "({ right: screen.availLeft + screen.availWidth, top: screen.availTop })",
    );
    await this.#bounds({
      left: screen.right - WIDTH,
      top: screen.top,
      width: WIDTH,
      height: HEIGHT,
    });
  }

  /** Brings it before all others with the focus, and tells the page. */
  async show(): Promise<void> {
    this.#visible = true;
    await Promise.all([
      this.#bounds({ windowState: "normal" }),
      this.#page("Page.bringToFront"),
      this.#evaluate("void window.dispatchEvent(new CustomEvent('callmanager:summon'))"),
    ]);
  }

  /** Takes it out of sight; the focus goes back to the program that had it. */
  async hide(): Promise<void> {
    this.#visible = false;
    await this.#bounds({ windowState: "minimized" });
  }

  async navigate(url: string): Promise<void> {
    await this.#page("Page.navigate", { url });
  }

  /** Closes the browser; resolves when it is gone. */
  async close(): Promise<void> {
    this.#pipe.send("Browser.close").catch(() => this.#child.kill("SIGKILL"));
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), CLOSE_MS);
    await this.gone;
    clearTimeout(timer);
  }

  async #attach(): Promise<void> {
    const { targetId } = await this.#firstPage();
    const attached = await this.#pipe.send<{ sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    this.#sessionId = attached.sessionId;
    const [{ windowId }] = await Promise.all([
      this.#pipe.send<{ windowId: number }>("Browser.getWindowForTarget", { targetId }),
      this.#page("Runtime.enable"),
      this.#page("Runtime.addBinding", { name: "callmanagerHide" }),
    ]);
    this.#windowId = windowId;
  }

  async #firstPage(): Promise<Target> {
    for (;;) {
      const { targetInfos } = await this.#pipe.send<{ targetInfos: Target[] }>("Target.getTargets");
      const page = targetInfos.find((target) => target.type === "page");
      if (page) return page;
      await wait(20);
    }
  }

  async #bounds(bounds: Record<string, number | string>): Promise<void> {
    await this.#pipe.send("Browser.setWindowBounds", { windowId: this.#windowId, bounds });
  }

  #page<Result>(method: string, params: object = {}): Promise<Result> {
    return this.#pipe.send<Result>(method, params, this.#sessionId);
  }

  async #evaluate<Value>(expression: string): Promise<Value> {
    const evaluated = await this.#page<{ result: { value: Value } }>("Runtime.evaluate", {
      expression,
      returnByValue: true,
    });
    return evaluated.result.value;
  }
}
