import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Call, Explanation, FigurePlace, MetricId, Page, Problem } from "#contract";
import { json, problemOf, queryString } from "../../api.ts";

export type Part = "numerator" | "denominator";
const PAGE = 20;

/** What a number is made of; null while it is on its way. The former one stays until the next has come. */
export function useExplanation(metric: MetricId, place: FigurePlace) {
  const [explanation, setExplanation] = useState<Explanation | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(0);
  const ask = async (): Promise<void> => {
    const mine = (asked.current = (asked.current ?? 0) + 1);
    try {
      const path = `/api/stats/explain${queryString({ ...place, metric })}`;
      const found = await json<Explanation>("GET", path);
      if (mine !== asked.current) return;
      setExplanation(found);
      setProblem(null);
    } catch (error) {
      if (mine === asked.current) setProblem(problemOf(error));
    }
  };
  useLayoutEffect(() => void ask(), [metric, JSON.stringify(place)]);
  return { explanation, problem, again: () => void ask() };
}

/** The calls behind a part of a number, newest first, a page at a time; `items` is null until the first. */
export function useBehind(metric: MetricId, place: FigurePlace, part: Part) {
  const [page, setPage] = useState<Page<Call> | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(0);
  const ask = async (before: Call[], after?: string): Promise<void> => {
    const mine = (asked.current = (asked.current ?? 0) + 1);
    try {
      const query = { ...place, metric, part, limit: PAGE, after };
      const found = await json<Page<Call>>("GET", `/api/stats/behind${queryString(query)}`);
      if (mine !== asked.current) return;
      setPage({ items: [...before, ...found.items], next: found.next });
      setProblem(null);
    } catch (error) {
      if (mine === asked.current) setProblem(problemOf(error));
    }
  };
  useLayoutEffect(() => {
    setPage(null);
    void ask([]);
  }, [metric, part, JSON.stringify(place)]);
  return {
    items: page?.items ?? null,
    next: page?.next ?? null,
    problem,
    more: () => void ask(page?.items ?? [], page?.next ?? undefined),
  };
}
