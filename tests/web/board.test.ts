import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, emptyBoard, type Board } from "../../web/board.ts";
import { sortedByUrgency, urgencyOf } from "../../web/mobile/team/urgency.ts";
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

test("who has been in a state for too long comes first", () => {
  const now = NOW.getTime();
  assert.deepEqual(
    sortedByUrgency(agents, now)
      .map(({ name }) => name)
      .slice(0, 4),
    ["Rubén Aguirre", "Sofía Llorente", "Pablo Quintana", "Diego Salas"],
  );
  const since = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
  assert.equal(urgencyOf({ state: "wrap_up", since: since(1.9) }, now), null);
  assert.equal(urgencyOf({ state: "wrap_up", since: since(2) }, now), "warn");
  assert.equal(urgencyOf({ state: "wrap_up", since: since(4) }, now), "bad");
  assert.equal(urgencyOf({ state: "paused", since: since(30) }, now), "bad");
  assert.equal(urgencyOf({ state: "on_call", since: since(90) }, now), "warn");
  assert.equal(urgencyOf({ state: "offline", since: since(900) }, now), null);
});
