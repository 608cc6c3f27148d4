import { join } from "node:path";
import type { Language } from "#contract";
import { type Log, reason } from "../log.ts";
import { type CallOnPanel, type Heard, type Panel, type Server, ServerError } from "../ports.ts";
import { unavailablePage } from "./unavailable.ts";
import { findBrowser } from "./browser.ts";
import { openInDefaultBrowser } from "./open.ts";
import { PanelWindow } from "./window.ts";
import { FORGET, Words } from "./words.ts";

type Options = {
  /** The tray's data folder; the browser's profile lies below it. */
  data: string;
  server: Pick<Server, "panelUrl">;
  language: Language;
  log: Log;
  env: NodeJS.ProcessEnv;
};

/** The copilot's window in Chrome, Edge or Chromium; without one of them, the default browser. */
export function createPanel(options: Options): Panel & { browserPid(): number | undefined } {
  return new ChromiumPanel(options);
}

/** `genuine` tells the server's own page from the one that says why it is not there. */
type Page = { url: string; genuine: boolean };
type Open = { window: PanelWindow; genuine: boolean };

class ChromiumPanel implements Panel {
  readonly #options: Options;
  #open: Open | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #call: CallOnPanel | null = null;
  readonly #words = new Words();
  #listener: (paused: boolean) => void = () => undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  warm(): Promise<void> {
    return this.#inTurn(async () => {
      const browser = findBrowser(this.#options.env);
      if (this.#open || !browser) return;
      const url = await this.#options.server.panelUrl();
      const { window } = await this.#launch(browser, { url, genuine: true });
      await window.hide();
    }).catch((error: unknown) => this.#options.log(`the panel could not be prepared: ${reason(error)}`));
  }

  show(quiet = false): Promise<void> {
    return this.#inTurn(() => (this.#open ? this.#bringUp(this.#open, quiet) : this.#openNew()));
  }

  /** Not in turn: a show that takes long does not hold up what the customer says. */
  heard(words: Heard | null): void {
    this.#words.take(words);
    void this.#open?.window.heard(words ?? FORGET).catch((error: unknown) =>
      // never what was said
      this.#options.log(`the panel did not hear: ${reason(error)}`),
    );
  }

  hide(): Promise<void> {
    return this.#inTurn(async () => this.#open?.window.hide());
  }

  tell(call: CallOnPanel | null): void {
    if (call?.recording === this.#call?.recording && call?.ears === this.#call?.ears) return;
    this.#call = call && { recording: call.recording, ears: call.ears };
    void this.#inTurn(async () => this.#open?.window.tell(this.#call)).catch((error: unknown) =>
      this.#options.log(`the panel was not told of the recording: ${reason(error)}`),
    );
  }

  onRecording(listener: (paused: boolean) => void): void {
    this.#listener = listener;
  }

  rest(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#open?.window.visible === false) await this.#open.window.close();
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(async () => this.#open?.window.close());
  }

  browserPid(): number | undefined {
    return this.#open?.window.pid;
  }

  /** One thing after the other: two shows in a row must not start two browsers. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #bringUp(open: Open, quiet: boolean): Promise<void> {
    if (!open.genuine) {
      const page = await this.#page();
      open.genuine = page.genuine;
      await open.window.navigate(page.url);
    }
    await (quiet && !open.window.visible ? open.window.showQuietly() : open.window.show());
  }

  async #openNew(): Promise<void> {
    const browser = findBrowser(this.#options.env);
    const page = await this.#page();
    if (!browser) return this.#openElsewhere(page);
    try {
      const { window } = await this.#launch(browser, page);
      await window.show();
    } catch (error) {
      this.#options.log(`the panel opens in the default browser: ${reason(error)}`);
      await this.#openElsewhere(await this.#page());
    }
  }

  async #page(): Promise<Page> {
    try {
      return { url: await this.#options.server.panelUrl(), genuine: true };
    } catch (error) {
      this.#options.log(`the panel has no page: ${reason(error)}`);
      const unpaired = error instanceof ServerError && !error.retry;
      return {
        url: unavailablePage(this.#options.language, unpaired ? "unpaired" : "unreachable"),
        genuine: false,
      };
    }
  }

  async #openElsewhere({ url, genuine }: Page): Promise<void> {
    if (!genuine) throw new Error("there is neither a browser for the panel nor a page to show");
    await openInDefaultBrowser(url, this.#options.env);
  }

  async #launch(browser: string, { url, genuine }: Page): Promise<Open> {
    const { data, env, log } = this.#options;
    const profile = join(data, "panel");
    const onHide = () =>
      void this.hide().catch((error: unknown) => log(`the panel did not hide: ${reason(error)}`));
    const window = await PanelWindow.open({
      browser,
      url,
      profile,
      env,
      onHide,
      onRecording: (paused) => this.#listener(paused),
      call: this.#call,
      words: this.#words,
    });
    const open = { window, genuine };
    this.#open = open;
    // Closed by the person, or dead: the next `show` starts a new browser.
    void window.gone.then(() => {
      if (this.#open === open) this.#open = null;
    });
    return open;
  }
}
