import { useLayoutEffect, useState } from "hono/jsx/dom";
import type { Disposition } from "#contract";
import { officeApi } from "../office.ts";

/** What every server knows, for when the campaign's own list does not come. */
const BUILT_IN: Disposition[] = [
  { code: "sale", name: null, kind: "sale", asksFor: "amount" },
  { code: "follow_up", name: null, kind: "contact", asksFor: "callback" },
  { code: "not_interested", name: null, kind: "contact", asksFor: null },
  { code: "no_answer", name: null, kind: "no_contact", asksFor: null },
  { code: "other", name: null, kind: "contact", asksFor: null },
];

const known = new Map<string, Disposition[]>();
const keyOf = (campaign: string | null): string => campaign ?? "";

/** Gets the outcomes of a campaign, once a page; those of every server where they do not come. */
export async function loadOutcomes(campaign: string | null): Promise<void> {
  const key = keyOf(campaign);
  if (known.has(key)) return;
  try {
    known.set(key, await officeApi.dispositions(campaign));
  } catch {
    known.set(key, BUILT_IN);
  }
}

/** The outcomes of a call's campaign in the order of their keys; null until they have come. */
export function useOutcomes(call: { campaign: string | null } | null): Disposition[] | null {
  const [, setLoaded] = useState("");
  const campaign = call?.campaign ?? null;
  const wanted = call !== null;
  useLayoutEffect(() => {
    if (wanted) void loadOutcomes(campaign).then(() => setLoaded(keyOf(campaign)));
  }, [campaign, wanted]);
  return known.get(keyOf(campaign)) ?? null;
}

/** The keys of outcomes in their order: the digits, then letters. */
export const OUTCOME_KEYS = "123456789abcdef";
