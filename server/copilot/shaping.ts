import type { Language } from "#contract";

/** An agent says it aloud with a customer on the line. */
const SENTENCES = 3;
const WORDS = 45;
/** After these a full stop ends no sentence. */
const ABBREVIATION = /(?<!\p{L})(?:sra?|dra?|mrs?|ms|st|núm|n\.?º|aprox|etc|p\. ?ej)\.$/iu;

export type Shaped = {
  text: string;
  /** There was more than may be said: the model need not go on. */
  cut: boolean;
};

/** A model's answer as it may stand: at most three sentences and 45 words, cut at a sentence's end, without quotes around it. */
export function shaped(text: string): Shaped {
  const ends = sentenceEnds(text);
  const third = ends[SENTENCES - 1];
  const inSentences = third === undefined ? text : text.slice(0, third);
  const more = inSentences.trim() !== text.trim();
  const last = wordEnd(inSentences, WORDS);
  if (last === null) return { text: unquoted(inSentences), cut: more };
  const whole = ends.filter((end) => end <= last).at(-1);
  return {
    text: unquoted(whole === undefined ? `${text.slice(0, last)}…` : text.slice(0, whole)),
    cut: true,
  };
}

/** Where sentences end, as offsets behind their last mark. An end is only sure once something follows. */
function sentenceEnds(text: string): number[] {
  return [...text.matchAll(/[.!?…]+["»”)]*(?=\s+\S)/gu)]
    .map((match) => match.index + match[0].length)
    .filter((end) => !ABBREVIATION.test(text.slice(0, end)));
}

/** The offset behind word `n`, when there are more words than that. */
function wordEnd(text: string, n: number): number | null {
  const words = [...text.matchAll(/\S+/g)].filter(([word]) => /[\p{L}\p{N}]/u.test(word));
  const last = words[n - 1];
  return words.length > n && last ? last.index + last[0].length : null;
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^["“«](?<inside>[^"”»“«]*)["”»]$/u.exec(trimmed)?.groups?.["inside"]?.trim() ?? trimmed;
}

/** Words that every text has, and the other language does not. */
const COMMON: Record<Language, Set<string>> = {
  es: new Set(
    "el la los las de del que y en un una es por con para su sus se le lo no como más pero usted al si sí qué".split(
      " ",
    ),
  ),
  en: new Set(
    "the of and to in is that for it with as are you your we our this be on have not can what if do i".split(
      " ",
    ),
  ),
};

/** Whether a text is plainly in another language than it should be; short ones never are. */
export function isOtherLanguage(text: string, language: Language): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < 6)
    return /[\p{Script=Cyrillic}\p{Script=Han}\p{Script=Arabic}\p{Script=Hangul}\p{Script=Hiragana}]/u.test(
      text,
    );
  const share = (of: Set<string>) => words.filter((word) => of.has(word)).length / words.length;
  const own = share(COMMON[language]);
  const other = share(COMMON[language === "es" ? "en" : "es"]);
  return own < 0.12 || other > own;
}
