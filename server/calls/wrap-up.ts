import type { z } from "zod";
import type { callChange } from "#contract";
import type { Time } from "../time/time.ts";
import type { CallEdit, CallRow } from "./queries.ts";

/**
 * What a change of an answered call does to its wrap-up: it ends at the instant that the agent names, else when a
 * disposition is saved while it goes on. Null where it changes nothing.
 */
export async function wrapUpEnd(
  { outcome, endedAt, wrapUpEndedAt, siteId }: CallRow["call"],
  { disposition, wrapUpEndedAt: named }: z.output<typeof callChange>,
  time: Pick<Time, "wrapUpEnding">,
  now: Date,
): Promise<CallEdit | null> {
  if (endedAt === null || outcome !== "answered") return null;
  const said = typeof disposition === "string" && wrapUpEndedAt === null;
  if (named === undefined && !said) return null;
  const at = named === undefined ? now : new Date(Math.min(Date.parse(named), now.getTime()));
  return time.wrapUpEnding(siteId, endedAt, at, "agent");
}
