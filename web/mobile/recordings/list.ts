import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Me, Page, Problem, Recording } from "#contract";
import { api, problemOf } from "../../api.ts";
import { board } from "../../live.ts";
import { useStore } from "../../ui/store.ts";
import { everything, queryOf, type Wanted } from "./filters.tsx";

const TYPING_MS = 250;
const nothing: Page<Recording> = { items: [], next: null };

/** Whether a recording that has just arrived belongs into a narrowed list; a search is the server's to answer. */
const belongs = (one: Recording, wanted: Wanted): boolean =>
  wanted.q.trim() === "" &&
  (wanted.agent === "" || one.agentId === wanted.agent) &&
  (wanted.disposition === "" || one.disposition === wanted.disposition) &&
  (!wanted.ai || one.aiAsks > 0) &&
  (wanted.minutes === "" || one.durationSeconds >= Number(wanted.minutes) * 60);

/** The found recordings with the live ones among them: newer versions replace, new ones go on top. */
function withLive(found: Recording[], live: Recording[], wanted: Wanted): Recording[] {
  const byId = new Map(live.map((one) => [one.callId, one]));
  const known = new Set(found.map(({ callId }) => callId));
  const added = live.filter((one) => !known.has(one.callId) && belongs(one, wanted));
  const all = [...added, ...found.map((one) => byId.get(one.callId) ?? one)];
  return all.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** The list of recordings as it is narrowed, with what arrives live. `items` is null until the first answer. */
export function useRecordings(me: Me) {
  const live = useStore(board).recordings;
  const [wanted, setWanted] = useState(everything);
  const [page, setPage] = useState<Page<Recording> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(0);

  const load = async (after?: string): Promise<void> => {
    asked.current = (asked.current ?? 0) + 1;
    const mine = asked.current;
    try {
      const found = await api.recordings({ ...queryOf(wanted, me.timeZone, new Date()), after });
      if (mine !== asked.current) return;
      const before = after === undefined ? [] : (page ?? nothing).items;
      setPage({ items: [...before, ...found.items], next: found.next });
      setProblem(null);
    } catch (error) {
      if (mine === asked.current) setProblem(problemOf(error));
    }
  };
  useLayoutEffect(() => {
    const wait = setTimeout(() => void load(), page === null ? 0 : TYPING_MS);
    return () => clearTimeout(wait);
  }, [JSON.stringify(wanted)]);

  return {
    items: page && withLive(page.items, live, wanted),
    next: page?.next ?? null,
    problem,
    wanted,
    narrowed: JSON.stringify(wanted) !== JSON.stringify(everything),
    change: (part: Partial<Wanted>) => setWanted({ ...wanted, ...part }),
    clear: () => setWanted(everything),
    more: () => void load(page?.next ?? undefined),
    again: () => void load(),
  };
}
