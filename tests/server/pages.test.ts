import assert from "node:assert/strict";
import { test } from "node:test";
import { Hono } from "hono";
import type { SessionCookie } from "../../server/auth/middleware.ts";
import type { PairingRoom } from "../../server/auth/pairing.ts";
import type { Visitors } from "../../server/http/visitor.ts";
import { pageRoutes } from "../../server/pages/routes.ts";

/** The files' routes ask nobody who somebody is. */
const nobody = {} as PairingRoom & Visitors & SessionCookie;

test("what keeps its name is asked for again, what carries its digest is kept for a year", async () => {
  const app = new Hono().route(
    "/",
    pageRoutes(nobody, nobody, nobody, async (c) =>
      c.req.path.endsWith(".js") ? c.body("1", 200, { "content-type": "text/javascript" }) : c.html("<p>"),
    ),
  );
  const kept = async (path: string): Promise<string | null> =>
    (await app.request(path)).headers.get("cache-control");
  assert.equal(await kept("/mobile"), "no-cache");
  assert.equal(await kept("/sw.js"), "no-cache");
  assert.match((await kept("/assets/panel-abc.js")) ?? "", /immutable/);
});
