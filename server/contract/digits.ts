/** Some figures in a text, or a number in words: «612», «seiscientos doce», «doble cinco». */
export type DigitPart = { from: number; to: number; digits: string; spoken: boolean };

const inOrder = (words: string, first: number, step: number): [string, number][] =>
  words.split(" ").map((word, i) => [word, first + i * step]);

/** What a word is worth in a number that is said figure by figure, or in twos and threes. No thousands: no phone has them. */
const VALUES = new Map([
  ...inOrder(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    0,
    1,
  ),
  ...inOrder("dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres", 16, 1),
  ...inOrder("veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve", 24, 1),
  ...inOrder("treinta cuarenta cincuenta sesenta setenta ochenta noventa cien", 30, 10),
  ...inOrder("ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos", 100, 100),
  ...inOrder("ochocientos novecientos", 800, 100),
  ...inOrder("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen", 0, 1),
  ...inOrder("fifteen sixteen seventeen eighteen nineteen twenty", 15, 1),
  ...inOrder("thirty forty fifty sixty seventy eighty ninety", 30, 10),
  ["oh", 0],
  ["hundred", 100],
]);
const REPEATS = new Map([
  ["doble", 2],
  ["double", 2],
  ["triple", 3],
  ["treble", 3],
]);
/** Said between the figures of one number. */
const BETWEEN = new Set(
  "y and eh ehm em este mm mmm uh um luego then guion dash menos barra slash".split(" "),
);

/** What may stand between two figures of one number. */
const GAP = /^[\s\p{Cf}\p{Pd}()./_·,]{0,4}$/u;
/** The words of one number: «treinta y cuatro», «thirty-four», «one hundred and twelve». */
const WITHIN = /^(?:[\s-]{1,4}(?:y|and))?[\s-]{1,4}$/i;

export const plainWord = (word: string): string => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a plain word is a number, in figures or words. */
export const isNumberWord = (word: string): boolean => VALUES.has(word) || /^\p{Nd}+$/u.test(word);

/**
 * The runs of figures and number words of a Spanish or English text that nothing but signs and fillers part.
 * Figures that at most four spaces, dashes, dots, slashes or brackets part are always in one run.
 */
export function digitRuns(text: string): DigitPart[][] {
  const runs: DigitPart[][] = [];
  let run: DigitPart[] = [];
  /** Where the last word of the run ends, fillers included. */
  let end = 0;
  let repeat: { times: number; from: number } | null = null;
  let inList = false;
  const cut = () => {
    if (run.length > 0) runs.push(run);
    run = [];
    repeat = null;
  };
  /** «29,90» is an amount, «600,11,22,33» a list. */
  const isDecimals = (written: string, to: number): boolean =>
    written.length < 3 && !inList && !/^,\p{Nd}/u.test(text.slice(to, to + 3));

  function say(value: number, from: number, to: number): void {
    const before = repeat ? undefined : run.at(-1);
    const between = before ? text.slice(before.to, from) : "";
    const merged = mergedValue(before, value, between);
    if (before && merged !== null) Object.assign(before, { to, digits: String(merged) });
    else {
      // «trescientos y seiscientos» are two speeds, «tres y seis» may be one phone
      if (before && /\b(?:y|and)\b/i.test(between) && (value > 99 || before.digits.length > 2)) cut();
      const digits = String(value).repeat(repeat?.times ?? 1);
      run.push({ from: repeat?.from ?? from, to, digits, spoken: true });
    }
    repeat = null;
  }

  for (const { 0: written, index: from } of text.matchAll(/[\p{L}\p{M}]+|\p{Nd}+/gu)) {
    const to = from + written.length;
    const gap = text.slice(end, from);
    const figures = /\p{Nd}/u.test(written);
    const amount = figures && gap === "," && isDecimals(written, to);
    if (amount || !GAP.test(gap)) cut();
    inList = figures && gap === "," && !amount;
    end = to;
    const word = plainWord(written);
    const value = VALUES.get(word);
    const times = REPEATS.get(word);
    if (figures) run.push({ from, to, digits: written.normalize("NFKC"), spoken: false });
    else if (value !== undefined) say(value, from, to);
    else if (times !== undefined) repeat = { times, from };
    else if (!run.at(-1)?.spoken || !BETWEEN.has(word)) cut();
  }
  cut();
  return runs;
}

/** «treinta» «cuatro» are 34, «seiscientos» «doce» 612, «nine» «hundred» 900; null for two numbers. */
function mergedValue(before: DigitPart | undefined, value: number, between: string): number | null {
  if (!before?.spoken || !WITHIN.test(between)) return null;
  const first = Number(before.digits);
  if (value === 100) return before.digits.length === 1 && first > 0 ? first * 100 : null;
  const isTens = first % 100 >= 20 && first % 10 === 0 && value > 0 && value < 10;
  const isHundreds = first >= 100 && first % 100 === 0 && value > 0 && value < 100;
  return isTens || isHundreds ? first + value : null;
}

/** Whether these are the 13 to 19 figures of a payment card, with their check digit (Luhn, ISO/IEC 7812-1). */
export function isCard(digits: string): boolean {
  const doubled = (digit: number) => (digit > 4 ? digit * 2 - 9 : digit * 2);
  const sum = Array.from(digits, Number)
    .toReversed()
    .reduce((total, digit, i) => total + (i % 2 === 0 ? digit : doubled(digit)), 0);
  return /^[1-9]\d{12,18}$/.test(digits) && sum % 10 === 0;
}
