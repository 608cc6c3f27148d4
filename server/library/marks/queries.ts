import { and, asc, desc, eq, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import type { Tables } from "../../db/schema.ts";
import type { Store } from "../../db/store.ts";
import { notTrashed } from "../queries.ts";

export type NewMark = Tables["recordingMarks"]["$inferInsert"];
export type MarkRow = { mark: Tables["recordingMarks"]["$inferSelect"]; byName: string };

export type MarkQueries = ReturnType<typeof markQueries>;

/** What marks ask of the database. */
export function markQueries(store: Store) {
  const { db } = store;
  const { recordingMarks: marks, recordings, calls, users } = store.tables;
  const { asks, playbookCards: cards, transcriptLines: lines } = store.tables;
  const full = () =>
    db
      .select({ mark: marks, byName: sql<string>`coalesce(${users.name}, '')` })
      .from(marks)
      .leftJoin(users, eq(users.id, marks.by));
  /** Of others, in this agent's recordings. */
  const toSee = (agentId: string) =>
    and(eq(calls.agentId, agentId), ne(marks.by, agentId), isNull(marks.seenAt), notTrashed(recordings));

  return {
    byId: async (id: string): Promise<MarkRow | null> => (await full().where(eq(marks.id, id)))[0] ?? null,
    /** In the order of the audio. */
    of: (callId: string): PromiseLike<MarkRow[]> =>
      full().where(eq(marks.callId, callId)).orderBy(asc(marks.atMs), asc(marks.id)),
    /** What a recording's moments are found by: its call's instants, and where in the audio consent was given. */
    call: async (callId: string) =>
      (
        await db
          .select({
            startedAt: calls.startedAt,
            answeredAt: calls.answeredAt,
            consentAtMs: calls.consentAtMs,
          })
          .from(calls)
          .where(eq(calls.id, callId))
      )[0] ?? null,
    /** What the copilot answered in a call, by a card or by the model, in order, each with its card. */
    answers: (callId: string, limit: number) =>
      db
        .select({ askedAt: asks.askedAt, card: cards.content })
        .from(asks)
        .leftJoin(cards, eq(cards.id, asks.cardId))
        .where(and(eq(asks.callId, callId), or(isNotNull(asks.cardId), eq(asks.outcome, "done"))))
        .orderBy(asc(asks.askedAt), asc(asks.id))
        .limit(limit),
    /** When the customer spoke, in order, as far as it was written down. */
    heard: (callId: string) =>
      db
        .select({ fromMs: lines.fromMs, toMs: lines.toMs })
        .from(lines)
        .where(and(eq(lines.callId, callId), eq(lines.side, "customer")))
        .orderBy(asc(lines.fromMs), asc(lines.n)),

    /** @throws a unique violation where the id is taken */
    add: (row: NewMark) => store.together((on) => [on.insert(marks).values(row)]),
    change: (id: string, change: { atMs: number; text: string }) =>
      store.together((on) => [on.update(marks).set(change).where(eq(marks.id, id))]),
    remove: (id: string) => store.together((on) => [on.delete(marks).where(eq(marks.id, id))]),

    /** The newest first, with how many there are. */
    unseen: async (agentId: string, limit: number) => {
      const rows = await db
        .select({
          mark: marks,
          byName: sql<string>`coalesce(${users.name}, '')`,
          call: {
            contactName: calls.contactName,
            contactPhone: calls.contactPhone,
            startedAt: calls.startedAt,
          },
        })
        .from(marks)
        .innerJoin(calls, eq(calls.id, marks.callId))
        .innerJoin(recordings, eq(recordings.callId, marks.callId))
        .leftJoin(users, eq(users.id, marks.by))
        .where(toSee(agentId))
        .orderBy(desc(marks.at), desc(marks.id))
        .limit(limit);
      const [all] = await db
        .select({ n: sql<number>`count(*)`.mapWith(Number) })
        .from(marks)
        .innerJoin(calls, eq(calls.id, marks.callId))
        .innerJoin(recordings, eq(recordings.callId, marks.callId))
        .where(toSee(agentId));
      return { count: all?.n ?? 0, rows };
    },
    /** Marks of others in a recording are seen by its agent. */
    seen: (callId: string, agentId: string, at: Date) =>
      store.together((on) => [
        on
          .update(marks)
          .set({ seenAt: at })
          .where(and(eq(marks.callId, callId), ne(marks.by, agentId), isNull(marks.seenAt))),
      ]),
  };
}
