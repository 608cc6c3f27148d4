import { exported } from "./export.ts";
import type { Measure } from "./measure.ts";

/** 100,000 calls as a styled workbook of 20 sheets: the median of five, the first of which starts its thread. */
export const measure: Measure = async () => {
  const runs = await exported(100_000, 5);
  const round = (value: number) => Math.round(value * 100) / 100;
  const [first] = runs;
  const median = runs.toSorted((a, b) => a.seconds - b.seconds)[2];
  const value = round(median?.seconds ?? Infinity);
  const stall = round(Math.max(...runs.map(({ stallMs }) => stallMs)));
  const against = {
    first: `${round(first?.seconds ?? 0)} s`,
    "CPU of all threads": `${round(median?.cpuSeconds ?? 0)} s`,
    "peak memory": `${Math.max(...runs.map(({ peakMb }) => peakMb))} MB`,
    file: `${round((first?.bytes ?? 0) / 1e6)} MB`,
  };
  return [
    { name: "export-100k", value, unit: "s, 16 styled columns", goal: "<= 2", pass: value <= 2, against },
    { name: "export-100k stall", value: stall, unit: "ms", goal: "<= 20", pass: stall <= 20, against: {} },
  ];
};
