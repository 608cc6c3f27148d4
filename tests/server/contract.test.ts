import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "#contract";
import { testServer } from "../support/server.ts";

test("the contract names every route of the server, and no other", async () => {
  const server = await testServer();
  const served = server.app.routes
    .filter(({ method, path }) => method !== "ALL" && (path === "/health" || path.startsWith("/api/")))
    .map(({ method, path }) => `${method.toLowerCase()} ${path}`);
  const written = endpoints.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual([...new Set(served)].toSorted(), written.toSorted());
  await server.close();
});
