import type { AuditCheckEvent, AuditEntry, AuditState, Page } from "#contract";
import { json, queryString, request, type Query } from "../../api.ts";
import { serverEvents } from "../../sse.ts";

/** The server's routes of who did what. */
export const auditApi = {
  list: (query: Query) => json<Page<AuditEntry>>("GET", `/api/audit${queryString(query)}`),
  state: () => json<AuditState>("GET", "/api/audit/state"),
  /** Tells how far a check is; what it found is then in the state. @throws where it was cut off before that */
  async check(tell: (progress: { done: number; of: number }) => void): Promise<void> {
    const { body } = await request("POST", "/api/audit/check");
    let ended = false;
    for await (const { event, data } of body ? serverEvents(body) : []) {
      const said = { event, data: JSON.parse(data) as unknown } as AuditCheckEvent;
      if (said.event === "progress") tell(said.data);
      else ended = true;
    }
    if (!ended) throw new TypeError("the check was cut off");
  },
};
