import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { CallOnPanel, Heard } from "../ports.ts";
import { FLAGS } from "./flags.ts";
import { Focus } from "./focus.ts";
import { DebugPage } from "./page.ts";
import { DebugPipe } from "./pipe.ts";
import { HEIGHT, Place, WIDTH } from "./place.ts";
import type { Words } from "./words.ts";

const OPEN_MS = 15_000;
const CLOSE_MS = 2_000;

type Process = { type: string; id: number };
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
  readonly #focus: Focus;
  /** Both are there once it is open, and nobody has it before. */
  #page!: DebugPage;
  #place!: Place;
  #visible = true;
  /** The page has been summoned and does not know it yet. */
  #summonDue = false;
  #call: CallOnPanel | null;
  readonly #words: Words;
  /** Resolves when the browser is gone: closed by the person, or dead. */
  readonly gone: Promise<void>;

  private constructor(
    { browser, url, profile, env, onHide, onRecording, call, words }: Options,
    focus: Focus,
  ) {
    this.#focus = focus;
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
    const focus = new Focus(options.env);
    await focus.remember();
    const window = new PanelWindow(options, focus);
    const timer = setTimeout(() => window.#child.kill("SIGKILL"), OPEN_MS);
    try {
      await window.#attach();
      await window.#place.first();
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

  /** Brings it before all others with the focus, and tells the page. */
  async show(): Promise<void> {
    this.#visible = true;
    this.#summonDue = true;
    // who has the focus is asked before it changes; meanwhile the page already makes itself ready
    const before = Promise.all([this.#place.minimised(), this.#focus.remember()]);
    const toFront = before.then(([minimised]) =>
      Promise.all([this.#page.send("Page.bringToFront"), this.#place.bringUp(minimised)]),
    );
    await Promise.all([this.#tell(), toFront]);
  }

  /** Brings it up where it stood and before all others, and leaves the focus where it is; only X11 can. */
  async showQuietly(): Promise<void> {
    if (!(await this.#focus.raise()) || !this.#place.docked) return this.show();
    this.#visible = true;
    this.#summonDue = true;
    await Promise.all([this.#place.standUp(), this.#tell()]);
  }

  /** Hands words to the page; one that does not want them has no such function. */
  async heard(words: Heard): Promise<void> {
    await this.#page.evaluate(`window.callmanagerHeard?.(${JSON.stringify(words)}), true`);
  }

  /** Tells the page what becomes of the call's sound and words, now and whenever it is loaded again. */
  async tell(call: CallOnPanel | null): Promise<void> {
    this.#call = call;
    const detail = JSON.stringify(call ?? { recording: null, ears: null });
    await this.#page.evaluate(
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
    const told = await this.#page
      .evaluate<boolean>(`document.readyState === "complete" && location.href !== "about:blank"
      && (window.dispatchEvent(new CustomEvent("callmanager:summon")), true)`);
    if (told) this.#summonDue = false;
  }

  /**
   * Takes it out of sight and gives the focus back to the program that had it. On X11 it is docked, because it
   * comes back faster; elsewhere it is minimised, because nothing but the window manager can give the focus back
   * there. A hidden one that has the focus all the same, as after a click on its title, gives it back again.
   */
  async hide(): Promise<void> {
    if (!this.#visible && !(await this.#page.evaluate<boolean>("document.hasFocus()"))) return;
    this.#visible = false;
    this.#place.leave();
    await ((await this.#focus.giveBack()) ? this.#place.dock() : this.#place.minimise());
  }

  async navigate(url: string): Promise<void> {
    await this.#page.send("Page.navigate", { url });
  }

  /** Closes the browser; resolves when it is gone. */
  async close(): Promise<void> {
    this.#pipe.send("Browser.close").catch(() => this.#child.kill("SIGKILL"));
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), CLOSE_MS);
    await this.gone;
    clearTimeout(timer);
  }

  async #attach(): Promise<void> {
    const page = await DebugPage.attach(this.#pipe);
    this.#page = page;
    const [place, { processInfo }] = await Promise.all([
      Place.of(this.#pipe, page),
      // not the child's: a script may have started the browser
      this.#pipe.send<{ processInfo: Process[] }>("SystemInfo.getProcessInfo"),
      page.send("Page.enable"),
      page.send("Runtime.enable"),
      page.send("Runtime.addBinding", { name: "callmanagerHide" }),
      page.send("Runtime.addBinding", { name: "callmanagerRecording" }),
    ]);
    this.#place = place;
    const browser = processInfo.find(({ type }) => type === "browser");
    if (browser) this.#focus.owns(browser.id);
    // it may have loaded before anybody listened
    await this.tell(this.#call);
  }
}
