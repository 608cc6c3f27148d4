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
import { RememberingRouter } from "./http/router.ts";
import { dataSecurity, pageSecurity, transportSecurity } from "./http/security.ts";
import { visitors } from "./http/visitor.ts";
import { pageRoutes } from "./pages/routes.ts";
import { createRooms } from "./rooms.ts";

/** The whole server, on any runtime. Call `start` before the first request, `stop` before the process ends. */
export function createApp(deps: Deps, host: Host) {
  const rooms = createRooms(deps);
  const { auth, live, playbooks, copilot } = rooms;
  const description = openapi(host.version);
  const visitor = visitors(deps.config, host.addressOf);
  const cookie = sessionCookie(visitor);
  const signed = signedIn(auth, rooms.keys, cookie, visitor);

  const app = new Hono<Env>({ router: new RememberingRouter() })
    .use(requestLog(deps.log))
    .use(transportSecurity(visitor, host.putHeaders))
    .use("/api/*", dataSecurity(host.putHeaders))
    .use(ownOrigin(deps.config, visitor))
    .route("/health", healthRoutes(deps, host, copilot.copilot.check))
    .get("/api/openapi.json", (c) => c.json(description(), 200))
    .route("/api", authRoutes(rooms, { visitors: visitor, cookie, signed }))
    .use("/api/*", signed)
    .route("/api", api(rooms, host, cookie))
    .all("/api/*", notFound)
    .use(pageSecurity())
    .route("/", pageRoutes(rooms.pairing, visitor, cookie, host.files))
    .onError(onError(deps.log))
    .notFound(notFound);

  return {
    app,
    rooms,
    offerSetup: () => auth.offerSetup(),
    /** What others build on comes first: the audit's head, playbooks, figures. The model in memory is not waited for. */
    async start(): Promise<void> {
      await rooms.audit.start();
      await playbooks.start();
      await rooms.rebuild.ifNeeded();
      rooms.time.start();
      await rooms.night.start();
      await rooms.clips.tidy();
      rooms.library.start();
      await rooms.erasure.start();
      await rooms.jobs.start();
      rooms.schedules.start();
      void copilot.models.warmUp();
    },
    /** Ends the live boards: a server that closes would wait for them. */
    hangUp: () => live.stop(),
    /** Who makes work stops before those who do it, and the audit last: the others still note in it. */
    async stop(): Promise<void> {
      live.stop();
      await rooms.night.stop();
      await rooms.schedules.stop();
      await rooms.jobs.stop();
      await rooms.library.stop();
      await rooms.exports.stop();
      await rooms.time.stop();
      await copilot.stop();
      await rooms.auditReading.stop();
      await rooms.audit.stop();
    },
  };
}
