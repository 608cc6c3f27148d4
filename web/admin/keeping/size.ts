import { language } from "../../i18n/index.ts";

const UNITS: [bytes: number, name: string][] = [
  [1e12, "TB"],
  [1e9, "GB"],
  [1e6, "MB"],
];

/** `412 GB`, `1,3 TB`: a size that somebody compares with a disk's. */
export function sizeOf(bytes: number): string {
  const [unit, name] = UNITS.find(([least]) => bytes >= least) ?? [1e6, "MB"];
  const value = bytes / unit;
  const written = value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return `${written}\u00a0${name}`;
}
