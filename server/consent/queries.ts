import { desc, eq } from "drizzle-orm";
import type { ConsentState } from "#contract";
import { setting } from "../db/setting.ts";
import type { Store } from "../db/store.ts";

const CAMPAIGNS = "campaignsNotRecorded";

/** What the consent room asks of the database. */
export function consentQueries(store: Store) {
  const { db } = store;
  const { calls, consentWordings, settings } = store.tables;
  return {
    campaignsNotRecorded: async (): Promise<string[] | null> => {
      const [row] = await db.select().from(settings).where(eq(settings.name, CAMPAIGNS));
      return row ? (row.value.is as string[]) : null;
    },
    setCampaignsNotRecorded: (campaigns: string[], by: string, at: Date) =>
      store.together((db) => [setting(db, store.tables, CAMPAIGNS, campaigns, by, at)]),

    /** The newest wording; null before the first change. */
    wording: async () =>
      (await db.select().from(consentWordings).orderBy(desc(consentWordings.version)).limit(1))[0] ?? null,
    /** @throws a unique violation where somebody else added this version meanwhile */
    addWording: (row: { version: number; es: string; en: string; by: string; at: Date }) =>
      store.together((db) => [db.insert(consentWordings).values(row)]),

    setConsent: (
      callId: string,
      consent: { state: ConsentState; wording: number | null; atMs: number | null; at: Date },
    ) =>
      store.together((db) => [
        db
          .update(calls)
          .set({
            consent: consent.state,
            consentWording: consent.wording,
            consentAtMs: consent.atMs,
            consentChangedAt: consent.at,
          })
          .where(eq(calls.id, callId)),
      ]),
  };
}
