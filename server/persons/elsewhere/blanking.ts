/** How a person is called, and their phones in E.164. */
export type Called = { names: string[]; phones: string[] };

/** What stands where a person was named. */
export const BLANK = "[…]";

/** What people write between the digits of a phone. */
const GAP = String.raw`[\s().\-/]{0,3}`;
/** So many digits at the end of a phone are enough to know it. */
const ENOUGH = 7;

/** A phone in E.164 as people write it: with or without its country, in groups of any size. */
function phonePattern(phone: string): string {
  const digits = phone.replace(/\D/g, "");
  const before = Array.from(digits.slice(0, -ENOUGH)).reduce(
    (pattern, digit) => `(?:${pattern}${digit}${GAP})?`,
    "",
  );
  return `(?<!\\d)(?:(?:\\+|00)${GAP})?${before}${Array.from(digits.slice(-ENOUGH)).join(GAP)}(?!\\d)`;
}

const escaped = (letter: string): string => letter.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
/** A word with or without its accents. */
const wordPattern = (word: string): string =>
  Array.from(word.normalize("NFD").replace(/\p{M}/gu, ""))
    .map((letter) => `${escaped(letter)}\\p{M}*`)
    .join("");

/** A name of two words or more, also with its last one first; one alone is half of the town's. */
function namePatterns(name: string): string[] {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  if (words.length < 2) return [];
  const orders = [words, [...words.slice(1), ...words.slice(0, 1)]];
  return orders.map(
    (order) => `(?<![\\p{L}\\p{M}\\p{N}])${order.map(wordPattern).join("[\\s,.]+")}(?![\\p{L}\\p{M}\\p{N}])`,
  );
}

/** Blanks a person out of what somebody wrote: full names and phones, however they are spelled. */
export function blanking({ names, phones }: Called): (text: string) => string {
  const patterns = [...names.flatMap(namePatterns), ...phones.map(phonePattern)];
  if (patterns.length === 0) return (text) => text;
  const them = new RegExp(patterns.join("|"), "giu");
  return (text) => {
    const plain = text.normalize("NFD");
    const blanked = plain.replace(them, BLANK);
    return blanked === plain ? text : blanked.normalize("NFC");
  };
}
