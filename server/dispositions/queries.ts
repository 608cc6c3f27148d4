import { and, asc, eq, gte, inArray, ne, sql } from "drizzle-orm";
import type { Disposition } from "#contract";
import type { Store } from "../db/store.ts";

/** Where an outcome stands that was taken out of its list: its name still names the calls that have it. */
export const RETIRED = -1;

/** What the dispositions' room asks of the database. A campaign `""` stands for all that have no list of their own. */
export function dispositionQueries(store: Store) {
  const { dispositions, dayFigures, teams } = store.tables;
  return {
    /** Every list, in the order of its keys; what was taken out of one is `RETIRED`. */
    all: () =>
      store.db.select().from(dispositions).orderBy(asc(dispositions.campaign), asc(dispositions.position)),

    replace: (campaign: string, items: Disposition[]) =>
      store.together((db) => [
        db.update(dispositions).set({ position: RETIRED }).where(eq(dispositions.campaign, campaign)),
        ...items.map((item, position) => {
          const { code, ...rest } = item;
          return db
            .insert(dispositions)
            .values({ campaign, code, ...rest, position })
            .onConflictDoUpdate({
              target: [dispositions.campaign, dispositions.code],
              set: { ...rest, position },
            });
        }),
      ]),

    /** Campaigns of the calls that were counted since a day. Read from the teams' figures: calls can be millions. */
    counted: async (since: string): Promise<string[]> =>
      (
        await store.db
          .selectDistinct({ campaign: dayFigures.campaign })
          .from(dayFigures)
          .where(
            and(
              inArray(dayFigures.ownerId, sql`(select ${teams.id} from ${teams})`),
              gte(dayFigures.day, since),
              ne(dayFigures.campaign, ""),
            ),
          )
      ).map(({ campaign }) => campaign),
  };
}
