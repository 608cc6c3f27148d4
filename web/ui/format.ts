import type { Call, Rate } from "#contract";
import { language, t } from "../i18n/index.ts";

export { dayAt } from "./day.ts";

const NBSP = "\u00a0";
const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone });
  formats.set(key, made);
  return made;
}

function part(
  timeZone: string,
  at: Date,
  name: "weekday" | "day" | "month",
  width: "long" | "short",
): string {
  const options: Intl.DateTimeFormatOptions = name === "day" ? { day: "numeric" } : { [name]: width };
  return dateFormat(timeZone, options).format(at).replace(".", "");
}

/** `1.234` */
export const count = (n: number): string => n.toLocaleString(language, { useGrouping: "always" });

/** `24 %` with a no-break space; an en dash when there is nothing to divide by. */
export const share = (value: number | null): string =>
  value === null ? t.none : value.toLocaleString(language, { style: "percent", maximumFractionDigits: 0 });

/** `18 de 74 (24 %)`: a rate never stands without what it is made of. */
export const rate = ({ value, numerator, denominator }: Rate): string =>
  `${count(numerator)} ${t.ofWhole(count(denominator), share(value))}`;

/** A length in words as numbers and units: `[["6", "h"], ["12", "min"]]`. */
export function lengthParts(seconds: number): [string, string][] {
  const { h, min, s } = t.units;
  const whole = Math.round(seconds);
  if (whole < 60) return [[count(whole), s]];
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return [[count(minutes), min]];
  return [
    [count(Math.floor(minutes / 60)), h],
    [String(minutes % 60), min],
  ];
}

/** `6 h 12 min` */
export const length = (seconds: number): string =>
  lengthParts(seconds)
    .map(([n, unit]) => n + NBSP + unit)
    .join(" ");

/** `6 h 31`: a length where space is short. */
export const briefLength = (seconds: number): string => {
  const [[n, unit] = ["", ""], minutes] = lengthParts(seconds);
  return n + NBSP + unit + (minutes ? NBSP + minutes[0] : "");
};

const two = (n: number): string => String(n).padStart(2, "0");

/** A timer that does not change its width: `03:12`, from an hour on `1:03:12`. */
export function timer(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return whole < 3600 ? rest : `${Math.floor(whole / 3600)}:${rest}`;
}

/** A finished length in a list: `5:36`. */
export const clockLength = (seconds: number): string => timer(Math.round(seconds)).replace(/^0(\d:)/, "$1");

/** Time of day at the site: `16:42`. */
export const timeOfDay = (at: Date | string, timeZone: string): string =>
  dateFormat(timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at));

/** `lun 23 nov` */
export const shortDay = (at: Date, timeZone: string): string =>
  [
    part(timeZone, at, "weekday", "short"),
    part(timeZone, at, "day", "short"),
    part(timeZone, at, "month", "short"),
  ].join(" ");

/** `lunes 16` */
export const weekdayOf = (at: Date, timeZone: string): string =>
  `${part(timeZone, at, "weekday", "long")} ${part(timeZone, at, "day", "short")}`;

/** Two letters under a bar: `lu`. `day` is `YYYY-MM-DD`. */
export const tinyDay = (day: string): string =>
  part("UTC", new Date(`${day}T12:00:00Z`), "weekday", "short").slice(0, 2);

/** How old something is, in whole minutes or hours: `12 min`. `age` in milliseconds. */
export function ageOf(age: number): string {
  const minutes = Math.floor(age / 60_000);
  return minutes < 60
    ? `${minutes}${NBSP}${t.units.min}`
    : `${count(Math.floor(minutes / 60))}${NBSP}${t.units.h}`;
}

/** `12 nov` of a day `YYYY-MM-DD`. */
export function dayAndMonth(day: string): string {
  const at = new Date(`${day}T12:00:00Z`);
  return `${part("UTC", at, "day", "short")} ${part("UTC", at, "month", "short")}`;
}

/** `0,4`: seconds of a latency. */
export const tenths = (milliseconds: number): string =>
  (milliseconds / 1000).toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `29,90 €` */
export const money = (amount: number, currency: string): string =>
  amount.toLocaleString(language, { style: "currency", currency });

/** A phone with its middle hidden: `+34 612 ··· 418`. Short internal numbers stay whole. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, "");
  if (digits.length < 7) return phone;
  const end = digits.slice(-3);
  if (!phone.trim().startsWith("+")) return `${digits.slice(0, 3)} ··· ${end}`;
  const country = /^(?:1|7)/.test(digits) ? 1 : 2;
  return `+${digits.slice(0, country)} ${digits.slice(country, country + 3)} ··· ${end}`;
}

/** Whom a call is with: the name, else the masked phone. */
export const contactName = ({ name, phone }: Call["contact"]): string =>
  name ?? (phone === null ? t.unknownContact : maskPhone(phone));

/** `LF` of «Lucía Ferrer». */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
