import { setImmediate as nextTurn } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { CorrectedValues } from "#contract";
import { searchable } from "../../db/searchable.ts";
import type { Store } from "../../db/store.ts";
import type { Library } from "../../library/library.ts";
import { blanking, type Called } from "./blanking.ts";
import { elsewhereQueries, type Corrected, type Texts, type Written } from "./queries.ts";

type Page<Row> = { after(id: string): PromiseLike<Row[]>; change(rows: Row[]): Promise<unknown> };

/** Blanks a person out of what people wrote in calls, contacts, comments and reasons of others. */
export function createElsewhere(store: Store, library: Pick<Library, "reword">) {
  const queries = elsewhereQueries(store);

  /** `blanked` gives a row anew, or null where the person is not in it. @returns those that were changed */
  async function through<Row extends { id: string }>(
    { after, change }: Page<Row>,
    blanked: (row: Row) => Row | null,
  ): Promise<Row[]> {
    const all: Row[] = [];
    for (let last: string | undefined = ""; last !== undefined;) {
      const rows: Row[] = await after(last);
      const changed = rows.flatMap((row) => blanked(row) ?? []);
      if (changed.length > 0) await change(changed);
      all.push(...changed);
      last = rows.at(-1)?.id;
      // a promise alone would go on within the same turn of the event loop
      await nextTurn();
    }
    return all;
  }

  /** Of these names those that no other caller has: «Cliente nuevo» would be in half of all notes. */
  async function onlyTheirs(names: string[]): Promise<string[]> {
    const shared = new Set<string>();
    const wanted = new Set(names.map(searchable));
    const look = ({ text }: Written): null => {
      const name = searchable(text);
      if (wanted.has(name)) shared.add(name);
      return null;
    };
    for (const place of [queries.callers, queries.contactNames]) await through(place, look);
    return names.filter((name) => !shared.has(searchable(name)));
  }

  return {
    /**
     * Full names and phones go, the rest of each text stays. To be called once the person's own calls and contacts are
     * nameless: a name that others have, too, says nothing of whom.
     */
    async blank({ names, phones }: Called): Promise<void> {
      const blank = blanking({ names: await onlyTheirs(names), phones });
      const written = (row: Written): Written | null => {
        const text = blank(row.text);
        return text === row.text ? null : { ...row, text };
      };
      const notes = (values: CorrectedValues): CorrectedValues =>
        typeof values["notes"] === "string" ? { ...values, notes: blank(values["notes"]) } : values;
      const corrected = (row: Corrected): Corrected | null => {
        const next = { id: row.id, before: notes(row.before), after: notes(row.after), why: blank(row.why) };
        return isDeepStrictEqual(next, row) ? null : next;
      };
      const places: Texts[] = [queries.contacts, queries.marks, queries.clips, queries.holds];
      for (const place of places) await through(place, written);
      await through({ after: queries.corrections, change: queries.changeCorrections }, corrected);
      // what a recording is found by has its call's notes in it
      for (const { id } of await through(queries.notes, written)) await library.reword(id);
    },
  };
}
