import type { PrivacySettings } from "#contract";
import type { Audit } from "../audit/audit.ts";
import { remembered } from "../db/remember.ts";
import { searchable } from "../db/searchable.ts";
import type { Deps } from "../deps.ts";
import type { Actor } from "../http/context.ts";
import { consentQueries } from "./queries.ts";

export type NotRecorded = ReturnType<typeof createNotRecorded>;

/** Campaigns whose calls are never recorded. */
export function createNotRecorded({ store, clock }: Pick<Deps, "store" | "clock">, audit: Audit) {
  const queries = consentQueries(store);
  const known = remembered(async () => (await queries.campaignsNotRecorded()) ?? []);
  return {
    settings: async (): Promise<PrivacySettings> => ({ campaignsNotRecorded: await known.get() }),

    /** Replaces the list. Calls that are going on keep what was decided when they began. */
    async replace(actor: Actor, { campaignsNotRecorded }: PrivacySettings): Promise<PrivacySettings> {
      await queries.setCampaignsNotRecorded(campaignsNotRecorded, actor.userId, clock());
      known.forget();
      const subject = { kind: "setting" as const, id: "campaignsNotRecorded" };
      await audit.note(actor, { action: "setting_changed", subject });
      return { campaignsNotRecorded };
    },

    /** Whether calls of a campaign are never recorded; capitals and accents make no difference. */
    async campaign(campaign: string): Promise<boolean> {
      const wanted = searchable(campaign);
      return (await known.get()).some((name) => searchable(name) === wanted);
    },
  };
}
