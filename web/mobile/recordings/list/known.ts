import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { SavedFilter } from "#contract";
import { json } from "../../../api.ts";
import { loadOutcomes } from "../../../ui/outcomes.ts";
import { library } from "../api.ts";

/** What a list can be narrowed by, besides what every list has. */
export type Known = { campaigns: string[]; filters: SavedFilter[] };

const campaigns = async (): Promise<string[]> =>
  (await json<{ items: string[] }>("GET", "/api/dispositions/campaigns")).items;

/** What is asked for, or nothing where no answer comes. */
const orNone = <T>(asked: Promise<T[]>): Promise<T[]> => asked.catch(() => []);

/** Null until it has come, so that no chip pushes the list away; without an answer there are fewer chips. */
export function useKnown(campaign: string): Known | null {
  const [known, setKnown] = useState<Known | null>(null);
  useLayoutEffect(() => {
    void Promise.all([
      orNone(campaigns()),
      orNone(library.filters()),
      loadOutcomes(campaign === "" ? null : campaign),
    ]).then(([names, filters]) => setKnown({ campaigns: names, filters }));
  }, []);
  return known;
}
