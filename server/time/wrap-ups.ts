import type { WrapUpEnd } from "#contract";
import { remembered } from "../db/remember.ts";
import { placeOf } from "../db/time.ts";
import type { CallRow, History } from "./history.ts";
import type { TimeQueries, WrapUpEnding } from "./queries.ts";
import { WRAP_UP_MS, wrapUpEndOf } from "./stretches.ts";

export type WrapUps = ReturnType<typeof createWrapUps>;

/** Whether the wrap-up of this call goes on, as far as its row knows. */
export const wrapsUp = ({ outcome, endedAt, wrapUpEndedAt }: CallRow): boolean =>
  outcome === "answered" && endedAt !== null && wrapUpEndedAt === null;

/** How wrap-ups end, and where a call counts because of it. */
export function createWrapUps(queries: TimeQueries) {
  const zones = remembered(async () => new Map((await queries.sites()).map((s) => [s.id, s.timeZone])));

  /** The hour and day in which a call of this site counts. */
  async function placeAt(siteId: string, instant: Date) {
    if (!(await zones.get()).has(siteId)) zones.forget();
    const { hour, day } = placeOf(instant, (await zones.get()).get(siteId) ?? "UTC");
    return { countedAt: instant, countedHour: hour, countedDay: day };
  }

  async function endingAt(siteId: string, endedAt: Date, at: Date, by: WrapUpEnd): Promise<WrapUpEnding> {
    return {
      wrapUpEndedAt: at,
      wrapUpEndedBy: by,
      wrapUpSeconds: Math.round((at.getTime() - endedAt.getTime()) / 1000),
      ...(await placeAt(siteId, at)),
    };
  }

  return {
    placeAt,
    /** What a wrap-up's end writes into its call. The end lies between that of the call and half an hour later. */
    ending: (siteId: string, endedAt: Date, at: Date, by: WrapUpEnd): Promise<WrapUpEnding> => {
      const latest = endedAt.getTime() + WRAP_UP_MS;
      const end = Math.min(Math.max(at.getTime(), endedAt.getTime()), latest);
      return endingAt(siteId, endedAt, new Date(end), end === latest ? "timeout" : by);
    },

    /** Ends what another event or the clock has ended, also in the history as it was read. */
    async endPassed({ calls, declared }: History, now: number): Promise<void> {
      for (const call of calls.filter(wrapsUp)) {
        if (call.endedAt === null) continue;
        const end = wrapUpEndOf(
          { endedAt: call.endedAt.getTime() },
          {
            starts: calls.filter(({ id }) => id !== call.id).map(({ startedAt }) => startedAt.getTime()),
            declarations: declared.map(({ since }) => since),
            now,
          },
        );
        if (!end) continue;
        const ending = await endingAt(call.siteId, call.endedAt, new Date(end.at), end.by);
        await queries.endWrapUp(call.id, ending);
        call.wrapUpEndedAt = ending.wrapUpEndedAt;
      }
    },
  };
}
