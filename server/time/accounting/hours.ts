import { placeOf, SLOT_MS } from "../../db/time.ts";
import type { StretchOf } from "../stretches.ts";
import type { HourTime } from "./queries.ts";

/** Seconds ready and paused in each hour of the zone's clock from `from` on, by the hour's first instant. */
export function hoursOf(stretches: StretchOf[], from: number, timeZone: string): Map<number, HourTime> {
  const sums = new Map<number, { hour: Date; day: string; available: number; paused: number }>();
  for (const { state, ...stretch } of stretches) {
    if (state !== "available" && state !== "paused") continue;
    for (let at = Math.max(stretch.from, from); at < stretch.to;) {
      const end = Math.min(stretch.to, (Math.floor(at / SLOT_MS) + 1) * SLOT_MS);
      const place = placeOf(new Date(at), timeZone);
      const sum = sums.get(place.hour.getTime()) ?? { ...place, available: 0, paused: 0 };
      sum[state] += end - at;
      sums.set(place.hour.getTime(), sum);
      at = end;
    }
  }
  return new Map(
    [...sums].map(([instant, { hour, day, available, paused }]) => [
      instant,
      { hour, day, readySeconds: Math.round(available / 1000), pausedSeconds: Math.round(paused / 1000) },
    ]),
  );
}
