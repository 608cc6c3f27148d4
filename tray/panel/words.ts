import type { Heard } from "../ports.ts";

/** What a page needs that is loaded in the middle of a call. */
const MOST = 10;

/** Says that what was heard is of another call: nothing has been said yet. */
export const FORGET: Heard = { side: "customer", text: "", final: true, ended: true, t: 0 };

/**
 * The last words of the call in progress, for a page that is loaded again. The page has them through a function of
 * its own, `window.callmanagerHeard({ side, text, final, ended, t })`:
 * - `side`: `customer`; the agent's own words are not sent;
 * - `text`: all that was said since `t`; it replaces a guess with the same `t`. Empty: forget all, another call begins;
 * - `final`: it will not change any more; otherwise it is a guess, and the next one may be another;
 * - `ended`: the customer has stopped speaking; false for a guess, and for a final that was cut by its length;
 * - `t`: where it begins, in milliseconds of the recording.
 * Cards' numbers are masked in it.
 */
export class Words {
  #finals: Heard[] = [];
  #guess: Heard | null = null;

  take(words: Heard | null): void {
    if (words === null) this.#finals = [];
    else if (words.final) this.#finals = [...this.#finals, words].slice(-MOST);
    this.#guess = words?.final === false ? words : null;
  }

  /** Oldest first, a guess last. */
  last(): Heard[] {
    return this.#guess ? [...this.#finals, this.#guess] : this.#finals;
  }
}
