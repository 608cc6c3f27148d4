import { eq, gte, like, lt } from "drizzle-orm";
import type { Tables } from "./schema.ts";

/** Which calls somebody looks for, by when they began and what they are. */
export type CallSpan = {
  from?: Date | undefined;
  to?: Date | undefined;
  agent?: string | undefined;
  disposition?: string | undefined;
  campaign?: string | undefined;
  contactId?: string | undefined;
  q?: string | undefined;
};

/** The conditions that say so. */
export const spanned = (
  calls: Tables["calls"],
  { from, to, agent, disposition, campaign, contactId, q }: CallSpan,
) => [
  from && gte(calls.startedAt, from),
  to && lt(calls.startedAt, to),
  agent === undefined ? undefined : eq(calls.agentId, agent),
  disposition === undefined ? undefined : eq(calls.disposition, disposition),
  campaign === undefined ? undefined : eq(calls.campaign, campaign),
  contactId === undefined ? undefined : eq(calls.contactId, contactId),
  q === undefined ? undefined : like(calls.searchText, `%${q}%`),
];
