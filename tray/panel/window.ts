import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { reason } from "../log.ts";
import type { CallOnPanel, Heard } from "../ports.ts";
import { FLAGS } from "./flags.ts";
import { DebugPipe } from "./pipe.ts";
import type { Words } from "./words.ts";
import { X11 } from "./x11.ts";

const OPEN_MS = 15_000;
const CLOSE_MS = 2_000;
const RESTORE_MS = 2_000;
/** Looks in a row that find it where it should be. */
const SETTLED = 5;
/** A window's frame moves it by less than this, in pixels. */
const NEAR = 60;
const NO_PAGE_MS = 5_000;
const NO_PAGE = /Cannot find default execution context|Execution context was destroyed|navigated or closed/;
const WIDTH = 420;
const HEIGHT = 640;

type Bounds = { left: number; top: number; width: number; height: number };
type WindowState = "normal" | "minimized" | "maximized" | "fullscreen";
type Target = { targetId: string; type: string };
type Options = {
  browser: string;
  url: string;
  profile: string;
  env: NodeJS.ProcessEnv;
  onHide: () => void;
  onRecording: (paused: boolean) => void;
  call: CallOnPanel | null;
  words: Words;
};

/** One app window of a browser of its own, driven over the debugging pipe. */
export class PanelWindow {
  readonly #child: ChildProcess;
  readonly #pipe: DebugPipe;
  #sessionId = "";
  #windowId = 0;
  #visible = true;
  /** The page has been summoned and does not know it yet. */
  #summonDue = false;
  #call: CallOnPanel | null;
  readonly #words: Words;
  /** Its own window, as X11 numbers it; null before it had the focus for the first time, and elsewhere. */
  #own: number | null = null;
  readonly #env: NodeJS.ProcessEnv;
  #targetId = "";
  /** The window that had the focus before the panel took it. */
  #before: number | null = null;
  /** Where it stood before it was docked. */
  #stood: Bounds | null = null;
  /** Resolves when the browser is gone: closed by the person, or dead. */
  readonly gone: Promise<void>;

  private constructor({ browser, url, profile, env, onHide, onRecording, call, words }: Options) {
    this.#env = env;
    this.#words = words;
    this.#call = call;
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const args = [
      ...FLAGS,
      ...sandbox,
      `--window-size=${WIDTH},${HEIGHT}`,
      `--user-data-dir=${profile}`,
      `--app=${url}`,
    ];
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
      const { name, payload } = (params ?? {}) as { name?: string; payload?: string };
      const called = method === "Runtime.bindingCalled";
      if (called && name === "callmanagerHide") onHide();
      if (called && name === "callmanagerRecording" && (payload === "pause" || payload === "resume"))
        onRecording(payload === "pause");
      if (method === "Page.loadEventFired") this.#greet().catch(() => this.#child.kill("SIGKILL"));
      if (method === "Inspector.targetCrashed") this.#child.kill("SIGKILL");
    });
  }

  /**
   * Starts the browser with one window on `url`; resolves once it can be shown and hidden.
   * @throws Error when the browser does not open a window in 15 s
   */
  static async open(options: Options): Promise<PanelWindow> {
    const before = await X11.with(options.env, (x) => x.active());
    const window = new PanelWindow(options);
    window.#before = before;
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
    const { right, top } = await this.#screen();
    await this.#setBounds({ left: right - WIDTH, top, width: WIDTH, height: HEIGHT });
  }

  /** Brings it before all others with the focus, and tells the page. */
  async show(): Promise<void> {
    this.#visible = true;
    this.#summonDue = true;
    // who has the focus is asked before it changes; meanwhile the page already makes itself ready
    const before = Promise.all([this.#windowOf(), this.#rememberFocus()]);
    await Promise.all([this.#tell(), before.then(([{ bounds }]) => this.#bringUp(bounds.windowState))]);
  }

  async #bringUp(state: WindowState): Promise<void> {
    const back = this.#stood && { left: this.#stood.left, top: this.#stood.top };
    this.#stood = null;
    const toFront = this.#page("Page.bringToFront");
    if (state !== "minimized")
      await Promise.all([this.#setBounds(back ?? { windowState: "normal" }), toFront]);
    else await Promise.all([this.#setBounds({ windowState: "normal" }), toFront]);
    // it fails only when the browser ends meanwhile, and then there is nothing to put anywhere
    if (back) void this.#settle(back).catch(() => undefined);
  }

  /**
   * Docked, then minimised by the person: a window manager forgets where to put a window that it is still
   * bringing up, and the browser learns late that it was minimised. So its place is looked at until it holds.
   */
  async #settle(back: { left: number; top: number }): Promise<void> {
    const until = performance.now() + RESTORE_MS;
    for (let held = 0; held < SETTLED && performance.now() < until && this.#visible; await wait(40)) {
      const { bounds } = await this.#windowOf();
      const there = Math.abs(bounds.top - back.top) < NEAR && Math.abs(bounds.left - back.left) < NEAR;
      held = there ? held + 1 : 0;
      if (!there)
        await this.#setBounds(bounds.windowState === "minimized" ? { windowState: "normal" } : back);
    }
  }

  /** Brings it up where it stood and before all others, and leaves the focus where it is; only X11 can. */
  async showQuietly(): Promise<void> {
    const own = this.#own;
    const raised = own !== null && (await X11.with(this.#env, (x) => x.raise(own)));
    if (!raised || !this.#stood) return this.show();
    this.#visible = true;
    this.#summonDue = true;
    const { left, top } = this.#stood;
    this.#stood = null;
    await Promise.all([this.#setBounds({ left, top }), this.#tell()]);
  }

  /** Hands words to the page; one that does not want them has no such function. */
  async heard(words: Heard): Promise<void> {
    await this.#evaluate(`window.callmanagerHeard?.(${JSON.stringify(words)}), true`);
  }

  /** Tells the page what becomes of the call's sound and words, now and whenever it is loaded again. */
  async tell(call: CallOnPanel | null): Promise<void> {
    this.#call = call;
    const detail = JSON.stringify(call ?? { recording: null, ears: null });
    await this.#evaluate(
      `window.dispatchEvent(new CustomEvent("callmanager:recording", { detail: ${detail} }))`,
    );
  }

  async #greet(): Promise<void> {
    await this.tell(this.#call);
    for (const words of this.#words.last()) await this.heard(words);
    await this.#tell();
  }

  /** A page that is still loading is told when it has loaded. */
  async #tell(): Promise<void> {
    if (!this.#summonDue) return;
    const told =
      await this.#evaluate<boolean>(`document.readyState === "complete" && location.href !== "about:blank"
      && (window.dispatchEvent(new CustomEvent("callmanager:summon")), true)`);
    if (told) this.#summonDue = false;
  }

  /**
   * Takes it out of sight and gives the focus back to the program that had it. On X11 it is docked: only its
   * title stays, at the bottom edge, and it comes back at once, because it never stops painting. Elsewhere it is
   * minimised, because nothing but the window manager can give the focus back there.
   */
  async hide(): Promise<void> {
    if (!this.#visible) return;
    this.#visible = false;
    await this.#rememberOwn();
    const before = this.#before;
    const givenBack = before !== null && (await X11.with(this.#env, (x) => x.activate(before)));
    if (!givenBack) return this.#setBounds({ windowState: "minimized" });
    const [{ bounds }, { bottom }] = await Promise.all([this.#windowOf(), this.#screen()]);
    this.#stood = bounds;
    await this.#setBounds({ left: bounds.left, top: bottom });
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

  /** While it has the focus, the window that has it is its own. */
  async #rememberOwn(): Promise<void> {
    if (this.#own !== null || !(await this.#evaluate<boolean>("document.hasFocus()"))) return;
    this.#own = await X11.with(this.#env, (x) => x.active());
  }

  /** Notes who has the focus, unless it is the panel itself. */
  async #rememberFocus(): Promise<void> {
    const [own, active] = await Promise.all([
      this.#evaluate<boolean>("document.hasFocus()"),
      X11.with(this.#env, (x) => x.active()),
    ]);
    if (!own) this.#before = active;
  }

  async #attach(): Promise<void> {
    const { targetId } = await this.#firstPage();
    this.#targetId = targetId;
    const attached = await this.#pipe.send<{ sessionId: string }>("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    this.#sessionId = attached.sessionId;
    const [{ windowId }] = await Promise.all([
      this.#windowOf(),
      this.#page("Page.enable"),
      this.#page("Runtime.enable"),
      this.#page("Runtime.addBinding", { name: "callmanagerHide" }),
      this.#page("Runtime.addBinding", { name: "callmanagerRecording" }),
    ]);
    this.#windowId = windowId;
    // it may have loaded before anybody listened
    await this.tell(this.#call);
  }

  async #firstPage(): Promise<Target> {
    for (;;) {
      const { targetInfos } = await this.#pipe.send<{ targetInfos: Target[] }>("Target.getTargets");
      const page = targetInfos.find((target) => target.type === "page");
      if (page) return page;
      await wait(20);
    }
  }

  #windowOf(): Promise<{ windowId: number; bounds: Bounds & { windowState: WindowState } }> {
    return this.#pipe.send("Browser.getWindowForTarget", { targetId: this.#targetId });
  }

  async #setBounds(bounds: Partial<Bounds> | { windowState: string }): Promise<void> {
    await this.#pipe.send("Browser.setWindowBounds", { windowId: this.#windowId, bounds });
  }

  #screen(): Promise<{ right: number; top: number; bottom: number }> {
    return this.#evaluate(`({
      right: screen.availLeft + screen.availWidth,
      top: screen.availTop,
      bottom: screen.availTop + screen.availHeight,
    })`);
  }

  #page<Result>(method: string, params: object = {}): Promise<Result> {
    return this.#pipe.send<Result>(method, params, this.#sessionId);
  }

  /** While the page makes place for another one there is nothing to ask: then it is asked again. */
  async #evaluate<Value>(expression: string): Promise<Value> {
    for (const until = performance.now() + NO_PAGE_MS; ; await wait(10)) {
      try {
        const asked = { expression, returnByValue: true };
        const evaluated = await this.#page<{ result: { value: Value } }>("Runtime.evaluate", asked);
        return evaluated.result.value;
      } catch (error) {
        if (!NO_PAGE.test(reason(error)) || performance.now() > until) throw error;
      }
    }
  }
}
