import type { Language } from "#contract";

/** Words that say nothing about the objection, without accents. */
const STOP: Record<Language, Set<string>> = {
  es: new Set(
    `a al ante aqui asi aun bien buenas bueno como con cual cuando cuanta cuanto de del desde digo donde dos e el ella ellos en entonces
    es esa ese eso esta este esto estoy fue gracias ha haber hace hacer han hasta hay he la las le les lo los mas me mi mire mis muy mucho
    nada ni no nos o oiga otra otro para pero por porque pues puedo que quien quiere quiero se sea ser si sin sobre solo son soy su sus
    tal tambien tan te ti tiene todo todos tu uf un una uno unos usted ustedes va vale verdad voy y ya yo senor senora algo`.split(
      /\s+/,
    ),
  ),
  en: new Set(
    `a about again all also am an and any are as at be been but by can do does for from get give go got had has have he her here hello him
    how i if in is it its just me more much my no not of oh ok on one or our out please she so some than thank thanks that the their them
    then there these they this those to up us very want was we well were what when which who will with would yes you your`.split(
      /\s+/,
    ),
  ),
};

/** Lower case without accents: «Carísimo» becomes «carisimo». */
export const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const SUFFIXES: Record<Language, RegExp[]> = {
  // clitics after an infinitive, superlatives, then endings of nouns and verbs: each at most once
  es: [
    /(?<=[aei]r)(me|te|se|nos|lo|la|le|los|las|les|melo|mela|selo|sela)$/,
    /isim[oa]s?$/,
    /(ando|iendo|aciones|acion|amente|mente)$/,
    /(?<=..)(ar|er|ir|ado|ada|ido|ida|aron|ieron)s?$/,
    /(?<=..)(os|as|es|o|a|e|s)$/,
  ],
  en: [/(?<=..)(ing|ed|ly|ies)$/, /(?<=...)(es|s|y|e)$/],
};

/** A rough stem: «caro», «cara» and «carísimo» share theirs, «consultarlo» and «consulto» too. */
export function stem(word: string, language: Language): string {
  return SUFFIXES[language].reduce((rest, suffix) => {
    const shorter = rest.replace(suffix, "");
    return shorter.length >= 3 ? shorter : rest;
  }, word);
}

/** The stems of a text that say something, in order. Figures are words, too. */
export function stems(text: string, language: Language): string[] {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !STOP[language].has(word))
    .map((word) => stem(word, language));
}
