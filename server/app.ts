import { Hono } from "hono";
import { api } from "./api.ts";
import { ownOrigin, sessionCookie, signedIn } from "./auth/middleware.ts";
import { authRoutes } from "./auth/routes.ts";
import type { Deps } from "./deps.ts";
import { healthRoutes } from "./health/routes.ts";
import type { Env } from "./http/context.ts";
import type { Host } from "./http/host.ts";
import { requestLog } from "./http/log.ts";
import { openapi } from "./http/openapi.ts";
import { notFound, onError } from "./http/problem.ts";
import { dataSecurity, pageSecurity } from "./http/security.ts";
import { pageRoutes } from "./pages/routes.ts";
import { createRooms } from "./rooms.ts";

/** The whole server, on any runtime. Call `start` before the first request, `stop` before the process ends. */
export function createApp(deps: Deps, host: Host) {
  const rooms = createRooms(deps);
  const { auth, people, live, playbooks, copilot } = rooms;
  const cookie = sessionCookie(deps.config);
  const signed = signedIn(auth, cookie, host.addressOf);

  const app = new Hono<Env>()
    .use(requestLog(deps.log))
    .use("/api/*", dataSecurity)
    .use(ownOrigin(deps.config))
    .route("/health", healthRoutes(deps, host, copilot.copilot.check))
    .get("/api/openapi.json", (c) => c.json(openapi(host.version), 200))
    .route("/api", authRoutes(auth, people, cookie, signed))
    .use("/api/*", signed)
    .route("/api", api(rooms, host))
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
      await rooms.jobs.start();
      void copilot.models.warmUp();
    },
    /** Ends the live boards: a server that closes would wait for them. */
    hangUp: () => live.stop(),
    async stop(): Promise<void> {
      live.stop();
      await rooms.jobs.stop();
      await rooms.time.stop();
      await copilot.stop();
    },
  };
}
