import { type DigitPart, digitRuns, isCard, type Language } from "#contract";

/** What somebody said in one go; a line of the transcript before it has its number. */
export type Said = { side: "agent" | "customer"; text: string; fromMs: number; toMs: number };
/** A stretch of a text that must not be kept. */
type Range = { from: number; to: number };

const MASK: Record<Language, string> = { es: "[tarjeta]", en: "[card]" };
/** Groups of one number that are said further apart are two numbers. */
const TOGETHER_MS = 30_000;
/** For so long after a card its date and its three figures may follow. */
const AFTERWARDS_MS = 20_000;
/** A number that breaks off here may go on. */
const UNFINISHED = 3;
const LONGEST_CARD = 19;

/** The payment cards in a text, in figures or in Spanish or English words. */
function cardsIn(text: string): Range[] {
  return digitRuns(text).flatMap((run) => {
    for (let first = 0; first < run.length; first++)
      for (let last = run.length - 1; last >= first; last--)
        if (isCard(digitsOf(run.slice(first, last + 1))))
          return [{ from: run[first]?.from ?? 0, to: run[last]?.to ?? text.length }];
    return [];
  });
}

const digitsOf = (parts: DigitPart[]): string => parts.map(({ digits }) => digits).join("");

function masked(text: string, ranges: Range[], mask: string): string {
  return ranges.toReversed().reduce((all, { from, to }) => all.slice(0, from) + mask + all.slice(to), text);
}

/** A text without the cards in it, for what is still a guess. */
export const withoutCards = (text: string, language: Language): string =>
  masked(text, cardsIn(text), MASK[language]);

/** Whether a number stands at the end of a text that may be the first group of a card. */
export function mayGoOn(text: string): boolean {
  const run = digitRuns(text).at(-1);
  const digits = run ? digitsOf(run) : "";
  const rest = text.slice(run?.at(-1)?.to ?? 0);
  return digits.length >= UNFINISHED && digits.length < LONGEST_CARD && !/[\p{L}\p{N}]/u.test(rest);
}

/**
 * Finds payment cards over several lines of one side: people say them in groups. Also what is said right after
 * one, because its date and its three figures follow. Pure.
 */
export class CardWatch<Line extends Said> {
  readonly #language: Language;
  #last: Line[] = [];
  #cardMs = -Infinity;

  /** One side's lines only. */
  constructor(language: Language) {
    this.#language = language;
  }

  /** Takes the next line. Masks it and those before it where they hold a card; returns all whose sound must go. */
  take(line: Line): Line[] {
    this.#last = [...this.#last.filter(({ toMs }) => line.fromMs - toMs < TOGETHER_MS), line];
    const starts: number[] = [];
    let all = "";
    for (const { text } of this.#last) {
      starts.push(all.length);
      all += `${text} `;
    }
    const touched = new Set<Line>();
    for (const card of cardsIn(all))
      for (const [i, one] of this.#last.entries()) {
        const start = starts[i] ?? 0;
        const [from, to] = [Math.max(card.from, start), Math.min(card.to, start + one.text.length)];
        if (from < to) touched.add(one);
      }
    if (touched.size > 0) this.#cardMs = line.toMs;
    else if (line.fromMs - this.#cardMs < AFTERWARDS_MS && digitRuns(line.text).length > 0) touched.add(line);
    for (const one of touched) one.text = this.#maskAll(one.text);
    // a card is done with: what follows it is no part of it
    if (touched.size > 0) this.#last = [];
    return [...touched];
  }

  /** Every number of a line that holds a part of a card. */
  #maskAll(text: string): string {
    const ranges = digitRuns(text).map((run) => ({ from: run[0]?.from ?? 0, to: run.at(-1)?.to ?? 0 }));
    return masked(text, ranges, MASK[this.#language]);
  }
}
