import type { ApiScope } from "#contract";

const ID = "[0-9a-f-]{36}";
const path = (pattern: string): RegExp => new RegExp(`^/api/${pattern}/?$`);

/** Every route that a key may call, by the scope that opens it: what is not here is closed to keys. */
const OPENED: Record<ApiScope, [method: "GET" | "POST" | "PATCH", path: RegExp][]> = {
  "calls:write": [["POST", path("calls/(start|end)")]],
  "calls:read": [
    ["GET", path(`calls(/callbacks|/${ID}|/${ID}/corrections)?`)],
    ["GET", path("dispositions(/campaigns)?")],
  ],
  "recordings:read": [
    ["GET", path("recordings(/stats)?")],
    ["GET", path(`recordings/${ID}/(audio|peaks|metadata)`)],
  ],
  "stats:read": [["GET", path("stats(/trends|/metrics|/explain|/behind)?")]],
  // who keeps contacts in step must find the one to change
  "contacts:write": [
    ["GET", path(`contacts(/${ID})?`)],
    ["POST", path("contacts")],
    ["PATCH", path(`contacts/${ID}`)],
  ],
};

/** Whether one of these scopes opens this request. */
export const opens = (scopes: readonly ApiScope[], method: string, requested: string): boolean =>
  scopes.some((scope) =>
    OPENED[scope].some(
      ([verb, pattern]) => verb === (method === "HEAD" ? "GET" : method) && pattern.test(requested),
    ),
  );
