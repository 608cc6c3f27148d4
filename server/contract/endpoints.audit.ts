import { z } from "zod";
import * as audit from "./audit.ts";
import { id } from "./common.ts";
import type { Endpoint } from "./endpoint.ts";

/** Who did what, whether the chain of it is whole, and who heard a recording. */
export const auditEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/audit",
    summary: "Who did what, newest first",
    who: "admin",
    query: audit.auditFilter,
    status: 200,
    response: audit.auditPage,
  },
  {
    method: "get",
    path: "/api/audit/state",
    summary: "The chain's newest entry, and the last check of it",
    who: "admin",
    status: 200,
    response: audit.auditState,
  },
  {
    method: "post",
    path: "/api/audit/check",
    summary: "Check the chain now: events `progress` and `checked`",
    who: "admin",
    status: 200,
    response: "events",
  },
  {
    method: "get",
    path: "/api/recordings/:callId/listeners",
    summary: "Who heard a recording or downloaded it, newest first",
    who: "signed in",
    params: z.object({ callId: id }),
    status: 200,
    response: z.object({ items: z.array(audit.listener) }),
  },
];
