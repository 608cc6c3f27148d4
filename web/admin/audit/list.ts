import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { AuditEntry, Problem } from "#contract";
import { problemOf } from "../../api.ts";
import { auditApi } from "./api.ts";

/** What the list is narrowed to; empty strings and null narrow nothing. `about` carries what its thing is called. */
export type Wanted = {
  who: string;
  what: string;
  about: { id: string; name: string } | null;
  from: string;
  to: string;
};
const everything: Wanted = { who: "", what: "", about: null, from: "", to: "" };

type Found = { items: AuditEntry[] | null; next: string | null; problem: Problem | null };

/** The entries as they are narrowed, newest first, a page at a time. `items` is null until the first answer. */
export function useEntries() {
  const [wanted, setWanted] = useState(everything);
  const [found, setFound] = useState<Found>({ items: null, next: null, problem: null });
  const asked = useRef(0);
  const load = (before: AuditEntry[], after?: string): void => {
    const mine = (asked.current = (asked.current ?? 0) + 1);
    const { about, ...rest } = wanted;
    auditApi.list({ ...rest, subject: about?.id, after, limit: 50 }).then(
      ({ items, next }) => {
        if (mine === asked.current) setFound({ items: [...before, ...items], next, problem: null });
      },
      (error: unknown) => {
        if (mine === asked.current) setFound((now) => ({ ...now, problem: problemOf(error) }));
      },
    );
  };
  useLayoutEffect(() => load([]), [wanted]);
  return {
    ...found,
    wanted,
    narrowed: Object.values(wanted).some((value) => value !== "" && value !== null),
    change: (part: Partial<Wanted>) => setWanted({ ...wanted, ...part }),
    clear: () => setWanted(everything),
    more: () => load(found.items ?? [], found.next ?? undefined),
    again: () => load([]),
  };
}
