import { Hono, type MiddlewareHandler } from "hono";
import { createAgents } from "./agents/agents.ts";
import { agentRoutes } from "./agents/routes.ts";
import { Actors } from "./auth/actors.ts";
import { createAuth } from "./auth/auth.ts";
import { ownOrigin, sessionCookie, signedIn } from "./auth/middleware.ts";
import { createPeople } from "./auth/people.ts";
import { authRoutes } from "./auth/routes.ts";
import { createCalls } from "./calls/calls.ts";
import { callRoutes } from "./calls/routes.ts";
import { copilotRoom } from "./copilot/room.ts";
import { copilotRoutes } from "./copilot/routes.ts";
import type { Deps } from "./deps.ts";
import { exportRoutes } from "./exports/routes.ts";
import { healthRoutes } from "./health/routes.ts";
import type { Env } from "./http/context.ts";
import { requestLog } from "./http/log.ts";
import { openapi } from "./http/openapi.ts";
import { notFound, onError } from "./http/problem.ts";
import { dataSecurity, pageSecurity } from "./http/security.ts";
import { createLive } from "./live/live.ts";
import { liveRoutes } from "./live/routes.ts";
import { pageRoutes } from "./pages/routes.ts";
import { createPlaybooks } from "./playbooks/playbooks.ts";
import { playbookRoutes } from "./playbooks/routes.ts";
import { createRecordings } from "./recordings/recordings.ts";
import { recordingRoutes } from "./recordings/routes.ts";
import { createStats } from "./stats/stats.ts";
import { statsRoutes } from "./stats/routes.ts";

/** What the runtime adds: its name, and how it serves files. */
export type Host = { version: string; runtime: string; files: MiddlewareHandler };

/** The whole server, on any runtime. Call `start` before the first request, `stop` before the process ends. */
export function createApp(deps: Deps, host: Host) {
  const actors = new Actors();
  const auth = createAuth(deps, actors);
  const people = createPeople(deps, actors);
  const calls = createCalls(deps);
  const agents = createAgents(deps, calls);
  const stats = createStats(deps);
  const recordings = createRecordings(deps, calls);
  const live = createLive(deps, { agents, calls, stats, recordings });
  const playbooks = createPlaybooks(deps);
  const copilot = copilotRoom(deps, { calls, playbooks });
  const cookie = sessionCookie(deps.config);
  const signed = signedIn(auth, cookie);

  const app = new Hono<Env>()
    .use(requestLog(deps.log))
    .use("/api/*", dataSecurity)
    .use(ownOrigin(deps.config))
    .route("/health", healthRoutes(deps, host, copilot.copilot.check))
    .get("/api/openapi.json", (c) => c.json(openapi(host.version), 200))
    .route("/api", authRoutes(auth, people, cookie, signed))
    .use("/api/*", signed)
    .route("/api/calls", callRoutes(calls, auth))
    .route("/api/agents", agentRoutes(agents))
    .route("/api/recordings", recordingRoutes(recordings, auth))
    .route("/api/copilot", copilotRoutes(copilot))
    .route("/api/playbooks", playbookRoutes(playbooks))
    .route("/api/stats", statsRoutes(stats, agents))
    .route("/api/live", liveRoutes(live, agents))
    .route("/api/exports", exportRoutes(calls, auth))
    .use(pageSecurity())
    .route("/", pageRoutes(auth, cookie, host.files))
    .onError(onError(deps.log))
    .notFound(notFound);

  return {
    app,
    offerSetup: () => auth.offerSetup(),
    /** The starter playbooks, and the model in memory; the latter is not waited for. */
    async start(): Promise<void> {
      await playbooks.start();
      void copilot.models.warmUp();
    },
    stop(): void {
      live.stop();
      copilot.stop();
    },
  };
}
