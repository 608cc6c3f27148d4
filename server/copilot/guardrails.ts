import { wordNumbers } from "./numbers.ts";

/** A claim that can be checked: what it says, made comparable, and how it is written in the text. */
type Claim = { unit: string; value: string; written: string; every?: string | undefined };

const UNITS: [unit: string, written: RegExp][] = [
  ["percent", /^(%|por ciento|per ?cent)/],
  ["money", /^(€|\$|£|euros?\b|eur\b|d[oó]lar(es)?\b|dollars?\b|pounds?\b|pesos\b)/],
  ["cents", /^(c[eé]ntimos?\b|cents?\b)/],
  ["megas", /^(mbps|mb\/s|megas?|megabits?)\b/],
  ["megabytes", /^(mb|megabytes?)\b/],
  ["gigas", /^(gbps|gb\/s|gb|gigas?|gigabits?)\b/],
  ["minutes", /^(minutos?|minutes?|min)\b/],
  ["hours", /^(horas?|hours?|h)\b/],
  ["days", /^(d[ií]as?|days?)\b/],
  ["weeks", /^(semanas?|weeks?)\b/],
  ["months", /^(mes(es)?|months?|mensualidad(es)?|cuotas?)\b/],
  ["years", /^(años?|years?)\b/],
];
/** How often an amount is paid, where it is said behind it. */
const EVERY: [every: string, written: RegExp][] = [
  ["day", /^,? ?(?:al d[ií]a|diari[oa]s|por d[ií]a|\/ ?d[ií]a|a day|per day|daily)(?!\p{L})/iu],
  ["week", /^,? ?(?:a la semana|semanal(?:es)?|por semana|\/ ?semana|a week|per week|weekly)(?!\p{L})/iu],
  [
    "month",
    /^,? ?(?:al mes|mensual(?:es)?|por mes|\/ ?mes|cada mes|a month|per month|monthly|\/ ?month)(?!\p{L})/iu,
  ],
  [
    "year",
    /^,? ?(?:al año|anual(?:es)?|por año|\/ ?año|cada año|a year|per year|yearly|annually)(?!\p{L})/iu,
  ],
];
const MONTHS =
  "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|" +
  "january|february|march|april|may|june|july|august|september|october|november|december";

/** In this order: what is longer first, so that a date is not read as two numbers. */
const PATTERNS: [kind: string, pattern: string][] = [
  [
    "address",
    String.raw`(?:https?:\/\/|www\.)\S+|\S{1,64} (?:arroba|at) \S{1,64}(?: (?:punto|dot) \S{2,24})+|\S{1,64} (?:punto|dot) (?:com|es|net|org|eu|info|mx|ar|co|cl|pe)\b|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\b[a-z0-9-]+\.(?:com|es|net|org|eu|io|info|mx|ar|co|cl|pe)\b(?:\/\S*)?`,
  ],
  [
    "date",
    String.raw`\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\/\d{1,2}(?:\/\d{2,4})?\b|\b\d{1,2}\.? (?:de )?(?:${MONTHS})\b(?: (?:de |del )?\d{4})?|\b(?:${MONTHS}) \d{1,2}\b(?:,? \d{4})?`,
  ],
  [
    "street",
    String.raw`(?<!\p{L})(?:calle|c\/|avenida|avda\.?|av\.|plaza|paseo|carretera) (?:de |del |la |los |las |el )*\p{Lu}[\p{L}]+(?: (?:de |del |la )*\p{Lu}[\p{L}]+)*(?:,? (?:n[ºo.]+ ?)?\d+)?|\d+ (?:\p{Lu}[\p{L}]+ )+(?:street|avenue|road|square)\b`,
  ],
  [
    "share",
    String.raw`(?<!\p{L})(?:(?:a )?(?:la )?mitad|(?:el )?doble|(?:el )?triple|un tercio|un cuarto de|half|twice|double|a third|a quarter of|media hora|hora y media|medio (?:mes|año)|half an hour)(?!\p{L})`,
  ],
  ["time", String.raw`\b\d{1,2}:\d{2}\b`],
  ["phone", String.raw`\+?\d(?:[ ().-]{0,2}\d){8,}`],
  ["figure", String.raw`[€$£] ?\d+(?:[.,'’]\d+)*|\d+(?:[.,'’]\d+)*`],
];
const CLAIM = new RegExp(PATTERNS.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join("|"), "giu");

/** Promises that only a fact may make. Stems, without accents. */
const PROMISES =
  /(?<!\p{L})(?:gratis|gratuit[oa]s?|sin coste|sin cargo|regal(?:o|amos|ado)|garantiz\p{L}*|garantia (?:total|absoluta|completa)|(?:se )?(?:lo|le) aseguro|(?:le|te|se lo) promet\p{L}*|de por vida|(?:para )?toda la vida|para siempre|jamas|nunca mas|no (?:le |te |se )?(?:sub(?:e|imos|iremos|ira|iran)|aument\p{L}+)|nunca (?:le |te )?(?:sub|cambi)\p{L}*|sin (?:ningun )?(?:riesgo|limite|compromiso|letra pequena|permanencia)|(?:el|la) mas barat[oa]|(?:(?:el|la|los|las) )?mejor(?:es)? (?:precio|oferta|tarifa|servicio|calidad|companía|compania)s?|devol\p{L}+ (?:d)?el dinero|mes(?:es)? de regalo|free(?: of charge)?|guarantee\p{L}*|promise\p{L}*|for life|lifetime|forever|(?:never|won't|will not) (?:go|rise|raise|increase|change)\p{L}*|no (?:\p{L}+ )?(?:fees?|charges?)|no (?:risk|limit|commitment|strings)|risk-free|the cheapest|best price|money back|unlimited|ilimitad[oa]s?)(?!\p{L})/giu;
/** A day that somebody promises: only in a statement that says what will be done by then. */
const DAYS =
  /(?<!\p{L})(?:pasado manana|manana(?: mismo)?|hoy mismo|lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:la )?(?:proxima semana|semana que viene)|(?:el )?(?:mes|ano) que viene|fin de (?:mes|ano)|navidad(?:es)?|reyes|semana santa|verano|black friday|(?:en|desde|hasta|a partir de) (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)|(?:in|by|from|until) (?:january|february|march|april|may|june|july|august|september|october|november|december)|christmas|easter|next (?:month|year)|tomorrow|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|end of (?:the )?(?:month|year))(?!\p{L})/giu;
const BY_THEN =
  /(?<!\p{L})(?:instal|activ|entreg|envi|llega|tendr|pon(?:emos|dr)|sub(?:e|ir)|baj|empiez|empez|cambi|termin|acab|caduc|venc|hasta|antes de|a partir|solo|install|activat|deliver|arriv|will|starts?|rais|goes? (?:up|down)|ends?|expire|until|before|only)/iu;

/** As long as the text it comes from, so that places in it are places there. */
const fold = (text: string): string =>
  Array.from(text.normalize("NFC"), (one) => (one.length > 1 ? one : (one.normalize("NFD")[0] ?? one)))
    .join("")
    .toLowerCase();

/**
 * What of a model's answer no fact supports: figures in digits or words, percentages, amounts, dates, times,
 * phones, addresses, and promises. Each as it is written there, without repeats.
 */
export function unverified(answer: string, facts: string[], forbidden: string[] = []): string[] {
  const { known, folded } = supportOf(facts);
  const supported = ({ unit, value, every }: Claim) =>
    known.some(
      (fact) =>
        // «31 de diciembre» is what «31 de diciembre de 2027» says
        (fact.value === value || (unit === "date" && fact.value.startsWith(`${value} `))) &&
        (fact.unit === unit || unit === "plain") &&
        (every === undefined || fact.every === every),
    );
  const doubtful = claims(answer).filter((claim) => !supported(claim) && !isTalk(claim));
  const written = doubtful.map((claim) => claim.written);
  return [...new Set([...written, ...promises(answer, folded, forbidden)])];
}

/** What facts support. The same few facts stand behind every answer of a campaign, so it is kept. */
type Support = { known: Claim[]; folded: string };
const supports = new Map<string, Support>();
const MOST_SUPPORTS = 500;

function supportOf(facts: string[]): Support {
  const key = facts.join("\n");
  const found = supports.get(key);
  if (found) return found;
  const support = { known: facts.flatMap(claims), folded: fold(key) };
  const [oldest] = supports.keys();
  if (supports.size >= MOST_SUPPORTS && oldest !== undefined) supports.delete(oldest);
  supports.set(key, support);
  return support;
}

/** «¿Tiene dos minutos?» is no claim. */
const isTalk = ({ unit, value }: Claim): boolean => unit === "minutes" && Number(value) <= 5;

function promises(answer: string, known: string, forbidden: string[]): string[] {
  const text = answer.normalize("NFC");
  const folded = fold(text);
  const said = (pattern: RegExp) =>
    [...folded.matchAll(pattern)].filter(([words]) => !known.includes(words)).map((match) => place(match));
  const place = (match: RegExpExecArray) => ({
    at: match.index,
    written: text.slice(match.index, match.index + match[0].length),
  });
  const days = said(DAYS).filter(({ at }) => {
    const sentence = sentenceAt(folded, at);
    return !sentence.endsWith("?") && BY_THEN.test(sentence);
  });
  const banned = forbidden
    .map((phrase) => ({ at: folded.indexOf(fold(phrase)), written: phrase }))
    .filter(({ at }) => at >= 0);
  return [...said(PROMISES), ...days, ...banned].map(({ written }) => written);
}

function sentenceAt(text: string, at: number): string {
  const from = Math.max(...[".", "!", "?", "¿", "¡", "\n"].map((mark) => text.lastIndexOf(mark, at))) + 1;
  const end = text.slice(at).search(/[.!?\n]/);
  return text.slice(from, end === -1 ? undefined : at + end + 1);
}

function claims(text: string): Claim[] {
  const inDigits = [...text.matchAll(CLAIM)].map((match) => {
    const [kind, written] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)!;
    if (kind === "figure") return figure(written, text.slice(match.index + written.length));
    return { unit: kind, ...comparable(kind, written) };
  });
  return [...inDigits, ...inWords(text)];
}

/** A lone article is a number only before a unit: «un mes», but not «una pregunta». */
function inWords(text: string): Claim[] {
  return wordNumbers(text).flatMap(({ index, written, value }) => {
    const claim = withUnit(written, String(value), text.slice(index + written.length));
    const article = /^(un|una|uno|one)$/i.test(written) && !COUNTED.has(claim.unit);
    // a small number without a unit counts things, «dos opciones», but not behind a price's verb: «paga solo nueve»
    const counts = claim.unit === "plain" && value < 10 && !PRICE.test(text.slice(0, index));
    return article || counts ? [] : [claim];
  });
}

const COUNTED = new Set(["money", "months", "years", "weeks", "gigas", "date"]);
const PRICE =
  /(?:pag\p{L}*|cuest\p{L}*|descuent\p{L}*|descont\p{L}*|rebaj\p{L}*|ahorr\p{L}*|(?:deja|dejo|sale|queda) (?:en|por|a)|pay|costs?|sav\p{L}+|only) (?:solo |unos |hasta |just |only )?$/iu;

function comparable(kind: string, found: string): { value: string; written: string } {
  const written = kind === "address" ? found.replace(/[.,;:!?)»"']+$/, "") : found;
  if (kind === "phone") return { value: written.replace(/\D/g, ""), written };
  const value = written
    .toLowerCase()
    .replace(/^0(?=\d)/, "")
    .replace(/ de(?:l)? /g, " ");
  return { value, written };
}

/** A number with its unit, before it («€29») or after it («29 €»). */
function figure(found: string, after: string): Claim {
  const value = String(amount(found.replace(/^[€$£] ?/, "")));
  if (/^[€$£]/.test(found)) return { unit: "money", value, written: found, every: everyIn(after) };
  return withUnit(found, value, after);
}

function withUnit(found: string, value: string, after: string): Claim {
  const space = /^[ \u00a0\u202f]?/.exec(after)?.[0] ?? "";
  const rest = after.slice(space.length);
  for (const [unit, pattern] of UNITS) {
    const word = pattern.exec(rest.toLowerCase());
    if (word) {
      const written = found + space + rest.slice(0, word[0].length);
      return {
        unit,
        value,
        written,
        every: unit === "money" ? everyIn(rest.slice(word[0].length)) : undefined,
      };
    }
  }
  const month = MONTH_BEHIND.exec(after);
  if (month) return { unit: "date", value: `${value} ${month[1]?.toLowerCase()}`, written: found + month[0] };
  return { unit: "plain", value, written: found };
}

const MONTH_BEHIND = new RegExp(`^ (?:de |of )?(${MONTHS})(?!\\p{L})`, "iu");

/** How often an amount is paid, where the text behind it says so. */
const everyIn = (behind: string): string | undefined =>
  EVERY.find(([, written]) => written.test(behind.trimStart()))?.[0];

/** «29,90» and «29.90» are the same; «1.200» and «1,200» are thousands. */
function amount(written: string): number {
  const [, whole = written, decimals = ""] = /^(.*)[.,'’](\d{1,2})$/.exec(written) ?? [];
  return Number(`${whole.replace(/[.,'’]/g, "")}.${decimals}`);
}
