import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "#contract";
import { texts } from "../../server/errors.texts.ts";
import { access } from "../../server/errors/access.texts.ts";
import { calls } from "../../server/errors/calls.texts.ts";
import { copilot } from "../../server/errors/copilot.texts.ts";
import { jobs } from "../../server/errors/jobs.texts.ts";
import { recordings } from "../../server/errors/recordings.texts.ts";
import { requests } from "../../server/errors/requests.texts.ts";
import { testServer } from "../support/server.ts";

const rooms = [requests, access, calls, recordings, copilot, jobs];

test("the contract names every route of the server, and no other", async () => {
  const server = await testServer();
  const served = server.app.routes
    .filter(({ method, path }) => method !== "ALL" && (path === "/health" || path.startsWith("/api/")))
    .map(({ method, path }) => `${method.toLowerCase()} ${path}`);
  const written = endpoints.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual([...new Set(served)].toSorted(), written.toSorted());
  await server.close();
});

test("an error's code stands in one room, with both languages", () => {
  const codes = rooms.flatMap((room) => Object.keys(room));
  assert.deepEqual(codes.toSorted(), Object.keys(texts).toSorted());
  for (const { es, en } of Object.values(texts)) assert.equal([...es, ...en].filter(Boolean).length, 4);
});
