import { and, desc, eq, sql } from "drizzle-orm";
import type { Scope } from "../../auth/scope.ts";
import type { Tables } from "../../db/schema.ts";
import type { Store } from "../../db/store.ts";
import { withinScope } from "../../db/within-scope.ts";

export type NewClip = Tables["clips"]["$inferInsert"];
export type ClipRow = {
  clip: Tables["clips"]["$inferSelect"];
  call: { agentId: string; contactName: string | null; contactPhone: string | null; startedAt: Date };
  agentName: string;
  byName: string;
};

/** What clips ask of the database. */
export function clipQueries(store: Store) {
  const { db } = store;
  const { clips, calls, users, recordings } = store.tables;
  const within = (scope: Scope) =>
    withinScope(scope, { agent: calls.agentId, team: calls.teamId, site: calls.siteId });
  const full = () =>
    db
      .select({
        clip: clips,
        call: {
          agentId: calls.agentId,
          contactName: calls.contactName,
          contactPhone: calls.contactPhone,
          startedAt: calls.startedAt,
        },
        agentName: users.name,
        byName: sql<string>`coalesce((select name from users as makers where makers.id = ${clips.by}), '')`,
      })
      .from(clips)
      .innerJoin(calls, eq(calls.id, clips.callId))
      .innerJoin(users, eq(users.id, calls.agentId));

  return {
    byId: async (scope: Scope, id: string): Promise<ClipRow | null> =>
      (await full().where(and(eq(clips.id, id), within(scope))))[0] ?? null,
    isTaken: async (id: string): Promise<boolean> =>
      (await db.select({ id: clips.id }).from(clips).where(eq(clips.id, id))).length > 0,
    /** Newest first, below the cursor. */
    page: (scope: Scope, after: { at: Date; id: string } | null, limit: number): PromiseLike<ClipRow[]> =>
      full()
        .where(
          and(
            within(scope),
            after
              ? sql`(${clips.at}, ${clips.id}) < (${sql.param(after.at, clips.at)}, ${after.id})`
              : undefined,
          ),
        )
        .orderBy(desc(clips.at), desc(clips.id))
        .limit(limit),
    /** The file that a clip is cut out of; null where there is none. */
    wav: async (callId: string) =>
      (
        await db
          .select({
            file: recordings.file,
            bytes: recordings.bytes,
            sampleRate: recordings.sampleRate,
            channels: recordings.channels,
            format: recordings.format,
          })
          .from(recordings)
          .where(eq(recordings.callId, callId))
      )[0] ?? null,
    /** @throws a unique violation where the id is taken */
    add: (row: NewClip) => store.together((on) => [on.insert(clips).values(row)]),
    remove: (id: string) => store.together((on) => [on.delete(clips).where(eq(clips.id, id))]),
  };
}
