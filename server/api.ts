import { Hono } from "hono";
import { agentRoutes } from "./agents/routes.ts";
import { alertRoutes } from "./alerts/routes.ts";
import { callRoutes } from "./calls/routes.ts";
import { contactRoutes } from "./contacts/routes.ts";
import { copilotRoutes } from "./copilot/routes.ts";
import { dispositionRoutes } from "./dispositions/routes.ts";
import { exportRoutes } from "./exports/routes.ts";
import type { Env } from "./http/context.ts";
import type { Host } from "./http/host.ts";
import { jobRoutes } from "./jobs/routes.ts";
import { liveRoutes } from "./live/routes.ts";
import { playbookRoutes } from "./playbooks/routes.ts";
import { recordingRoutes } from "./recordings/routes.ts";
import type { Rooms } from "./rooms.ts";
import { statsRoutes } from "./stats/routes.ts";
import { teamRoutes } from "./teams/routes.ts";
import { transcriptRoutes } from "./transcripts/routes.ts";

/** What is below /api for those who have signed in: each room under its name. */
export const api = (rooms: Rooms, host: Host) =>
  new Hono<Env>()
    .route("/agents", agentRoutes(rooms))
    .route("/alerts", alertRoutes(rooms.alerts))
    .route("/calls", callRoutes(rooms.calls, rooms.auth))
    .route("/contacts", contactRoutes(rooms.contacts, rooms.contactFiles))
    .route("/copilot", copilotRoutes(rooms.copilot))
    .route("/dispositions", dispositionRoutes(rooms.dispositions))
    .route("/exports", exportRoutes(rooms.calls, rooms.auth))
    .route("/jobs", jobRoutes(rooms.jobs))
    .route("/live", liveRoutes(rooms.live, rooms.agents, host.openPipe))
    .route("/playbooks", playbookRoutes(rooms.playbooks))
    .route("/recordings", recordingRoutes(rooms.recordings, rooms.auth))
    .route("/stats", statsRoutes(rooms))
    .route("/teams", teamRoutes(rooms.teams))
    .route("/transcripts", transcriptRoutes(rooms.transcripts));
