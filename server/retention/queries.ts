import { and, asc, desc, eq, isNotNull, isNull, like, lt, sql, type SQL } from "drizzle-orm";
import { alias as sqliteAlias } from "drizzle-orm/sqlite-core";
import type { AudioFormat, RetentionRule } from "#contract";
import type { Scope } from "../auth/scope.ts";
import { setting } from "../db/setting.ts";
import { rowsOf, type Store } from "../db/store.ts";
import { withinScope } from "../db/within-scope.ts";

const RULES = "retention";
/** Before the id of a recording that is being converted. */
const CONVERTING = "converting:";

/** Where the walk through all recordings stands. */
export type Place = { startedAt: Date; callId: string };
/** What retention needs to know of a recording. */
export type KeptRow = Awaited<ReturnType<ReturnType<typeof retentionQueries>["after"]>>[number];
export type ListedRow = Awaited<ReturnType<ReturnType<typeof retentionQueries>["listed"]>>[number];
/** A conversion that has begun: from one file to another. */
export type Converting = { callId: string; from: string; to: string };
/** A file as it lies there now. */
export type Stored = { file: string; format: AudioFormat; bytes: number; sha256: string };

/** What retention, holds and the trash ask of the database. */
export function retentionQueries(store: Store) {
  const { db } = store;
  const { calls, users, sites, settings, recordings, recordingParts, transcripts, transcriptLines } =
    store.tables;
  const who = sqliteAlias(users, "who");
  const within = (scope: Scope) =>
    withinScope(scope, { agent: calls.agentId, team: calls.teamId, site: calls.siteId });
  const here = (callId: string) => and(eq(recordings.callId, callId), isNull(recordings.trashedAt));

  return {
    /** As it was set; undefined while nobody has. */
    rules: async (): Promise<{ is: unknown; changedAt: Date } | undefined> => {
      const [row] = await db
        .select({ value: settings.value, changedAt: settings.changedAt })
        .from(settings)
        .where(eq(settings.name, RULES));
      return row && { is: row.value.is, changedAt: row.changedAt };
    },
    setRules: (rules: RetentionRule[], by: string, at: Date) =>
      store.together((on) => [setting(on, store.tables, RULES, rules, by, at)]),
    sites: () => db.select().from(sites).orderBy(asc(sites.name)),

    /** The next recordings of all that there are, oldest first. */
    after: (place: Place | null, limit: number) =>
      db
        .select({
          callId: recordings.callId,
          startedAt: recordings.startedAt,
          durationSeconds: recordings.durationSeconds,
          sampleRate: recordings.sampleRate,
          channels: recordings.channels,
          file: recordings.file,
          format: recordings.format,
          bytes: recordings.bytes,
          sha256: recordings.sha256,
          originalSha256: recordings.originalSha256,
          heldAt: recordings.heldAt,
          trashedAt: recordings.trashedAt,
          siteId: calls.siteId,
          campaign: calls.campaign,
          disposition: calls.disposition,
          sold: calls.sold,
          contacted: calls.contacted,
        })
        .from(recordings)
        .innerJoin(calls, eq(calls.id, recordings.callId))
        .where(
          place
            ? sql`(${recordings.startedAt}, ${recordings.callId}) > (${sql.param(place.startedAt, recordings.startedAt)}, ${place.callId})`
            : undefined,
        )
        .orderBy(asc(recordings.startedAt), asc(recordings.callId))
        .limit(limit),

    /** One recording that is not in the trash, within what a person may see. */
    visible: async (scope: Scope, callId: string) =>
      (
        await db
          .select({ recording: recordings })
          .from(recordings)
          .innerJoin(calls, eq(calls.id, recordings.callId))
          .where(and(here(callId), within(scope)))
      )[0]?.recording ?? null,
    /** The same wherever it is. */
    any: async (callId: string) =>
      (await db.select().from(recordings).where(eq(recordings.callId, callId)))[0] ?? null,

    /** Notes the file that is being made. */
    beginConverting: ({ callId, from, to }: Converting, at: Date) =>
      store.together((on) => [setting(on, store.tables, CONVERTING + callId, { from, to }, null, at)]),
    converting: async (): Promise<Converting[]> =>
      (
        await db
          .select({ name: settings.name, value: settings.value })
          .from(settings)
          .where(like(settings.name, `${CONVERTING}%`))
      ).map(({ name, value }) => ({
        callId: name.slice(CONVERTING.length),
        // written by `beginConverting` only
        ...(value.is as { from: string; to: string }),
      })),
    endConverting: (callId: string) =>
      store.together((on) => [on.delete(settings).where(eq(settings.name, CONVERTING + callId))]),
    /** The recording is in the new file from now on. False where it was held, trashed or changed meanwhile. */
    converted: async (callId: string, from: string, stored: Stored, original: string, at: Date) => {
      const [rows] = await store.together((on) => [
        on
          .update(recordings)
          .set({ ...stored, originalSha256: original, formatChangedAt: at })
          .where(and(here(callId), isNull(recordings.heldAt), eq(recordings.file, from)))
          .returning({ callId: recordings.callId }),
      ]);
      return rowsOf(rows).length > 0;
    },

    hold: async (callId: string, by: string, why: string, at: Date) => {
      const [rows] = await store.together((on) => [
        on
          .update(recordings)
          .set({ heldBy: by, heldWhy: why, heldAt: at })
          .where(here(callId))
          .returning({ callId: recordings.callId }),
      ]);
      return rowsOf(rows).length > 0;
    },
    release: (callId: string) =>
      store.together((on) => [
        on
          .update(recordings)
          .set({ heldBy: null, heldWhy: null, heldAt: null })
          .where(eq(recordings.callId, callId)),
      ]),
    /** False where it is held, in the trash already, or gone. */
    trash: async (callId: string, by: string | null, at: Date) => {
      const [rows] = await store.together((on) => [
        on
          .update(recordings)
          .set({ trashedAt: at, trashedBy: by })
          .where(and(here(callId), isNull(recordings.heldAt)))
          .returning({ callId: recordings.callId }),
      ]);
      return rowsOf(rows).length > 0;
    },
    /** False where it is not in the trash. */
    restore: async (callId: string) => {
      const [rows] = await store.together((on) => [
        on
          .update(recordings)
          .set({ trashedAt: null, trashedBy: null })
          .where(and(eq(recordings.callId, callId), isNotNull(recordings.trashedAt)))
          .returning({ callId: recordings.callId }),
      ]);
      return rowsOf(rows).length > 0;
    },
    isTrashed: async (callId: string): Promise<boolean> =>
      (
        await db
          .select({ callId: recordings.callId })
          .from(recordings)
          .where(and(eq(recordings.callId, callId), isNotNull(recordings.trashedAt)))
      ).length > 0,
    /** Those that have been in the trash since before then. */
    trashedBefore: async (before: Date, limit: number): Promise<string[]> =>
      (
        await db
          .select({ callId: recordings.callId })
          .from(recordings)
          .where(lt(recordings.trashedAt, before))
          .orderBy(asc(recordings.trashedAt))
          .limit(limit)
      ).map(({ callId }) => callId),
    /** All that is left of a recording, and what was written down of it. */
    erase: (callId: string) =>
      store.together((on) => [
        on.delete(transcriptLines).where(eq(transcriptLines.callId, callId)),
        on.delete(transcripts).where(eq(transcripts.callId, callId)),
        on.delete(recordingParts).where(eq(recordingParts.callId, callId)),
        on.delete(recordings).where(eq(recordings.callId, callId)),
      ]),

    /** Recordings that are held, or in the trash, newest such deed first, below the cursor. */
    listed: (which: "held" | "trashed", after: Place | null, limit: number) => {
      const [at, by] =
        which === "held"
          ? ([recordings.heldAt, recordings.heldBy] as const)
          : ([recordings.trashedAt, recordings.trashedBy] as const);
      const below: SQL | undefined = after
        ? sql`(${at}, ${recordings.callId}) < (${sql.param(after.startedAt, at)}, ${after.callId})`
        : undefined;
      const inTrash = which === "held" ? isNull(recordings.trashedAt) : undefined;
      return db
        .select({
          callId: recordings.callId,
          startedAt: recordings.startedAt,
          durationSeconds: recordings.durationSeconds,
          bytes: recordings.bytes,
          format: recordings.format,
          heldWhy: recordings.heldWhy,
          at,
          by: who.name,
          agentName: users.name,
          contactName: calls.contactName,
          contactPhone: calls.contactPhone,
        })
        .from(recordings)
        .innerJoin(calls, eq(calls.id, recordings.callId))
        .innerJoin(users, eq(users.id, calls.agentId))
        .leftJoin(who, eq(who.id, by))
        .where(and(isNotNull(at), inTrash, below))
        .orderBy(desc(at), desc(recordings.callId))
        .limit(limit);
    },
    /** Where such a recording stands in that list. */
    placeIn: async (which: "held" | "trashed", callId: string): Promise<Place | null> => {
      const at = which === "held" ? recordings.heldAt : recordings.trashedAt;
      const [row] = await db.select({ at }).from(recordings).where(eq(recordings.callId, callId));
      return row?.at ? { startedAt: row.at, callId } : null;
    },
  };
}
