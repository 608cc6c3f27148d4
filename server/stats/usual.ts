import { addDays, sameTimeOn, startOfDay } from "../db/time.ts";
import type { Deps } from "../deps.ts";
import { NOTHING, total, type Figures } from "./figures.ts";
import { rememberedForTheMinute, wholeMinute } from "./minute.ts";
import type { Owners, StatsQueries } from "./queries.ts";

/** What an agent of a team reaches on average; null where too few were at work. */
export type Usual = { calls: number | null; sales: number | null };

/** Days of one agent, over four weeks, that make an average. */
const FEWEST_AT_WORK = 3;

type Parts = {
  queries: Pick<StatsQueries, "atWork" | "wholeDays">;
  /** Figures of one day up to an instant in it. */
  dayUntil(owners: Owners, day: string, until: Date): Promise<Figures>;
};

/** What is usual in a team, which all of its agents see beside their own day. */
export function createUsual({ clock }: Pick<Deps, "clock">, { queries, dayUntil }: Parts) {
  const ofMinute = rememberedForTheMinute<Usual>(clock);

  async function read(teamId: string, timeZone: string, day: string, until: Date | null): Promise<Usual> {
    const owners: Owners = { by: "teams", ids: [teamId], timeZone };
    const before = [7, 14, 21, 28].map((days) => addDays(day, -days));
    const atWork = await queries.atWork(teamId, before);
    const agents = atWork.reduce((all, row) => all + row.agents, 0);
    if (agents < FEWEST_AT_WORK) return { calls: null, sales: null };
    const parts = await Promise.all(
      before.map(async (one, i) =>
        until === null
          ? ((await queries.wholeDays(owners.ids, { from: one, to: one })) ?? NOTHING)
          : dayUntil(owners, one, sameTimeOn(until, -7 * (i + 1), timeZone)),
      ),
    );
    const { calls, sales } = total(parts);
    return { calls: calls / agents, sales: sales / agents };
  }

  /**
   * What an agent of a team reached on average on this weekday over the four weeks before, up to the time of day of
   * `until` where the day is not over.
   */
  return (teamId: string, timeZone: string, day: string, until: Date | null): Promise<Usual> => {
    const at = until && wholeMinute(until);
    // with this ends the latest of the days that it is made of
    const over = startOfDay(addDays(day, -6), timeZone);
    return ofMinute(`${teamId} ${day} ${at?.toISOString()}`, over, () => read(teamId, timeZone, day, at));
  };
}
