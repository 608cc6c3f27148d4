import type { Language, PersonalKind } from "#contract";
import { finders, type Span } from "./personal.ts";

const MASKS: Record<PersonalKind, Record<Language, string>> = {
  email: { es: "[correo]", en: "[e-mail]" },
  card: { es: "[tarjeta]", en: "[card]" },
  account: { es: "[cuenta]", en: "[account]" },
  id: { es: "[documento]", en: "[id]" },
  phone: { es: "[teléfono]", en: "[phone]" },
  number: { es: "[número]", en: "[number]" },
};

/** A line without its personal data, and what was there. */
export type MaskedLine = { text: string; kinds: PersonalKind[] };

/**
 * Replaces e-mail addresses, accounts, national ids, payment cards and phone numbers, in figures or in the words
 * of a recogniser, so that no prompt, row or log holds them. Prices, speeds, dates and times stay.
 * No nine figures in a row survive, whatever they are. The time it takes grows with the length of the text alone.
 */
export const maskPersonal = (text: string, language: Language): string =>
  finders.reduce((masked, find) => replaced(masked, find(masked), ({ kind }) => MASKS[kind][language]), text);

/** The same for one line, and what was hidden. */
export function maskLine(text: string, language: Language): MaskedLine {
  const [line = { text: "", kinds: [] }] = maskLines([text], language);
  return line;
}

/**
 * The same for what one person said in several goes, as if it were one text: a card number that a recogniser
 * cut into three lines is masked in all three. The lines themselves hold no line breaks.
 */
export function maskLines(lines: string[], language: Language): MaskedLine[] {
  const kinds = lines.map(() => new Set<PersonalKind>());
  const masked = finders.reduce((text, find) => {
    // a break is as good as a space, and as long
    const spans = find(text.replaceAll("\n", " "));
    return replaced(text, spans, ({ from, to, kind }) => {
      const first = breaksIn(text.slice(0, from));
      const last = first + breaksIn(text.slice(from, to));
      for (const found of kinds.slice(first, last + 1)) found.add(kind);
      return Array.from({ length: last - first + 1 }, () => MASKS[kind][language]).join("\n");
    });
  }, lines.join("\n"));
  return masked.split("\n").map((text, i) => ({ text, kinds: [...(kinds[i] ?? [])] }));
}

const breaksIn = (text: string): number => text.split("\n").length - 1;

function replaced(text: string, spans: Span[], by: (span: Span) => string): string {
  let [result, done] = ["", 0];
  for (const span of spans) {
    // of two that overlap the first says what they are
    if (span.from >= done) result += text.slice(done, span.from) + by(span);
    done = Math.max(done, span.to);
  }
  return result + text.slice(done);
}
