import { Hono } from "hono";
import { accessRoutes } from "./access/routes.ts";
import { agentRoutes } from "./agents/routes.ts";
import { alertRoutes } from "./alerts/routes.ts";
import { auditRoutes, listenerRoutes } from "./audit/routes.ts";
import type { SessionCookie } from "./auth/middleware.ts";
import { backupRoutes } from "./backups/routes.ts";
import { callRoutes } from "./calls/routes.ts";
import { consentRoutes } from "./consent/routes.ts";
import { contactRoutes } from "./contacts/routes.ts";
import { copilotRoutes } from "./copilot/routes.ts";
import { dispositionRoutes } from "./dispositions/routes.ts";
import { exportRoutes } from "./exports/routes.ts";
import type { Env } from "./http/context.ts";
import type { Host } from "./http/host.ts";
import { jobRoutes } from "./jobs/routes.ts";
import { clipRoutes, filterRoutes, libraryRoutes } from "./library/routes.ts";
import { liveRoutes } from "./live/routes.ts";
import { personRoutes } from "./persons/routes.ts";
import { playbookRoutes } from "./playbooks/routes.ts";
import { recordingRoutes } from "./recordings/routes.ts";
import { keepingRoutes, retentionRoutes, trashRoutes } from "./retention/routes.ts";
import type { Rooms } from "./rooms.ts";
import { scheduleRoutes } from "./schedules/routes.ts";
import { statsRoutes } from "./stats/routes.ts";
import { teamRoutes } from "./teams/routes.ts";
import { transcriptRoutes } from "./transcripts/routes.ts";

/** What is below /api for those who have signed in: each room under its name. */
export const api = (rooms: Rooms, host: Host, cookie: SessionCookie) =>
  new Hono<Env>()
    .route("/", accessRoutes(rooms, cookie))
    .route("/agents", agentRoutes(rooms))
    .route("/alerts", alertRoutes(rooms.alerts))
    .route("/audit", auditRoutes(rooms.auditReading, rooms.auth))
    .route("/backups", backupRoutes(rooms.backups))
    .route("/calls", callRoutes(rooms.calls, rooms.auth))
    .route("/clips", clipRoutes(rooms.clips))
    .route("/consent", consentRoutes(rooms.consent, rooms.notRecorded))
    .route("/contacts", contactRoutes(rooms.contacts, rooms.contactFiles, rooms.auth))
    .route("/copilot", copilotRoutes(rooms.copilot))
    .route("/dispositions", dispositionRoutes(rooms.dispositions))
    .route("/exports", exportRoutes(rooms.exports))
    .route("/filters", filterRoutes(rooms.filters))
    .route("/jobs", jobRoutes(rooms.jobs))
    .route("/live", liveRoutes(rooms, cookie, host.openPipe))
    .route("/persons", personRoutes(rooms))
    .route("/playbooks", playbookRoutes(rooms.playbooks))
    // the library first: its fixed names, such as `zip`, would be ids of calls to the others
    .route("/recordings", libraryRoutes(rooms))
    .route("/recordings", recordingRoutes(rooms.recordings, rooms.auth, host.openBody))
    .route("/recordings", keepingRoutes(rooms.keeping))
    .route("/recordings", listenerRoutes(rooms.recordings, rooms.auditReading))
    .route("/retention", retentionRoutes(rooms.retention, rooms.keeping))
    .route("/schedules", scheduleRoutes(rooms.schedules))
    .route("/stats", statsRoutes(rooms))
    .route("/teams", teamRoutes(rooms.teams))
    .route("/transcripts", transcriptRoutes(rooms.transcripts))
    .route("/trash", trashRoutes(rooms.keeping));
