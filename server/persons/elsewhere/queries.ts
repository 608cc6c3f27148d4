import { and, asc, eq, gt, ne, sql, type AnyColumn } from "drizzle-orm";
import type { CorrectedValues } from "#contract";
import type { Store } from "../../db/store.ts";

/** Rows that are looked through at a time: some milliseconds each. */
const LOOKED = 2_000;

/** A text that somebody wrote. */
export type Written = { id: string; text: string };
/** All texts of one kind, in the order of their ids. */
export type Texts = {
  after(id: string): PromiseLike<Written[]>;
  change(changed: Written[]): Promise<unknown>;
};
export type Corrected = { id: string; before: CorrectedValues; after: CorrectedValues; why: string };

/** Texts that people wrote about anybody, in which somebody may be named who is not the one that the row is of. */
export function elsewhereQueries(store: Store) {
  const { db } = store;
  const { calls, clips, contacts, corrections, recordingMarks, recordings } = store.tables;

  /** @param key the table's property that is the text */
  function texts(table: object, key: string, { id, text }: { id: AnyColumn; text: AnyColumn }): Texts {
    // of the table only these columns are named
    const any = table as typeof calls;
    return {
      after: (after) =>
        db
          .select({ id: sql<string>`${id}`, text: sql<string>`${text}` })
          .from(any)
          .where(and(ne(text, ""), gt(id, after)))
          .orderBy(asc(id))
          .limit(LOOKED),
      change: (changed) =>
        store.together((on) =>
          changed.map((row) =>
            on
              .update(any)
              .set({ [key]: row.text })
              .where(eq(id, row.id)),
          ),
        ),
    };
  }

  return {
    callers: texts(calls, "contactName", { id: calls.id, text: calls.contactName }),
    contactNames: texts(contacts, "name", { id: contacts.id, text: contacts.name }),
    notes: texts(calls, "notes", { id: calls.id, text: calls.notes }),
    contacts: texts(contacts, "notes", { id: contacts.id, text: contacts.notes }),
    marks: texts(recordingMarks, "text", { id: recordingMarks.id, text: recordingMarks.text }),
    clips: texts(clips, "title", { id: clips.id, text: clips.title }),
    holds: texts(recordings, "heldWhy", { id: recordings.callId, text: recordings.heldWhy }),

    corrections: (after: string): PromiseLike<Corrected[]> =>
      db
        .select({
          id: corrections.id,
          before: corrections.before,
          after: corrections.after,
          why: corrections.why,
        })
        .from(corrections)
        .where(gt(corrections.id, after))
        .orderBy(asc(corrections.id))
        .limit(LOOKED),
    changeCorrections: (changed: Corrected[]) =>
      store.together((on) =>
        changed.map(({ id, ...values }) => on.update(corrections).set(values).where(eq(corrections.id, id))),
      ),
  };
}
