import type { ApiScope } from "#contract";

/** Every scope, from what tells to what reads most; the type says when one is missing. */
const order: Record<ApiScope, true> = {
  "calls:write": true,
  "calls:read": true,
  "contacts:write": true,
  "stats:read": true,
  "recordings:read": true,
};
export const apiScopes = Object.keys(order) as ApiScope[];
