import type { NewPerson } from "../../server/auth/queries.ts";
import type { NewCall } from "../../server/calls/beginning/queries.ts";

/** A person as the database takes one, in Madrid's «Norte» unless it says otherwise. */
export const personRow = (
  id: string,
  name: string,
  role: "agent" | "admin",
  place: { team: string; site: string } = { team: "Norte", site: "Madrid" },
): NewPerson => ({
  id,
  name,
  role,
  email: `${name}@example.com`,
  passwordHash: "scrypt$…",
  language: "es",
  ...place,
});

/** A call that has begun, as the database takes one. */
export const callRow = (
  id: string,
  agentId: string,
  startedAt: Date,
  more: Partial<NewCall> = {},
): NewCall => ({
  id,
  agentId,
  teamId: "",
  siteId: "",
  startedAt,
  receivedAt: startedAt,
  clockOffsetMs: 0,
  startDigest: "d",
  direction: "inbound",
  source: "softphone",
  contactName: "Juan García",
  contactPhone: null,
  campaign: null,
  externalId: null,
  searchText: "juan garcia",
  ...more,
});
