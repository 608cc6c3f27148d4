import type { AgentRow } from "#contract";
import { language, t } from "../../i18n/index.ts";
import { recordings as texts } from "../../i18n/recordings.ts";
import { dispositions } from "../../ui/disposition.tsx";
import { count, dayAndMonth, timeOfDay, dayAt } from "../../ui/format.ts";
import type { Active, Wanted } from "./wanted.ts";

/** Lengths that are often asked for, in minutes: `from-to`, of which one may be missing. */
export const LENGTHS = ["1-", "3-", "5-", "10-", "-1", "-3"];

/** `Más de 3 min` of `3-`. */
export function lengthWords(length: string): string {
  const [min = "", max = ""] = length.split("-");
  if (max === "") return texts.over(count(Number(min)));
  if (min === "") return texts.under(count(Number(max)));
  return texts.between(count(Number(min)), count(Number(max)));
}

/** `7 días`, `12 nov – 20 nov`. */
export function whenWords({ when, from, to }: Wanted): string {
  if (when !== "range")
    return { today: texts.whenToday, week: texts.whenWeek, month: texts.whenMonth }[when] ?? texts.when;
  if (from === "" && to === "") return texts.whenRange;
  if (to === "") return texts.rangeFrom(dayAndMonth(from));
  return from === "" ? texts.rangeTo(dayAndMonth(to)) : texts.range(dayAndMonth(from), dayAndMonth(to));
}

/** A filter that is on, as people call it. */
export function activeWords(name: Active["name"], wanted: Wanted, agents: AgentRow[]): string {
  const { q, agent, disposition, campaign, min, max } = wanted;
  const builtIn = dispositions.find((one) => one === disposition);
  const words: Record<Active["name"], () => string> = {
    q: () => texts.quoted(q.trim()),
    when: () => whenWords(wanted),
    agent: () => agents.find(({ id }) => id === agent)?.name ?? texts.who,
    disposition: () => (builtIn ? t.disposition[builtIn] : disposition),
    campaign: () => campaign,
    ai: () => texts.withAi,
    marked: () => texts.marked,
    length: () => lengthWords(`${min}-${max}`),
  };
  return words[name]();
}

/** `16:21`, with its day before when that is not today: `25 nov 16:21`, so that names beside it have room on a phone. */
export function momentOf(at: string, timeZone: string): string {
  const time = timeOfDay(at, timeZone);
  const date = new Date(at);
  const day = dayAt(date, timeZone);
  return day === dayAt(new Date(), timeZone) ? time : `${dayAndMonth(day)} ${time}`;
}

/** `noviembre de 2026` of `2026-11`. */
export function monthName(month: string): string {
  const at = new Date(`${month}-15T12:00:00Z`);
  return at.toLocaleDateString(language, { month: "long", year: "numeric", timeZone: "UTC" });
}

const UNITS: [bytes: number, unit: string][] = [
  [1e12, "TB"],
  [1e9, "GB"],
];
/** `5,3 GB`, `10,3 MB` */
export function size(bytes: number): string {
  const [unit, name] = UNITS.find(([of]) => bytes >= of) ?? [1e6, "MB"];
  const digits = { maximumFractionDigits: 1 };
  return `${(bytes / unit).toLocaleString(language, digits)}\u00a0${name}`;
}
