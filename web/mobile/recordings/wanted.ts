import type { LibraryFilter } from "#contract";
import type { Query } from "../../api.ts";
import { dayAt } from "../../ui/format.ts";

const KEYS = [
  "q",
  "when",
  "from",
  "to",
  "agent",
  "disposition",
  "campaign",
  "ai",
  "marked",
  "min",
  "max",
] as const;

/**
 * What the list is narrowed to, as it stands in the address; an empty string narrows nothing. `when` is `today`, `week`,
 * `month` or `range`, which has days `from` and `to`; `ai` and `marked` are `1`; `min` and `max` are minutes.
 */
export type Wanted = Record<(typeof KEYS)[number], string>;

export const everything = Object.fromEntries(KEYS.map((key) => [key, ""])) as Wanted;

const DAY = /^\d{4}-\d\d-\d\d$/;
const forms: Partial<Record<keyof Wanted, RegExp>> = {
  when: /^(today|week|month|range)$/,
  from: DAY,
  to: DAY,
  ai: /^1$/,
  marked: /^1$/,
  min: /^\d{1,3}$/,
  max: /^\d{1,3}$/,
};

/** What is wanted by any values of these names; what is not understood counts as not said. */
export function wantedIn(values: Record<string, unknown>): Wanted {
  const said = (key: keyof Wanted): string => {
    const value = values[key];
    return typeof value === "string" && (forms[key]?.test(value) ?? true) ? value : "";
  };
  const wanted = Object.fromEntries(KEYS.map((key) => [key, said(key)])) as Wanted;
  return wanted.when === "range" ? wanted : { ...wanted, from: "", to: "" };
}

/** Only what narrows. */
export const saidIn = (wanted: Wanted): Record<string, string> =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value.trim() !== ""));

/** The list and the open recording of an address, `#grabaciones/<call id>?agent=…&when=week`. */
export function viewIn(hash: string): { open: string | null; wanted: Wanted } {
  const [path = "", query = ""] = hash.split("?");
  return {
    open: path.split("/")[1] ?? null,
    wanted: wantedIn(Object.fromEntries(new URLSearchParams(query))),
  };
}

/** The address of a list and its open recording. */
export function hashOf(open: string | null, wanted: Wanted): string {
  const query = new URLSearchParams(saidIn(wanted)).toString();
  return `#grabaciones${open === null ? "" : `/${open}`}${query === "" ? "" : `?${query}`}`;
}

const DAY_MS = 86_400_000;
const DAYS_BACK: Record<string, number> = { today: 0, week: 6, month: 29 };

/** The wire's filters for what is wanted. */
export function queryOf(wanted: Wanted, timeZone: string, now: Date): Query {
  const { q, when, agent, disposition, campaign, ai, marked, min, max } = wanted;
  const back = DAYS_BACK[when];
  const from = back === undefined ? wanted.from : dayAt(new Date(now.getTime() - back * DAY_MS), timeZone);
  return {
    q: q.trim(),
    agent,
    disposition,
    campaign,
    from,
    to: wanted.to,
    ai: ai === "" ? undefined : "true",
    marked: marked === "" ? undefined : "true",
    minSeconds: min === "" ? undefined : Number(min) * 60,
    maxSeconds: max === "" ? undefined : Number(max) * 60,
  };
}

/** One filter that is on, and what is wanted without it. */
export type Active = {
  name: "q" | "when" | "agent" | "disposition" | "campaign" | "ai" | "marked" | "length";
  without: Wanted;
};

/** The filters that are on; a range, and both ends of a length, are one. */
export function activeIn(wanted: Wanted): Active[] {
  const parts: [Active["name"], Partial<Wanted>][] = [
    ["q", { q: "" }],
    ["when", { when: "", from: "", to: "" }],
    ["agent", { agent: "" }],
    ["disposition", { disposition: "" }],
    ["campaign", { campaign: "" }],
    ["ai", { ai: "" }],
    ["marked", { marked: "" }],
    ["length", { min: "", max: "" }],
  ];
  const same = JSON.stringify(wanted);
  return parts
    .map(([name, part]) => ({ name, without: { ...wanted, ...part } }))
    .filter(({ without }) => JSON.stringify(without) !== same);
}

/** What is wanted as the server saves and zips it, with days as they are today. */
export function filterOf(wanted: Wanted, timeZone: string, now: Date): LibraryFilter {
  const query = queryOf(wanted, timeZone, now);
  const text = (key: string): string | undefined => String(query[key] ?? "") || undefined;
  const filter: LibraryFilter = {
    q: text("q"),
    agent: text("agent"),
    disposition: text("disposition"),
    campaign: text("campaign"),
    from: text("from"),
    to: text("to"),
    ai: wanted.ai === "" ? undefined : true,
    marked: wanted.marked === "" ? undefined : true,
    minSeconds: wanted.min === "" ? undefined : Number(wanted.min) * 60,
    maxSeconds: wanted.max === "" ? undefined : Number(wanted.max) * 60,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** What is saved of what is wanted: all but a day that moves, such as today. */
export const savable = (wanted: Wanted): Wanted =>
  wanted.when === "range" ? wanted : { ...wanted, when: "", from: "", to: "" };

/** What is wanted by a saved filter; one without days of its own leaves those that are chosen. */
export function wantedOf(filter: LibraryFilter, chosen: Wanted = everything): Wanted {
  const { from = "", to = "", ai, marked, minSeconds, maxSeconds, ...rest } = filter;
  const minutes = (seconds: number | undefined): string =>
    seconds === undefined ? "" : String(Math.round(seconds / 60));
  const own = from !== "" || to !== "";
  return {
    ...wantedIn(rest),
    when: own ? "range" : chosen.when,
    from: own ? from : chosen.from,
    to: own ? to : chosen.to,
    ai: ai ? "1" : "",
    marked: marked ? "1" : "",
    min: minutes(minSeconds),
    max: minutes(maxSeconds),
  };
}
