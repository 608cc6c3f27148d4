import {
  type DigitPart as Part,
  digitRuns,
  isCard,
  isNumberWord as isNumber,
  type PersonalKind,
  plainWord as plain,
} from "#contract";

/** A place in a text, and what stands there. */
export type Span = { from: number; to: number; kind: PersonalKind };

const DOTS = new Set(["punto", "dot", "."]);
const JOINTS = new Set("punto dot . guion bajo baja barra dash hyphen underscore - _".split(" "));
/** Words of one address. */
const MOST_WORDS = 16;

/** «juan@correo.es», and as it is said: «juan punto garcía guion bajo 22 arroba correo punto es». */
function emails(text: string): Span[] {
  const words = [...text.matchAll(/@|[^\s@<>()[\],;:"«»¿?¡!]+/gu)].map(({ 0: written, index: from }) => {
    // the full stop of a sentence is no part of an address
    const to = from + (written.length > 1 && written.endsWith(".") ? written.length - 1 : written.length);
    return { from, to, word: plain(text.slice(from, to)) };
  });
  const wordAt = (i: number): string => words[i]?.word ?? "";
  /** What stands before word `i`, after the word before. */
  const gapAt = (i: number): string => text.slice(words[i - 1]?.to, words[i]?.from);
  const touch = (i: number): boolean => i > 0 && gapAt(i) === "";

  /** The last word of the domain that begins with word `i`. */
  function lastOf(i: number): number {
    let last = i;
    while (DOTS.has(wordAt(last + 1)) && last + 2 < words.length && last - i < MOST_WORDS) last += 2;
    return last;
  }
  /** The first word of the name that ends with word `i`: letters, figures and what a joint holds belong to it. */
  function firstOf(i: number): number {
    let first = i;
    while (first > 0 && i - first < MOST_WORDS) {
      const word = wordAt(first);
      const hangs = word.length === 1 || isNumber(word) || JOINTS.has(word) || JOINTS.has(wordAt(first - 1));
      if (!hangs || !/^[\s,]{1,4}$/.test(gapAt(first))) break;
      first--;
    }
    return first;
  }

  return words.flatMap(({ word }, i): Span[] => {
    if (word !== "@" && word !== "arroba" && word !== "at") return [];
    const first = i === 0 ? 0 : touch(i) ? i - 1 : firstOf(i - 1);
    const last = i + 1 >= words.length ? i : wordAt(i + 1).includes(".") ? i + 1 : lastOf(i + 1);
    const dotted = last > i + 1 ? /^\p{L}{2}/u.test(wordAt(last)) : /\.\p{L}{2,24}$/u.test(wordAt(last));
    // «at» is a word of its own too, and a lone «@juan» has no domain
    const certain = word === "arroba" || (word === "@" && touch(i) && touch(i + 1));
    if (!certain && !dotted) return [];
    return [{ from: words[first]?.from ?? 0, to: words[last]?.to ?? text.length, kind: "email" }];
  });
}

/** Countries, each with the length of its IBANs. */
const IBANS = new Map(
  (
    "AD24 AT20 BE16 BR29 CH21 CR22 DE22 DK18 DO28 ES24 FI18 FR27 GB22 GI23 GR27 GT28 IE22 IT27 LU20 NL18 " +
    "NO15 PL28 PT25 RO24 SE24 SV28"
  )
    .split(" ")
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
);

/** IBANs whose check digits are right, however they are grouped. */
function accounts(text: string): Span[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}])[A-Z]{2}[ -]?\d{2}/giu)].flatMap(
    ({ 0: start, index: from }): Span[] => {
      const length = IBANS.get(start.slice(0, 2).toUpperCase()) ?? 0;
      let [iban, to] = ["", from];
      for (; iban.length < length && /[A-Z\d\s.-]/i.test(text[to] ?? ""); to++)
        if (/[A-Z\d]/i.test(text[to] ?? "")) iban += text[to];
      return length > 0 && iban.length === length && rest97(iban) === 1
        ? [{ from, to, kind: "account" }]
        : [];
    },
  );
}

/** ISO 7064, with the first four characters at the end. */
const rest97 = (iban: string): number =>
  Array.from(iban.slice(4) + iban.slice(0, 4)).reduce((rest, character) => {
    const value = Number.parseInt(character, 36);
    return (rest * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);

const BIRTH = String.raw`\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`;
const whole = (pattern: string, flags: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${pattern})(?![\p{L}\p{N}])`, flags);
const DOCUMENTS = [
  // Spain: DNI and NIE; a vowel that stands alone is a word, as in «de 1.500.000 a»
  whole(String.raw`(?:[xyz][.-]?|[xz] )?(?:\d[ .-]?){6,7}\d(?:-?[a-z]|[ .][b-df-hj-np-tv-xz])`, "giu"),
  // Chile: RUT; Argentina: CUIT
  whole(String.raw`\d{1,2}[. ]?\d{3}[. ]?\d{3}(?: ?- ?| gui[oó]n )[\dk]`, "giu"),
  whole(String.raw`\d{2}-\d{8}-\d`, "gu"),
  // Mexico: CURP, and RFC
  whole(String.raw`[A-Z]{4}[ -]?\d{6}[ -]?[HMX][A-Z]{5}[ -]?[A-Z\d]\d`, "giu"),
  whole(String.raw`[A-ZÑ&]{3,4}-?${BIRTH}-?[A-Z\d]{2}[\dA]`, "giu"),
  whole(String.raw`[A-ZÑ&]{3,4} ${BIRTH} [A-Z\d]{2}[\dA]`, "gu"),
  // United Kingdom: National Insurance; United States: Social Security
  whole(String.raw`[A-Z]{2}\d{6}[A-D]`, "giu"),
  whole(String.raw`[A-Z]{2}(?:[ -]?\d{2}){3}[ -]?[A-D]`, "gu"),
  whole(String.raw`\d{3}([ -])\d{2}\1\d{4}`, "gu"),
];

/** National ids that their form gives away; the others have their word before them. */
function documents(text: string): Span[] {
  return DOCUMENTS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match): Span => ({
      from: match.index,
      to: match.index + match[0].length,
      kind: "id",
    })),
  ).toSorted((a, b) => a.from - b.from);
}

/** A word that says what the figures after it are, in the same sentence. */
const saying = (words: string): RegExp =>
  new RegExp(String.raw`(?:${words})(?:n[oº]\.|[^.!?;\d[\]])*$`, "iu");
const SAYS_ID = saying(
  String.raw`\b(?:dni|nie|nif|cuit|rut|curp|rfc|ssn|nss|cc|c[eé]dula|documento|identidad|identificaci[oó]n|` +
    String.raw`pasaporte|passport|carn[eé]t?|segur(?:o|idad) social|social security|national insurance|identity|` +
    String.raw`id (?:card|number))\b|\b(?:c\. ?c|d\. ?n\. ?i|r\. ?u\. ?t)\.`,
);
const SAYS_ACCOUNT = saying(String.raw`\b(?:cuenta|iban|clabe|cbu|cvu|account)\b`);
const SAYS_PHONE = saying(
  String.raw`\b(?:tel|tlf|m[oó]vil|cel|whats|fijo|n[uú]mero|ll[aá]m|phone|mobile|number|call\b)`,
);

/** Runs of figures, in figures or in words. */
function numbers(text: string): Span[] {
  return digitRuns(text).flatMap((run) => {
    const before = wordsBefore(text, run);
    const all = digitsOf(run).length;
    const spoken = digitsOf(run.filter((part) => part.spoken)).length;
    const said = spoken > 1 && all >= (SAYS_ID.test(before) ? 6 : 7);
    if ((all >= 9 && !isList(text, run)) || said)
      return spanOf(text, run, longKind(digitsOf(run), run, before));
    return figuresOf(run).flatMap((figures) => spanOf(text, figures, shortKind(text, figures)));
  });
}

/** «300, 600, 1000», «1,500,000, 2,000,000», dates; without their commas nine figures would be a phone. */
function isList(text: string, run: Part[]): boolean {
  const all = text.slice(run[0]?.from, run.at(-1)?.to).split(/,\s/);
  const price = /^(?:\d{1,5}00|\d{1,2}00\/\d{1,2}00|\d{1,3}[.,]\d{3}|\d{1,2}[.,]\d{3}[.,]\d{3})$/;
  return all.length > 1 && all.every((one) => price.test(one) || DATE.test(one));
}

const digitsOf = (parts: Part[]): string => parts.map(({ digits }) => digits).join("");
const wordsBefore = (text: string, [first]: Part[]): string =>
  first ? text.slice(Math.max(0, first.from - 40), first.from) : "";

/** The parts of a run that are figures, where no words part them. */
function figuresOf(run: Part[]): Part[][] {
  const groups: Part[][] = [];
  run.forEach((part, i) => {
    if (part.spoken) return;
    if (i === 0 || run[i - 1]?.spoken) groups.push([]);
    groups.at(-1)?.push(part);
  });
  return groups;
}

function spanOf(text: string, parts: Part[], kind: PersonalKind | null): Span[] {
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last || !kind) return [];
  const written = text.slice(first.from, last.to);
  const before = text.slice(Math.max(0, first.from - 2), first.from);
  // «(+34) 600» goes with its bracket, «(600)» without
  const sign = written.includes(")") ? /\(?\+?$/.exec(before) : /\+?$/.exec(before);
  return [{ from: first.from - (sign?.[0].length ?? 0), to: last.to, kind }];
}

function longKind(digits: string, run: Part[], before: string): PersonalKind {
  let length = 0;
  for (const part of run) {
    // what follows a card may be its date
    length += part.digits.length;
    if (length > 19) break;
    if (isCard(digits.slice(0, length))) return "card";
  }
  if (SAYS_ACCOUNT.test(before)) return "account";
  if (SAYS_ID.test(before)) return "id";
  return digits.length <= 15 ? "phone" : "number";
}

const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`;
const MONTH = String.raw`(?:0?[1-9]|1[0-2])`;
const DATE = new RegExp(
  String.raw`^(?:${DAY}([-./ ])${MONTH}\1(?:19|20)\d\d|(?:19|20)\d\d([-./ ])${MONTH}\2${DAY})$`,
);
/** Amounts, and years and speeds beside each other: «1.500.000», «1500000», «2026-2027», «300 1000». */
const AMOUNT =
  /^(?:\d{1,2}([. ])\d{3}\1\d{3}|\d{4,5}000|(?:(?:19|20)\d\d|\d*00)(?:\D+(?:(?:19|20)\d\d|\d*00))+)$/;
const MONEY_BEFORE = /[$€£]\s?$/;
const UNIT_AFTER =
  /^\s?(?:[€$£%]|(?:euros?|pesos?|d[oó]lare?s?|dollars?|pounds?|soles|usd|eur|mxn|clp|cop|ars|megas?|gigas?|[mgk]b|[mg]bps|kwh|km)\b)/iu;
/** How phones of seven and eight figures are written: 5550123, 555-0123, 8888 1234, 234 56 78, (1) 234-5678. */
const PHONE =
  /^(?:\d{7,8}|\d{3,4}[ .-]\d{4}|\d{3}[ .-]\d\d[ .-]\d\d|\d[ .()-]{1,2}\d{3}[ .-]\d{4}|\d\d-\d\d-\d\d-\d\d|\d\d-\d{3}-\d{3})$/;

/** What fewer than nine figures are; null for what a seller needs. */
function shortKind(text: string, figures: Part[]): PersonalKind | null {
  const [from, to] = [figures[0]?.from ?? 0, figures.at(-1)?.to ?? 0];
  const count = digitsOf(figures).length;
  const written = text
    .slice(from, to)
    .replace(/[\s\p{Cf}]+/gu, " ")
    .replace(/\p{Pd}/gu, "-");
  const before = wordsBefore(text, figures);
  if (count < 6 || DATE.test(written) || MONEY_BEFORE.test(before)) return null;
  if (UNIT_AFTER.test(text.slice(to, to + 12))) return null;
  if (SAYS_ID.test(before)) return "id";
  const isPhone = SAYS_PHONE.test(before)
    ? /^[\d .,()-]+$/.test(written) && !/\.\d{3}\./.test(written)
    : PHONE.test(written) && !AMOUNT.test(written);
  if (count < 7 || !isPhone) return null;
  return SAYS_ACCOUNT.test(before) ? "account" : "phone";
}

/** What finds personal data, in the order in which it is masked. Each takes time in proportion to the text's length. */
export const finders: ((text: string) => Span[])[] = [emails, accounts, documents, numbers];
