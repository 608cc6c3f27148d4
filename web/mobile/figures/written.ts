import type { Explanation, Rate } from "#contract";
import { language, t } from "../../i18n/index.ts";
import { count, lengthParts, money } from "../../ui/format.ts";

/** Below this many cases a rate says little: it is greyed, and said in words. */
export const FEW = 20;
/** From so many cases on a tenth of a point is more than noise of the last digit. */
const FINE = 200;

/** `22,9 %`; an en dash where there is nothing to divide by. */
export function percent(value: number | null, digits: 0 | 1): string {
  if (value === null) return t.none;
  return value.toLocaleString(language, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** `22,9 %` of a rate, or `24 %` where the cases are too few for a decimal. */
export const rateShare = ({ value, denominator }: Pick<Rate, "value" | "denominator">): string =>
  percent(value, denominator < FINE ? 0 : 1);

/** Steps of an axis, all with a decimal where one of them needs it. */
export const stepShares = (steps: number[]): string[] => {
  const whole = steps.every((step) => Math.abs(step * 100 - Math.round(step * 100)) < 1e-6);
  return steps.map((step) => percent(step, whole ? 0 : 1));
};

/** A metric's part as a title. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** `2.061 de 7.930` */
export const madeOf = ({ numerator, denominator }: Pick<Rate, "numerator" | "denominator">): string =>
  t.rate(count(numerator), count(denominator));

/** `1,1`: points of a hundred of a difference of shares, without its sign. */
export const pointsOf = (difference: number): string =>
  Math.abs(difference * 100).toLocaleString(language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });

/** A mean as numbers and units: `[["4", "min"], ["52", "s"]]`. */
export function meanParts(seconds: number): [string, string][] {
  const whole = Math.round(seconds);
  if (whole < 60 || whole >= 3600) return lengthParts(whole);
  return [
    [count(Math.floor(whole / 60)), t.units.min],
    [String(whole % 60), t.units.s],
  ];
}

/** `4 min 52 s` */
export const mean = (seconds: number | null): string =>
  seconds === null
    ? t.none
    : meanParts(seconds)
        .map((pair) => pair.join("\u00a0"))
        .join(" ");

/** A metric's value as its unit is read. */
export function valueOf({ value, metric, denominator }: Explanation, currency: string): string {
  if (value === null) return t.none;
  switch (metric.unit) {
    case "share":
      return rateShare({ value, denominator: denominator ?? 0 });
    case "seconds":
      return mean(value);
    case "money":
      return money(value, currency);
    case "perHour":
      return value.toLocaleString(language, { maximumFractionDigits: 2 });
    default:
      return count(value);
  }
}
