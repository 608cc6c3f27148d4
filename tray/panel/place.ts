import { setTimeout as wait } from "node:timers/promises";
import type { DebugPage } from "./page.ts";
import type { DebugPipe } from "./pipe.ts";

const RESTORE_MS = 2_000;
/** Looks in a row that find it where it should be. */
const SETTLED = 5;
/** A window's frame moves it by less than this, in pixels. */
const NEAR = 60;

export const WIDTH = 420;
export const HEIGHT = 640;

type Point = { left: number; top: number };
type Bounds = Point & { width: number; height: number };
type WindowState = "normal" | "minimized" | "maximized" | "fullscreen";
type Found = { windowId: number; bounds: Bounds & { windowState: WindowState } };

/** Where the panel's window stands: at the top right, docked at the bottom edge, or minimised. */
export class Place {
  readonly #pipe: DebugPipe;
  readonly #page: DebugPage;
  readonly #windowId: number;
  /** Where it stood before it was docked; null while it is not. */
  #stood: Bounds | null = null;
  /** It comes up, and is looked at until it stands where it stood. */
  #settling = false;

  private constructor(pipe: DebugPipe, page: DebugPage, windowId: number) {
    this.#pipe = pipe;
    this.#page = page;
    this.#windowId = windowId;
  }

  static async of(pipe: DebugPipe, page: DebugPage): Promise<Place> {
    return new Place(pipe, page, (await windowOf(pipe, page)).windowId);
  }

  get docked(): boolean {
    return this.#stood !== null;
  }

  /** What brings it up lets go of it: it is to leave. */
  leave(): void {
    this.#settling = false;
  }

  /** Puts it at the top right of the screen, where it stays unless the person moves it. */
  async first(): Promise<void> {
    const { right, top } = await this.#screen();
    await this.#put({ left: right - WIDTH, top, width: WIDTH, height: HEIGHT });
  }

  /** Whether it is minimised, and so has to be brought up before it can stand anywhere. */
  async minimised(): Promise<boolean> {
    return (await this.#find()).bounds.windowState === "minimized";
  }

  /** Brings it up where it stood. */
  async bringUp(minimised: boolean): Promise<void> {
    const back = this.#undock();
    await this.#put(minimised || !back ? { windowState: "normal" } : back);
    // it fails only when the browser ends meanwhile, and then there is nothing to put anywhere
    if (back) void this.#settle(back).catch(() => undefined);
  }

  /** Back to where it stood, when it is docked and not minimised. */
  async standUp(): Promise<void> {
    const back = this.#undock();
    if (back) await this.#put(back);
  }

  /** Only its title stays, at the bottom edge; it comes back at once, because it never stops painting. */
  async dock(): Promise<void> {
    const [{ bounds }, { bottom }] = await Promise.all([this.#find(), this.#screen()]);
    this.#stood ??= bounds;
    await this.#put({ left: bounds.left, top: bottom });
  }

  async minimise(): Promise<void> {
    await this.#put({ windowState: "minimized" });
  }

  #undock(): Point | null {
    const stood = this.#stood;
    this.#stood = null;
    return stood && { left: stood.left, top: stood.top };
  }

  /**
   * Docked, then minimised by the person: a window manager forgets where to put a window that it is still
   * bringing up, and the browser learns late that it was minimised. So its place is looked at until it holds.
   */
  async #settle(back: Point): Promise<void> {
    const until = performance.now() + RESTORE_MS;
    this.#settling = true;
    for (let held = 0; held < SETTLED && performance.now() < until && this.#settling; await wait(40)) {
      const { bounds } = await this.#find();
      const there = Math.abs(bounds.top - back.top) < NEAR && Math.abs(bounds.left - back.left) < NEAR;
      held = there ? held + 1 : 0;
      if (!there && this.#settling)
        await this.#put(bounds.windowState === "minimized" ? { windowState: "normal" } : back);
    }
  }

  #find(): Promise<Found> {
    return windowOf(this.#pipe, this.#page);
  }

  async #put(bounds: Partial<Bounds> | { windowState: WindowState }): Promise<void> {
    await this.#pipe.send("Browser.setWindowBounds", { windowId: this.#windowId, bounds });
  }

  #screen(): Promise<{ right: number; top: number; bottom: number }> {
    return this.#page.evaluate(`({
      right: screen.availLeft + screen.availWidth,
      top: screen.availTop,
      bottom: screen.availTop + screen.availHeight,
    })`);
  }
}

function windowOf(pipe: DebugPipe, page: DebugPage): Promise<Found> {
  return pipe.send("Browser.getWindowForTarget", { targetId: page.targetId });
}
