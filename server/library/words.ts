import { searchable } from "../db/searchable.ts";

/** Everything of a call by which its recording is found. */
export type Findable = {
  agentId: string;
  teamId: string;
  siteId: string;
  disposition: string | null;
  campaign: string | null;
  contactName: string | null;
  contactPhone: string | null;
  notes: string | null;
  file: string;
  aiAsks: number;
  marked: boolean;
  seconds: number;
  /** The searchable words of what was said, line by line. */
  said: string[];
};

/** The full-text index knows the beginnings of words of so many letters: `prefix` in its migration. */
export const BEGINNINGS = [3, 5, 6, 8];
export const SHORTEST_BEGINNING = 3;
/** Shorter beginnings of what was said begin half of all words. */
export const SHORTEST_SAID = 4;
/** Fewer digits are in every phone. */
export const SHORTEST_DIGITS = 3;

/** Lengths at which recordings are told apart without looking at them, in seconds. */
const LENGTHS = [
  5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 2700, 3600, 7200,
];
const letter = (i: number): string => String.fromCharCode(97 + i);
/** What has other characters than letters and digits, as one word; different texts stay different. */
const spelled = (text: string): string => Buffer.from(text, "utf8").toString("hex");

/** The words of a text: lower case, without accents. */
export const wordsOf = (text: string): string[] => searchable(text).match(/[\p{L}\p{N}]+/gu) ?? [];
export const digitsOf = (text: string): string => text.replace(/\D/g, "").replace(/^00/, "");

/**
 * Words that stand for a fact. Each begins with 0 and a letter, as nothing does that people write: without them two
 * conditions that are common each and rare together would need every recording looked at.
 */
export const fact = {
  agent: (id: string) => `0a${spelled(id)}`,
  team: (id: string) => `0t${spelled(id)}`,
  site: (id: string) => `0s${spelled(id)}`,
  disposition: (code: string) => `0d${spelled(code)}`,
  campaign: (name: string) => `0k${spelled(name)}`,
  contact: (name: string) => `0c${spelled(searchable(name))}`,
  ai: (asked: boolean) => `0i${asked ? 1 : 0}`,
  marked: (is: boolean) => `0m${is ? 1 : 0}`,
  /** One end of a phone; a part of it is the beginning of an end. */
  phone: (digits: string) => `0p${digits}`,
  said: (word: string) => `0z${word}`,
  /** At least so long, by the nearest length that is not longer; null where that says nothing. */
  atLeast(seconds: number): string | null {
    const i = LENGTHS.findLastIndex((length) => length <= seconds);
    return i < 0 ? null : `0g${letter(i)}`;
  },
  /** Shorter than this, by the nearest length that is not shorter; null where that says nothing. */
  below(seconds: number): string | null {
    const i = LENGTHS.findIndex((length) => length >= seconds);
    return i < 0 ? null : `0h${letter(i)}`;
  },
};

/** All words of a recording, each once, joined by spaces. */
export function findableWords(of: Findable): string {
  const digits = digitsOf(of.contactPhone ?? "");
  const ends = Math.max(0, digits.length - SHORTEST_DIGITS + 1);
  const name =
    of.file
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/, "") ?? "";
  const words = [
    fact.agent(of.agentId),
    fact.team(of.teamId),
    fact.site(of.siteId),
    fact.ai(of.aiAsks > 0),
    fact.marked(of.marked),
    ...(of.disposition === null ? [] : [fact.disposition(of.disposition)]),
    ...(of.campaign === null ? [] : [fact.campaign(of.campaign)]),
    ...(of.contactName === null ? [] : [fact.contact(of.contactName)]),
    ...LENGTHS.map((length, i) => `${of.seconds >= length ? "0g" : "0h"}${letter(i)}`),
    ...Array.from({ length: ends }, (_, i) => fact.phone(digits.slice(i))),
    ...wordsOf([of.contactName, of.campaign, of.notes, name].filter(Boolean).join(" ")),
    ...of.said.flatMap(wordsOf).map(fact.said),
  ];
  return [...new Set(words)].join(" ");
}
