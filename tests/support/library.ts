import fc from "fast-check";
import type { LibraryFilter } from "#contract";
import { searchable } from "../../server/db/searchable.ts";

/** A recording as the plain filter below knows it. */
export type Known = {
  callId: string;
  agent: number;
  startedAt: Date;
  name: string | null;
  phone: string | null;
  campaign: string | null;
  disposition: string | null;
  notes: string | null;
  aiAsks: number;
  marked: boolean;
  trashed: boolean;
  seconds: number;
  said: string[];
};
export const AGENTS = ["María López", "Marta Ñuño", "luis"];
const NAMES = ["Ana Pérez", "Anabel Perezoso", "José 600", "Ñuñoa", "漢字 ana", null];
const PHONES = ["+34 600 111 222", "600111222", "0034911600", "12", null];
const WORDS = ["permanencia", "permanente", "permiso", "caro", "doce", "600", "ana", "de"];
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

export const recordingsOf = fc.array(
  fc.record({
    agent: fc.nat({ max: 2 }),
    // some begin in the same millisecond
    minutes: fc.nat({ max: 4 * 24 * 60 }),
    name: fc.constantFrom(...NAMES),
    phone: fc.constantFrom(...PHONES),
    campaign: fc.constantFrom("Fibra", "fibra", "Luz 600", null),
    disposition: fc.constantFrom("sale", "no_answer", "no", null),
    notes: orNull(fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((words) => words.join(" "))),
    aiAsks: fc.nat({ max: 2 }),
    marked: fc.boolean(),
    trashed: fc.nat({ max: 5 }).map((n) => n === 0),
    seconds: fc.constantFrom(0, 4.5, 5, 59.9, 60, 61, 300, 7200, 9000),
    said: fc.array(fc.constantFrom(...WORDS, "permanencia de doce"), { maxLength: 3 }),
  }),
  { minLength: 40, maxLength: 40 },
);
const some = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 1 });
export const query = fc.record({
  agent: some(fc.nat({ max: 3 })),
  contact: some(fc.constantFrom("ana perez", "ÑUÑOA", "Ana", "nadie")),
  phone: some(
    fc.constantFrom("600", "+34 600", "111222", "600 111 222", "9116", "0034911", "34911600", "12345"),
  ),
  campaign: some(fc.constantFrom("Fibra", "fibra", "Luz")),
  disposition: some(fc.constantFrom("sale", "no", "no_answer")),
  ai: some(fc.boolean()),
  marked: some(fc.boolean()),
  from: some(fc.constantFrom("2026-03-01", "2026-03-03", "2026-04-01")),
  to: some(fc.constantFrom("2026-03-01", "2026-03-02", "2026-02-01")),
  minSeconds: some(fc.constantFrom(0, 4, 5, 60, 61, 9000, 100_000)),
  maxSeconds: some(fc.constantFrom(0, 5, 60, 62, 7200, 100_000)),
  q: some(
    fc.oneof(
      fc.constantFrom(
        "ana",
        "an",
        "perez",
        "per",
        "perm",
        "permi",
        "permanenc",
        "permanencia caro",
        "600",
        "!!",
        "",
      ),
      fc.constantFrom(
        "600 111",
        "+34 600 111 222",
        "maria",
        "mart nuno",
        "ñuño",
        "llamada_001",
        "luz 600",
        "de",
      ),
      fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(" ")),
      fc.string({ maxLength: 12 }),
    ),
  ),
});

const wordsIn = (...texts: (string | null)[]) =>
  texts.flatMap((text) => searchable(text ?? "").match(/[\p{L}\p{N}]+/gu) ?? []);
const digitsIn = (text: string) => text.replace(/\D/g, "").replace(/^00/, "");

/** Whether a recording fits, read word by word. */
export function fits(known: Known, filter: LibraryFilter, agents: string[]): boolean {
  const { agent, contact, phone, campaign, disposition, ai, marked, from, to, minSeconds, maxSeconds, q } =
    filter;
  const digits = digitsIn(known.phone ?? "");
  const day = known.startedAt.toISOString().slice(0, 10);
  return (
    (agent === undefined || agents[known.agent] === agent) &&
    (contact === undefined || (known.name !== null && searchable(known.name) === searchable(contact))) &&
    (phone === undefined || digits.includes(digitsIn(phone))) &&
    (campaign === undefined || known.campaign === campaign) &&
    (disposition === undefined || known.disposition === disposition) &&
    (ai === undefined || known.aiAsks > 0 === ai) &&
    (marked === undefined || known.marked === marked) &&
    (from === undefined || day >= from) &&
    (to === undefined || day <= to) &&
    (minSeconds === undefined || known.seconds >= minSeconds) &&
    (maxSeconds === undefined || known.seconds < maxSeconds) &&
    (q === undefined || q.trim() === "" || says(known, q.trim(), digits))
  );
}

function says(known: Known, q: string, digits: string): boolean {
  const own = wordsIn(known.name, known.campaign, known.notes, "llamada_001");
  const agent = wordsIn(AGENTS[known.agent] ?? "");
  const said = wordsIn(...known.said);
  const words = [...new Set(wordsIn(q))].slice(0, 12);
  if (words.length === 0) return false;
  const typed = digitsIn(q);
  if (typed.length >= 3 && /^\+?[\d ().\-/]+$/.test(q))
    return words.every(
      (word) =>
        digits.includes(typed) ||
        (word.length >= 3 ? own.some((one) => one.startsWith(word)) : own.includes(word)) ||
        said.includes(word),
    );
  return words.every((word, i) => {
    const last = i === words.length - 1;
    const long = [...word].length;
    const is = (one: string) => one === word || (last && long >= 3 && one.startsWith(word));
    const heard = (one: string) => one === word || (last && long >= 4 && one.startsWith(word));
    const phone = /^\d{3,}$/.test(word) && digits.includes(word);
    return own.some(is) || agent.some(is) || said.some(heard) || phone;
  });
}
