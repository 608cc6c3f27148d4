import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, emptyBoard, type Board } from "../../web/board.ts";
import { agents, ended, NOW, recordings, snapshot, stats } from "./support/scene.ts";

const started: Board = applied(emptyBoard, { event: "snapshot", data: snapshot });
const [agent] = agents;
const [sale] = ended;
const [recording] = recordings;
assert.ok(agent && sale && recording);

test("a snapshot replaces everything, and says that the board is live", () => {
  assert.equal(started.connection, "live");
  assert.equal(started.agents.length, 12);
  const again = applied(
    { ...started, connection: "lost" },
    { event: "snapshot", data: { ...snapshot, agents: [] } },
  );
  assert.deepEqual([again.connection, again.agents.length], ["live", 0]);
});

test("a frame replaces the thing that it names, or adds it", () => {
  const paused = applied(started, { event: "agent", data: { ...agent, state: "paused" } });
  assert.equal(paused.agents[0]?.state, "paused");
  assert.equal(paused.agents.length, 12);
  const call = { ...sale, id: "new", startedAt: NOW.toISOString() };
  const calls = applied(started, { event: "call", data: call }).calls;
  assert.equal(calls[0]?.id, "new", "newest first");
  assert.equal(calls.length, started.calls.length + 1);
  const twice = [1, 2].reduce((board) => applied(board, { event: "recording", data: recording }), started);
  assert.equal(twice.recordings.length, 1);
  assert.equal(
    applied(started, { event: "stats", data: { ...stats, until: "later" } }).stats?.until,
    "later",
  );
});
