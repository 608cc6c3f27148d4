/** A number that is written in words: where, and how much. */
export type WordNumber = { index: number; written: string; value: number };

const UNITS: Record<string, number> = {
  cero: 0,
  un: 1,
  uno: 1,
  una: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  once: 11,
  doce: 12,
  trece: 13,
  catorce: 14,
  quince: 15,
  dieciseis: 16,
  diecisiete: 17,
  dieciocho: 18,
  diecinueve: 19,
  veinte: 20,
  veintiun: 21,
  veintiuno: 21,
  veintiuna: 21,
  veintidos: 22,
  veintitres: 23,
  veinticuatro: 24,
  veinticinco: 25,
  veintiseis: 26,
  veintisiete: 27,
  veintiocho: 28,
  veintinueve: 29,
  treinta: 30,
  cuarenta: 40,
  cincuenta: 50,
  sesenta: 60,
  setenta: 70,
  ochenta: 80,
  noventa: 90,
  cien: 100,
  ciento: 100,
  doscientos: 200,
  doscientas: 200,
  trescientos: 300,
  trescientas: 300,
  cuatrocientos: 400,
  cuatrocientas: 400,
  quinientos: 500,
  quinientas: 500,
  seiscientos: 600,
  seiscientas: 600,
  setecientos: 700,
  setecientas: 700,
  ochocientos: 800,
  ochocientas: 800,
  novecientos: 900,
  novecientas: 900,
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const TIMES: Record<string, number> = {
  mil: 1_000,
  millon: 1_000_000,
  millones: 1_000_000,
  hundred: 100,
  thousand: 1_000,
  million: 1_000_000,
};
/** Words that join the words of one number, and mean nothing after it. */
const JOINS = new Set(["y", "and"]);
/** «veintinueve con noventa» is 29.90. */
const DECIMALS = new Set(["con", "coma", "point"]);

/** No number that is said has more. */
const MOST_WORDS = 12;

const plain = (word: string): string => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The numbers in words of a Spanish or English text. A lone «un», «una», «one» or «a» is an article. */
export function wordNumbers(text: string): WordNumber[] {
  const words = [...text.matchAll(/\p{L}+/gu)].map((match) => ({
    at: match.index,
    end: match.index + match[0].length,
    word: plain(match[0]),
  }));
  const found: WordNumber[] = [];
  /** The words from one on that only spaces part: a comma ends a number. */
  const together = (from: number): string[] => {
    const rest = words.slice(from, from + MOST_WORDS);
    const gap = rest.findIndex((word, n) => n > 0 && /\S/.test(text.slice(rest[n - 1]?.end, word.at)));
    return (gap === -1 ? rest : rest.slice(0, gap)).map(({ word }) => word);
  };
  for (let i = 0; i < words.length;) {
    const first = words[i];
    const percent = first?.word === "ciento" && words[i - 1]?.word === "por";
    const run = percent ? null : numberFrom(together(i));
    if (!first || !run) {
      i++;
      continue;
    }
    const last = words[i + run.words - 1] ?? first;
    found.push({ index: first.at, written: text.slice(first.at, last.end), value: run.value });
    i += run.words;
  }
  return found;
}

/** The number that these words begin with, and how many of them it takes. */
function numberFrom(words: string[]): { value: number; words: number } | null {
  const whole = integerFrom(words);
  if (!whole) return null;
  const joint = words[whole.words];
  if (joint === undefined || !DECIMALS.has(joint)) return whole;
  const decimals = integerFrom(words.slice(whole.words + 1));
  if (!decimals || decimals.value >= 100) return whole;
  const value = Number(`${whole.value}.${String(decimals.value).padStart(2, "0")}`);
  return { value, words: whole.words + 1 + decimals.words };
}

function integerFrom(words: string[]): { value: number; words: number } | null {
  let [total, group, used] = [0, 0, 0];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const unit = UNITS[word];
    const times = TIMES[word];
    if (unit !== undefined) {
      // «veinte treinta» are two numbers
      if (used > 0 && group % 100 !== 0 && !(group % 10 === 0 && unit < 10)) break;
      group += unit;
    } else if (times !== undefined) {
      group = Math.max(1, group) * times;
      if (times > 100) [total, group] = [total + group, 0];
    } else if (JOINS.has(word) && i > 0 && (words[i + 1] ?? "") in UNITS && group % 10 === 0) continue;
    else break;
    used = i + 1;
  }
  return used === 0 ? null : { value: total + group, words: used };
}
