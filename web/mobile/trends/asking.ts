import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import type { Problem, TrendGroup, Trends } from "#contract";
import { json, problemOf, queryString } from "../../api.ts";
import { createStore, useStore } from "../../ui/store.ts";

/** What is looked at; empty strings narrow nothing. */
export type Wanted = { days: number; scope: string; campaign: string };
export const SPANS = [90, 30, 7];
export const everything: Wanted = { days: 90, scope: "", campaign: "" };

/** Trends with what was asked for. */
export type Answer = { trends: Trends; of: Wanted };

/** It outlives the screen: whoever comes back from a recording finds what was looked at. */
const chosen = createStore(everything);
/** Names to choose from, as the widest answers so far have them: a narrowed one knows only its own. */
const known = createStore<Record<"teams" | "sites" | "campaigns", string[]>>({
  teams: [],
  sites: [],
  campaigns: [],
});

const names = (before: string[], groups: TrendGroup[]): string[] =>
  [...new Set([...before, ...groups.map(({ name }) => name).filter((name) => name !== "")])].toSorted(
    (a, b) => a.localeCompare(b),
  );

/** The trends as they are wanted; null until the first answer, then the last one until the next has come. */
export function useTrends() {
  const wanted = useStore(chosen);
  const choices = useStore(known);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(0);
  const ask = async (): Promise<void> => {
    const mine = (asked.current = (asked.current ?? 0) + 1);
    setBusy(true);
    try {
      const found = await json<Trends>("GET", `/api/stats/trends${queryString(wanted)}`);
      if (mine !== asked.current) return;
      const { teams, sites, campaigns } = known.get();
      known.set({
        teams: names(teams, found.teams),
        sites: names(sites, found.sites),
        campaigns: names(campaigns, found.campaigns),
      });
      setAnswer({ trends: found, of: wanted });
      setProblem(null);
    } catch (error) {
      if (mine === asked.current) setProblem(problemOf(error));
    }
    if (mine === asked.current) setBusy(false);
  };
  useLayoutEffect(() => void ask(), [JSON.stringify(wanted)]);
  return {
    answer,
    busy,
    problem,
    wanted,
    choices,
    narrowed: wanted.scope !== "" || wanted.campaign !== "",
    change: (part: Partial<Wanted>) => chosen.set({ ...wanted, ...part }),
    again: () => void ask(),
  };
}
export type TrendsAsked = ReturnType<typeof useTrends>;
