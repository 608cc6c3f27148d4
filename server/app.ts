import { Hono, type MiddlewareHandler } from "hono";
import { agentRoutes } from "./agents/routes.ts";
import { alertRoutes } from "./alerts/routes.ts";
import { ownOrigin, sessionCookie, signedIn } from "./auth/middleware.ts";
import { authRoutes } from "./auth/routes.ts";
import { callRoutes } from "./calls/routes.ts";
import { contactRoutes } from "./contacts/routes.ts";
import { copilotRoutes } from "./copilot/routes.ts";
import type { Deps } from "./deps.ts";
import { dispositionRoutes } from "./dispositions/routes.ts";
import { exportRoutes } from "./exports/routes.ts";
import { healthRoutes } from "./health/routes.ts";
import type { Env } from "./http/context.ts";
import { requestLog } from "./http/log.ts";
import { openapi } from "./http/openapi.ts";
import type { OpenPipe } from "./http/pipe.ts";
import { notFound, onError } from "./http/problem.ts";
import { dataSecurity, pageSecurity } from "./http/security.ts";
import { liveRoutes } from "./live/routes.ts";
import { pageRoutes } from "./pages/routes.ts";
import { playbookRoutes } from "./playbooks/routes.ts";
import { recordingRoutes } from "./recordings/routes.ts";
import { createRooms } from "./rooms.ts";
import { statsRoutes } from "./stats/routes.ts";
import { teamRoutes } from "./teams/routes.ts";
import { transcriptRoutes } from "./transcripts/routes.ts";

/** What the runtime adds: its name, how it serves files, how it sends what goes on. */
export type Host = { version: string; runtime: string; files: MiddlewareHandler; openPipe: OpenPipe };

/** The whole server, on any runtime. Call `start` before the first request, `stop` before the process ends. */
export function createApp(deps: Deps, host: Host) {
  const rooms = createRooms(deps);
  const { auth, people, teams, calls, agents, recordings, live, playbooks, copilot } = rooms;
  const document = openapi(host.version);
  const cookie = sessionCookie(deps.config);
  const signed = signedIn(auth, cookie);

  const app = new Hono<Env>()
    .use(requestLog(deps.log))
    .use("/api/*", dataSecurity)
    .use(ownOrigin(deps.config))
    .route("/health", healthRoutes(deps, host, copilot.copilot.check))
    .get("/api/openapi.json", (c) => c.json(document(), 200))
    .route("/api", authRoutes(auth, people, cookie, signed))
    .use("/api/*", signed)
    .route("/api/calls", callRoutes(calls, auth))
    .route("/api/contacts", contactRoutes(rooms.contacts, rooms.contactFiles))
    .route("/api/dispositions", dispositionRoutes(rooms.dispositions))
    .route("/api/alerts", alertRoutes(rooms.alerts))
    .route("/api/agents", agentRoutes(rooms))
    .route("/api/teams", teamRoutes(teams))
    .route("/api/recordings", recordingRoutes(recordings, auth))
    .route("/api/transcripts", transcriptRoutes(rooms.transcripts))
    .route("/api/copilot", copilotRoutes(copilot))
    .route("/api/playbooks", playbookRoutes(playbooks))
    .route("/api/stats", statsRoutes(rooms))
    .route("/api/live", liveRoutes(live, agents, host.openPipe))
    .route("/api/exports", exportRoutes(calls, auth))
    .use(pageSecurity())
    .route("/", pageRoutes(auth, cookie, host.files))
    .onError(onError(deps.log))
    .notFound(notFound);

  return {
    app,
    offerSetup: () => auth.offerSetup(),
    /** The starter playbooks, the clock of wrap-ups, and the model in memory, which is not waited for. */
    async start(): Promise<void> {
      await playbooks.start();
      await rooms.rebuild.ifNeeded();
      rooms.time.start();
      void copilot.models.warmUp();
    },
    /** Ends the live boards: a server that closes would wait for them. */
    hangUp: () => live.stop(),
    async stop(): Promise<void> {
      live.stop();
      await rooms.time.stop();
      await copilot.stop();
    },
  };
}
