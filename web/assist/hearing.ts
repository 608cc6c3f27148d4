import type { Side } from "#contract";
import { createStore } from "../ui/store.ts";

/** Words of one side as the tray hands them over; tray/panel/words.ts says what each field means. */
export type Heard = { side: Side; text: string; final: boolean; ended: boolean; t: number };
/** What the customer says in one go, `final` when it is whole. `since` and `at`: when its first and its last words came, milliseconds since 1970. */
export type Said = { text: string; final: boolean; t: number; since: number; at: number };

export type Hearing = {
  /** What was said last, as it stands. */
  settled: Said | null;
  /** What is being said: it grows, and may still be another. */
  guess: Said | null;
  /** What was settled was cut by its length: the next words belong to it. */
  open: boolean;
};

/** Words that are older than this are no longer what the customer has just said. */
const FRESH_MS = 20_000;
/** A guess that is younger than this is a syllable. */
const GUESS_MS = 400;

/** Characters of the field for questions. */
const MOST = 500;

const silence: Hearing = { settled: null, guess: null, open: false };
/** The customer's words of the call in progress; the tray fills it through `window.callmanagerHeard`. */
export const hearing = createStore<Hearing>(silence);

/** As much of a long speech as a question can be: its end, from a whole word on. */
const ending = (text: string): string =>
  text.length <= MOST ? text : text.slice(-MOST).replace(/^\S*\s+/, "");

/** What has been heard, after these words as well. Those of the agent are nobody's question. */
export function heardMore(before: Hearing, { side, text, final, ended, t }: Heard, now: number): Hearing {
  if (text === "") return silence;
  if (side !== "customer") return before;
  const begun = before.open ? before.settled : null;
  const same = begun ?? (before.guess?.t === t ? before.guess : null);
  const said: Said = {
    text: begun ? ending(`${begun.text} ${text}`) : text,
    final: final && ended,
    t: begun?.t ?? t,
    since: same?.since ?? now,
    at: now,
  };
  return final ? { settled: said, guess: null, open: !ended } : { ...before, guess: said };
}

/** The words that a summons asks about: what is being said, else what has just been said. */
export function atHand({ settled, guess }: Hearing, now: number): Said | null {
  if (guess && now - guess.since >= GUESS_MS) return guess;
  return settled && now - settled.at <= FRESH_MS ? settled : null;
}

export const hear = (words: Heard): void => hearing.set(heardMore(hearing.get(), words, Date.now()));
export const forget = (): void => hearing.set(silence);
