import { and, asc, count, eq, gt, inArray, isNotNull, ne, or, sql, sum } from "drizzle-orm";
import type { CorrectedValues } from "#contract";
import type { Store } from "../db/store.ts";

/** A call of a person as an erasure needs it. */
export type CallOfPerson = { id: string; campaign: string | null };
/** What stands for the digest of a call whose person was erased. */
const ERASED = "erased";
/** How many ids go into one question. */
export const BATCH = 200;
/** Calls that are looked through at a time: some milliseconds each. */
const SCANNED = 5_000;

/** What the persons room asks of the database. All of it is about one person, whatever team or site has a part. */
export function personQueries(store: Store) {
  const { db } = store;
  const {
    asks,
    calls,
    clips,
    contacts,
    contactPhones,
    corrections,
    recordingMarks,
    recordingParts,
    recordings,
    savedFilters,
    schedules,
    teams,
    transcriptLines,
    transcripts,
    users,
  } = store.tables;
  const number = (value: unknown): number => Number(value ?? 0);

  return {
    contact: async (id: string) => (await db.select().from(contacts).where(eq(contacts.id, id)))[0] ?? null,
    phonesOf: async (contactIds: string[]): Promise<string[]> =>
      (
        await db
          .selectDistinct({ phone: contactPhones.phone })
          .from(contactPhones)
          .where(inArray(contactPhones.contactId, contactIds))
      ).map(({ phone }) => phone),
    contactsWith: async (phones: string[]): Promise<string[]> =>
      (
        await db
          .selectDistinct({ id: contactPhones.contactId })
          .from(contactPhones)
          .where(inArray(contactPhones.phone, phones))
      ).map(({ id }) => id),
    contacts: (ids: string[]) =>
      db
        .select({ contact: contacts, team: teams.name })
        .from(contacts)
        .innerJoin(teams, eq(teams.id, contacts.teamId))
        .where(inArray(contacts.id, ids)),

    /** Calls that have a phone or a contact, by id, after one of them: every call is looked at once. */
    callsAfter: (after: string) =>
      db
        .select({
          id: calls.id,
          agentId: calls.agentId,
          campaign: calls.campaign,
          contactId: calls.contactId,
          phone: calls.contactPhone,
        })
        .from(calls)
        .where(and(gt(calls.id, after), or(isNotNull(calls.contactPhone), isNotNull(calls.contactId))))
        .orderBy(asc(calls.id))
        .limit(SCANNED),

    /** All that is known of these calls. */
    calls: (ids: string[]) =>
      db
        .select({ call: calls, agentName: users.name })
        .from(calls)
        .innerJoin(users, eq(users.id, calls.agentId))
        .where(inArray(calls.id, ids))
        .orderBy(asc(calls.startedAt)),
    /** Those of these calls that an erasure has not been through in this database. */
    unerased: (ids: string[]) =>
      db
        .select({
          id: calls.id,
          campaign: calls.campaign,
          name: calls.contactName,
          phone: calls.contactPhone,
        })
        .from(calls)
        .where(and(inArray(calls.id, ids), ne(calls.startDigest, ERASED))),
    recordings: (ids: string[]) =>
      db.select().from(recordings).where(inArray(recordings.callId, ids)).orderBy(asc(recordings.startedAt)),
    clips: (ids: string[]) =>
      db.select().from(clips).where(inArray(clips.callId, ids)).orderBy(asc(clips.at)),
    marks: (ids: string[]) =>
      db
        .select()
        .from(recordingMarks)
        .where(inArray(recordingMarks.callId, ids))
        .orderBy(asc(recordingMarks.atMs)),
    lines: (ids: string[]) =>
      db
        .select()
        .from(transcriptLines)
        .where(inArray(transcriptLines.callId, ids))
        .orderBy(asc(transcriptLines.callId), asc(transcriptLines.n)),
    asks: (ids: string[]) =>
      db.select().from(asks).where(inArray(asks.callId, ids)).orderBy(asc(asks.askedAt)),
    corrections: (ids: string[]) =>
      db.select().from(corrections).where(inArray(corrections.subjectId, ids)).orderBy(asc(corrections.at)),

    /** How much there is of these calls. */
    counts: async (ids: string[]) => {
      const [[audio], [said], [marked], [cut]] = await Promise.all([
        db
          .select({ n: count(), seconds: sum(recordings.durationSeconds) })
          .from(recordings)
          .where(inArray(recordings.callId, ids)),
        db.select({ n: count() }).from(transcriptLines).where(inArray(transcriptLines.callId, ids)),
        db.select({ n: count() }).from(recordingMarks).where(inArray(recordingMarks.callId, ids)),
        db.select({ n: count() }).from(clips).where(inArray(clips.callId, ids)),
      ]);
      return {
        recordings: number(audio?.n),
        seconds: number(audio?.seconds),
        transcriptLines: number(said?.n),
        marks: number(marked?.n),
        clips: number(cut?.n),
      };
    },
    held: (ids: string[]) =>
      db
        .select({ callId: recordings.callId, startedAt: recordings.startedAt, why: recordings.heldWhy })
        .from(recordings)
        .where(and(inArray(recordings.callId, ids), isNotNull(recordings.heldAt))),

    /** Whatever a PC still has of these calls is not taken any more. */
    refuse: (ids: string[]) =>
      store.together((on) => [on.update(calls).set({ mayRecord: false }).where(inArray(calls.id, ids))]),
    /** What had come of recordings that were never complete. */
    forgetParts: (ids: string[]) =>
      store.together((on) => [on.delete(recordingParts).where(inArray(recordingParts.callId, ids))]),
    /** The calls stay with their figures; who was on the other side and what was said goes. */
    forgetCalls: (
      ids: { id: string; searchText: string }[],
      cleaned: { id: string; before: CorrectedValues; after: CorrectedValues }[],
    ) =>
      store.together((on) => [
        on.delete(transcriptLines).where(
          inArray(
            transcriptLines.callId,
            ids.map(({ id }) => id),
          ),
        ),
        on.delete(transcripts).where(
          inArray(
            transcripts.callId,
            ids.map(({ id }) => id),
          ),
        ),
        ...ids.map(({ id, searchText }) =>
          on
            .update(calls)
            .set({
              contactId: null,
              contactName: null,
              contactPhone: null,
              externalId: null,
              notes: null,
              callbackAt: null,
              callbackDoneAt: null,
              searchText,
              // a phone has few digits: whoever tries them all would find it by its digest
              startDigest: ERASED,
              endDigest: sql`case when ${calls.endDigest} is null then null else ${ERASED} end`,
            })
            .where(eq(calls.id, id)),
        ),
        ...cleaned.map(({ id, before, after }) =>
          on.update(corrections).set({ before, after, why: "" }).where(eq(corrections.id, id)),
        ),
      ]),
    forgetContacts: (ids: string[]) =>
      store.together((on) => [
        on.update(calls).set({ contactId: null }).where(inArray(calls.contactId, ids)),
        on.delete(contactPhones).where(inArray(contactPhones.contactId, ids)),
        on.delete(contacts).where(inArray(contacts.id, ids)),
      ]),

    filters: () =>
      db
        .select({ id: savedFilters.id, name: savedFilters.name, filter: savedFilters.filter })
        .from(savedFilters),
    schedules: () =>
      db.select({ id: schedules.id, name: schedules.name, input: schedules.input }).from(schedules),
    forgetFilters: (filterIds: string[], scheduleIds: string[]) =>
      store.together((on) => [
        on.delete(savedFilters).where(inArray(savedFilters.id, filterIds)),
        on.delete(schedules).where(inArray(schedules.id, scheduleIds)),
      ]),
  };
}
