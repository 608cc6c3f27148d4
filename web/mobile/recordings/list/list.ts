import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Me, Page, Problem, Recording } from "#contract";
import { api, problemOf } from "../../../api.ts";
import { board } from "../../../live.ts";
import { useStore } from "../../../ui/store.ts";
import { activeIn, hashOf, queryOf, viewIn, type Wanted } from "../wanted.ts";

const TYPING_MS = 250;
const nothing: Page<Recording> = { items: [], next: null };

/** Whether a recording that has just arrived belongs into a narrowed list; a search is the server's to answer. */
const belongs = (one: Recording, wanted: Wanted): boolean =>
  wanted.q.trim() === "" &&
  (wanted.when !== "range" || wanted.to === "") &&
  (wanted.agent === "" || one.agentId === wanted.agent) &&
  (wanted.disposition === "" || one.disposition === wanted.disposition) &&
  (wanted.campaign === "" || one.campaign === wanted.campaign) &&
  (wanted.ai === "" || one.aiAsks > 0) &&
  (wanted.marked === "" || one.marks > 0) &&
  (wanted.min === "" || one.durationSeconds >= Number(wanted.min) * 60) &&
  (wanted.max === "" || one.durationSeconds < Number(wanted.max) * 60);

/** The found recordings with the live ones among them: newer versions replace, new ones go on top. */
function withLive(found: Recording[], live: Recording[], wanted: Wanted): Recording[] {
  const byId = new Map(live.map((one) => [one.callId, one]));
  const known = new Set(found.map(({ callId }) => callId));
  const added = live.filter((one) => !known.has(one.callId) && belongs(one, wanted));
  const all = [...added, ...found.map((one) => byId.get(one.callId) ?? one)];
  return all.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** What the address names; a change stands in it at once, without leaving the page. */
export function useView() {
  const [view, setView] = useState(viewIn(location.hash));
  useLayoutEffect(() => {
    const follow = (): void => setView(viewIn(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  const change = (part: Partial<typeof view>): void => {
    const next = { ...viewIn(location.hash), ...part };
    history.replaceState(null, "", hashOf(next.open, next.wanted));
    setView(next);
  };
  return { ...view, change };
}

/** The list of recordings as it is narrowed, with what arrives live. `items` is null until the first answer. */
export function useRecordings(me: Me, wanted: Wanted) {
  const live = useStore(board).recordings;
  const [page, setPage] = useState<Page<Recording> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [gone, setGone] = useState<string[]>([]);
  const asked = useRef(0);
  const query = queryOf(wanted, me.timeZone, new Date());

  const load = async (after?: string): Promise<void> => {
    asked.current = (asked.current ?? 0) + 1;
    const mine = asked.current;
    try {
      const found = await api.recordings({ ...query, after });
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

  const items = page && withLive(page.items, live, wanted).filter(({ callId }) => !gone.includes(callId));
  return {
    items,
    next: page?.next ?? null,
    problem,
    query,
    narrowed: activeIn(wanted).length > 0,
    more: () => void load(page?.next ?? undefined),
    again: () => void load(),
    /** Changes what the list shows of one recording, e.g. how many marks it has. */
    changed: (one: Recording) =>
      setPage(
        (now) => now && { ...now, items: now.items.map((old) => (old.callId === one.callId ? one : old)) },
      ),
    /** Takes a recording out of the list, or puts it back. */
    hide: (callId: string, hidden: boolean) =>
      setGone((now) => (hidden ? [...now, callId] : now.filter((id) => id !== callId))),
  };
}
export type List = ReturnType<typeof useRecordings>;
