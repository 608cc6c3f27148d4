/** A claim that can be checked: what it says, made comparable, and how it is written in the text. */
type Claim = { unit: string; value: string; written: string };

const UNITS: [unit: string, written: RegExp][] = [
  ["percent", /^(%|por ciento|per ?cent)/],
  ["money", /^(€|\$|£|euros?\b|eur\b|d[oó]lar(es)?\b|dollars?\b|pounds?\b|pesos\b)/],
  ["cents", /^(c[eé]ntimos?\b|cents?\b)/],
  ["megas", /^(mbps|mb\/s|mb|megas?|megabits?)\b/],
  ["gigas", /^(gbps|gb\/s|gb|gigas?|gigabits?)\b/],
  ["minutes", /^(minutos?|minutes?|min)\b/],
  ["hours", /^(horas?|hours?|h)\b/],
  ["days", /^(d[ií]as?|days?)\b/],
  ["weeks", /^(semanas?|weeks?)\b/],
  ["months", /^(mes(es)?|months?)\b/],
  ["years", /^(años?|years?)\b/],
];
const MONTHS =
  "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|" +
  "january|february|march|april|may|june|july|august|september|october|november|december";

/** In this order: what is longer first, so that a date is not read as two numbers. */
const PATTERNS: [kind: string, pattern: string][] = [
  [
    "address",
    String.raw`(?:https?:\/\/|www\.)\S+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\b[a-z0-9-]+\.(?:com|es|net|org|eu|io|info|mx|ar|co|cl|pe)\b(?:\/\S*)?`,
  ],
  [
    "date",
    String.raw`\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\/\d{1,2}(?:\/\d{2,4})?\b|\b\d{1,2}\.? (?:de )?(?:${MONTHS})\b(?: (?:de |del )?\d{4})?|\b(?:${MONTHS}) \d{1,2}\b(?:,? \d{4})?`,
  ],
  ["time", String.raw`\b\d{1,2}:\d{2}\b`],
  ["phone", String.raw`\+?\d(?:[ ().-]{0,2}\d){8,}`],
  ["figure", String.raw`[€$£] ?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*`],
];
const CLAIM = new RegExp(PATTERNS.map(([kind, pattern]) => `(?<${kind}>${pattern})`).join("|"), "giu");

/**
 * The figures, percentages, amounts, dates, times, phones and addresses of a model's answer that no fact
 * supports, each as it is written there, without repeats. Numbers in words are not looked for.
 */
export function unverified(answer: string, facts: string[]): string[] {
  const known = facts.flatMap(claims);
  const supported = ({ unit, value }: Claim) =>
    known.some((fact) => fact.value === value && (fact.unit === unit || unit === "plain"));
  const doubtful = claims(answer).filter((claim) => !supported(claim));
  return [...new Set(doubtful.map(({ written }) => written))];
}

function claims(text: string): Claim[] {
  return [...text.matchAll(CLAIM)].map((match) => {
    const [kind, written] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)!;
    if (kind === "figure") return figure(written, text.slice(match.index + written.length));
    return { unit: kind, ...comparable(kind, written) };
  });
}

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
  if (/^[€$£]/.test(found)) return { unit: "money", value, written: found };
  const space = /^[ \u00a0\u202f]?/.exec(after)![0];
  const rest = after.slice(space.length);
  for (const [unit, pattern] of UNITS) {
    const word = pattern.exec(rest.toLowerCase());
    if (word) return { unit, value, written: found + space + rest.slice(0, word[0].length) };
  }
  return { unit: "plain", value, written: found };
}

/** «29,90» and «29.90» are the same; «1.200» and «1,200» are thousands. */
function amount(written: string): number {
  const [, whole = written, decimals = ""] = /^(.*)[.,](\d{1,2})$/.exec(written) ?? [];
  return Number(`${whole.replace(/[.,]/g, "")}.${decimals}`);
}
