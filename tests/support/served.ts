import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { pageSecurity } from "../../server/http/security.ts";
import type { TestServer } from "./server.ts";
import { DIST } from "../web/support/fake-server.ts";

/** The real pages before a whole server of a test, whose clock the test moves. */
export async function served(server: TestServer) {
  const app = new Hono()
    .use(pageSecurity())
    .all("/api/*", (c) => server.app.fetch(c.req.raw))
    .use(serveStatic({ root: DIST, precompressed: true }));
  const listening = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => listening.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    close: () => {
      listening.close();
      if ("closeAllConnections" in listening) listening.closeAllConnections();
    },
  };
}
