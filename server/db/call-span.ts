import { eq, gte, like, lt, type Placeholder, type SQL } from "drizzle-orm";
import type { Tables } from "./schema.ts";

/** Which calls somebody looks for, by when they began and what they are. */
export type CallSpan = SpanOf<Date, string> & { q?: string | undefined };
/** A span in a prepared query, with places for its values. */
export type PlacedSpan = SpanOf<SQL, Placeholder> & { q?: undefined };
type SpanOf<Instant, Text> = {
  from?: Instant | undefined;
  to?: Instant | undefined;
  agent?: Text | undefined;
  disposition?: Text | undefined;
  campaign?: Text | undefined;
  contactId?: Text | undefined;
};

/** The conditions that say so. */
export const spanned = (
  calls: Tables["calls"],
  { from, to, agent, disposition, campaign, contactId, q }: CallSpan | PlacedSpan,
) => [
  from && gte(calls.startedAt, from),
  to && lt(calls.startedAt, to),
  agent === undefined ? undefined : eq(calls.agentId, agent),
  disposition === undefined ? undefined : eq(calls.disposition, disposition),
  campaign === undefined ? undefined : eq(calls.campaign, campaign),
  contactId === undefined ? undefined : eq(calls.contactId, contactId),
  q === undefined ? undefined : like(calls.searchText, `%${q}%`),
];
