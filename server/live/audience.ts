import type { Scope } from "../auth/scope.ts";
import type { Pipe } from "../http/pipe.ts";
import type { Hint } from "./bus.ts";

/** What a board looks at: whose calls, what the client called them, in whose days. */
export type View = { scope: Scope; name: string; timeZone: string };
/** How frames are made; `failed` hears of those that could not be. */
export type Frames = {
  snapshot(view: View): Promise<Uint8Array>;
  /** What the hints changed, and the scope's figures where `figures` says so. */
  changes(view: View, hints: Hint[], figures: boolean): Promise<Uint8Array>;
  failed(cause: unknown, hints: number): void;
};

/** At most four frames a second; the first change goes out at once. */
const FRAME_MS = 250;
/** The figures are most of a frame, and nobody reads them four times a second. */
const FIGURES_MS = 1_000;
/** A board that is so far behind is cut off; it comes back and starts with a snapshot. */
const BEHIND_BYTES = 256 * 1024;

/** Boards that see the same: each frame is made once and the same bytes go to all of them. */
export class Audience {
  readonly view: View;
  readonly #frames: Frames;
  /** With how many bytes each may be behind: a long snapshot takes a slow phone its time. */
  readonly #boards = new Map<Pipe, number>();
  /** The snapshot being read for those who join, and what changed meanwhile, which it may lack. */
  #reading: { frame: Promise<Uint8Array>; missed: Hint[] } | null = null;
  #joining = 0;
  #hints: Hint[] = [];
  #timer: NodeJS.Timeout | null = null;
  #sending = false;
  #lastAt = -Infinity;
  /** When the figures were sent, and whether something has changed since. */
  #figuresAt = -Infinity;
  #figuresDue = false;

  constructor(view: View, frames: Frames) {
    this.view = view;
    this.#frames = frames;
  }

  get size(): number {
    return this.#boards.size;
  }

  /** Whether nobody is here or on the way. */
  get empty(): boolean {
    return this.#boards.size === 0 && this.#joining === 0;
  }

  /**
   * Sends a snapshot into the pipe that `open` makes, and from then on every change, until it is closed, of
   * which `left` tells. Those who come while a snapshot is read get that one.
   */
  async join(open: (closed: () => void) => Pipe, left: () => void): Promise<Pipe> {
    this.#joining++;
    const reading = (this.#reading ??= { frame: this.#frames.snapshot(this.view), missed: [] });
    try {
      const first = await reading.frame;
      const pipe = open(() => {
        this.#boards.delete(pipe);
        left();
      });
      this.#boards.set(pipe, first.length + BEHIND_BYTES);
      pipe.send(first);
      this.#queue(reading.missed.splice(0));
      return pipe;
    } finally {
      this.#joining--;
      if (this.#reading === reading) this.#reading = null;
    }
  }

  /** Something changed that these boards see. */
  hear(hint: Hint): void {
    this.#reading?.missed.push(hint);
    if (this.#boards.size > 0) this.#queue([hint]);
  }

  send(bytes: Uint8Array): void {
    for (const [pipe, most] of this.#boards)
      if (pipe.waiting <= most) pipe.send(bytes);
      else {
        this.#boards.delete(pipe);
        pipe.cut();
      }
  }

  /** Ends every board, and what was to be sent. */
  end(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#hints = [];
    this.#figuresDue = false;
    for (const pipe of this.#boards.keys()) pipe.end();
    this.#boards.clear();
  }

  #queue(hints: Hint[]): void {
    this.#hints.push(...hints);
    if (this.#sending || (this.#hints.length === 0 && !this.#figuresDue)) return;
    if (this.#timer) clearTimeout(this.#timer);
    const due = this.#hints.length > 0 ? this.#lastAt + FRAME_MS : this.#figuresAt + FIGURES_MS;
    this.#timer = setTimeout(() => void this.#flush(), Math.max(0, due - performance.now()));
  }

  async #flush(): Promise<void> {
    this.#timer = null;
    this.#lastAt = performance.now();
    const hints = this.#hints.splice(0);
    const figures = hints.length === 0 || this.#lastAt >= this.#figuresAt + FIGURES_MS;
    if (figures) this.#figuresAt = this.#lastAt;
    this.#figuresDue = !figures;
    if (this.#boards.size === 0) return;
    this.#sending = true;
    try {
      this.send(await this.#frames.changes(this.view, hints, figures));
    } catch (error) {
      this.#frames.failed(error, hints.length);
    }
    this.#sending = false;
    this.#queue([]);
  }
}
