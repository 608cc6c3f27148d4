import type {
  Backup,
  Backups,
  Capacity,
  DispositionList,
  HeldRecording,
  Page,
  Retention,
  RetentionPreview,
  RetentionRule,
  TrashedRecording,
} from "#contract";
import { json, queryString, request } from "../../api.ts";

/** How many held or trashed recordings come at once. */
const LIMIT = 20;

/** The server's routes by which administration says how long things are kept. */
export const keepingApi = {
  retention: () => json<Retention>("GET", "/api/retention"),
  outcomes: () => json<DispositionList>("GET", "/api/dispositions"),
  putRules: (rules: RetentionRule[]) => json<Retention>("PUT", "/api/retention", { rules }),
  /** Changes nothing. */
  preview: (rules: RetentionRule[]) => json<RetentionPreview>("POST", "/api/retention/preview", { rules }),
  capacity: () => json<Capacity>("GET", "/api/retention/capacity"),
  holds: (after?: string) =>
    json<Page<HeldRecording>>("GET", `/api/retention/holds${queryString({ after, limit: LIMIT })}`),
  trash: (after?: string) =>
    json<Page<TrashedRecording>>("GET", `/api/trash${queryString({ after, limit: LIMIT })}`),
  release: (callId: string) => request("DELETE", `/api/recordings/${callId}/hold`),
  restore: (callId: string) => request("POST", `/api/recordings/${callId}/restore`),
  backups: () => json<Backups>("GET", "/api/backups"),
  backUp: () => json<Backup>("POST", "/api/backups"),
};
