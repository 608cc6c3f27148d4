import { exported } from "./export.ts";
import type { Measure } from "./measure.ts";

/** A million calls as workbooks in a ZIP, while the server's loop is watched. */
export const measure: Measure = async () => {
  const [run] = await exported(1_000_000, 1);
  const { seconds = 0, peakMb = Infinity, stallMs = Infinity, bytes = 0 } = run ?? {};
  const stall = Math.round(stallMs * 10) / 10;
  const against = { time: `${Math.round(seconds * 10) / 10} s`, file: `${Math.round(bytes / 1e6)} MB` };
  return [
    { name: "export-1m", value: peakMb, unit: "MB at most", goal: "<= 400", pass: peakMb <= 400, against },
    { name: "export-1m stall", value: stall, unit: "ms", goal: "<= 20", pass: stall <= 20, against: {} },
  ];
};
