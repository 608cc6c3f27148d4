import { and, asc, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import { audioFormat, type Part } from "#contract";
import type { Scope } from "../auth/scope.ts";
import { bind, preparing, statement, type Database, type Store } from "../db/store.ts";
import { placed, withinScope, type PlacedScope } from "../db/within-scope.ts";
import type { Tables } from "../db/schema.ts";
import { fileAs } from "./store.ts";

export type NewRecording = Tables["recordings"]["$inferInsert"];
export type RecordingRow = NonNullable<Awaited<ReturnType<ReturnType<typeof recordingQueries>["byCall"]>>>;

/** What the recordings room asks of the database. */
export function recordingQueries(store: Store) {
  const { db } = store;
  const { calls, users, recordings, recordingParts } = store.tables;
  const run = preparing(store);
  const within = (scope: Scope | PlacedScope) =>
    withinScope(scope, { agent: calls.agentId, team: calls.teamId, site: calls.siteId });
  const full = (on: Database = db) =>
    on
      .select({ recording: recordings, call: calls, agentName: users.name })
      .from(recordings)
      .innerJoin(calls, eq(calls.id, recordings.callId))
      .innerJoin(users, eq(users.id, calls.agentId));
  // each part asks these
  const parts = statement("recording_parts", (on) =>
    on
      .select({ n: recordingParts.n, bytes: recordingParts.bytes, sha256: recordingParts.sha256 })
      .from(recordingParts)
      .where(eq(recordingParts.callId, sql.placeholder("callId")))
      .orderBy(asc(recordingParts.n)),
  );
  const putPart = statement("put_recording_part", (on) => {
    const value = (name: keyof Part | "callId") => sql.placeholder(name);
    return on
      .insert(recordingParts)
      .values({ callId: value("callId"), n: value("n"), bytes: value("bytes"), sha256: value("sha256") })
      .onConflictDoUpdate({
        target: [recordingParts.callId, recordingParts.n],
        set: { bytes: sql`excluded.bytes`, sha256: sql`excluded.sha256` },
      })
      .returning({ n: recordingParts.n });
  });

  return {
    byCall: async (scope: Scope, callId: string) => {
      const { form, places, values } = placed(scope);
      const one = (db: Database) =>
        full(db).where(
          and(eq(recordings.callId, sql.placeholder("callId")), isNull(recordings.trashedAt), within(places)),
        );
      return (await run(`recording_${form}`, one, { ...values, callId }))[0] ?? null;
    },
    /** Whose file lies there, in whichever format. */
    takenBy: async (file: string) =>
      (
        await db
          .select({ callId: recordings.callId })
          .from(recordings)
          .where(
            inArray(
              recordings.file,
              audioFormat.options.map((format) => fileAs(file, format)),
            ),
          )
      )[0]?.callId ?? null,
    countSince: async (agentId: string, from: Date) =>
      (
        await db
          .select({ n: sql<number>`count(*)`.mapWith(Number) })
          .from(recordings)
          .where(and(eq(recordings.agentId, agentId), gte(recordings.startedAt, from)))
      )[0]?.n ?? 0,

    parts: (callId: string): Promise<Part[]> => store.rows(bind(parts, { callId })),
    putPart: (callId: string, part: Part) => store.together(() => [bind(putPart, { callId, ...part })]),
    complete: (row: NewRecording) =>
      store.together((db) => [
        db.insert(recordings).values(row).onConflictDoNothing({ target: recordings.callId }),
        db.delete(recordingParts).where(eq(recordingParts.callId, row.callId)),
      ]),
  };
}
