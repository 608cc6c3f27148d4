import type { Language, TranscriptLine } from "#contract";
import { CardWatch, mayGoOn, type Said } from "./cards.ts";

/** Lines go up together, so long after the first of them, in milliseconds: few requests, and a page that lives. */
const BATCH_MS = 2_000;
const MOST_LINES = 20;
/** A number that may be a card's first group holds up its line, and what follows it, for so long. */
const HOLD_MS = 8_000;

type Options = {
  language: Language;
  /** Takes lines in their order. */
  send: (lines: TranscriptLine[]) => void;
  /** The sound of these must go. */
  scrub: (said: Said) => void;
};
type Waiting = TranscriptLine & { heldUntilMs: number };

/** The lines of one call: numbered as they end, without cards, in small batches. */
export class Lines {
  readonly #options: Options;
  readonly #watches: Record<Said["side"], CardWatch<Waiting>>;
  #waiting: Waiting[] = [];
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    this.#options = options;
    const { language } = options;
    this.#watches = { agent: new CardWatch(language), customer: new CardWatch(language) };
  }

  /** Takes what one side has said; returns it without cards. */
  add(said: Said): Said {
    const held = mayGoOn(said.text);
    const line = { ...said, n: this.#next++, heldUntilMs: held ? performance.now() + HOLD_MS : 0 };
    // its next group holds the ones before for as long; anything else lets them go
    for (const before of this.#waiting)
      if (before.side === said.side && before.heldUntilMs > 0) before.heldUntilMs = line.heldUntilMs;
    this.#waiting.push(line);
    for (const card of this.#watches[said.side].take(line)) {
      card.heldUntilMs = 0;
      this.#options.scrub(card);
    }
    this.#plan();
    return line;
  }

  /** Sends all that waits: the call is over. */
  end(): void {
    clearTimeout(this.#timer);
    for (const line of this.#waiting) line.heldUntilMs = 0;
    this.#send();
  }

  #plan(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#send();
      if (this.#waiting.length > 0) this.#plan();
    }, BATCH_MS);
  }

  /** As far as nothing is held, so that they arrive in their order. */
  #send(): void {
    const nowMs = performance.now();
    const held = this.#waiting.findIndex(({ heldUntilMs }) => heldUntilMs > nowMs);
    const due = held < 0 ? this.#waiting : this.#waiting.slice(0, held);
    this.#waiting = held < 0 ? [] : this.#waiting.slice(held);
    const lines = due.map(({ heldUntilMs: _held, ...line }) => line);
    for (let at = 0; at < lines.length; at += MOST_LINES)
      this.#options.send(lines.slice(at, at + MOST_LINES));
  }
}
