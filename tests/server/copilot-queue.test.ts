import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { setImmediate as soon } from "node:timers/promises";
import {
  createQueue,
  QueueFull,
  QueueTimeout,
  Superseded,
  type Lane,
  type Queue,
  type QueueOptions,
  type Turn,
} from "../../server/copilot/queue.ts";
import { manualTimers } from "../support/timers.ts";

type Asked = { agentId: string; stop: AbortController; turn?: Turn; error?: unknown };

/** A queue on time that passes when a test says so; `order` says who had a turn, in which order. */
function queueOf(options: Omit<QueueOptions, "timers">) {
  const { timers, pass, pending } = manualTimers();
  const queue = createQueue({ ...options, timers });
  const order: string[] = [];
  const ask = (agentId: string, lane: Lane = "live", waitMs?: number): Asked => {
    const stop = new AbortController();
    const asked: Asked = { agentId, stop };
    const wait = waitMs === undefined ? {} : { waitMs };
    void queue.enter({ agentId, lane, signal: stop.signal, ...wait }).then(
      (turn) => {
        asked.turn = turn;
        order.push(agentId);
      },
      (error: unknown) => (asked.error = error),
    );
    return asked;
  };
  return { queue, ask, order, pass, pending };
}

const counts = (queue: Queue) => {
  const { lastWaitsMs: _, ...rest } = queue.metrics();
  return rest;
};
const none = { running: 0, waiting: 0, served: 0, superseded: 0, full: 0, timedOut: 0, left: 0 };

describe("the copilot's queue", () => {
  test("gives a turn while a slot is free, and the next one when a turn leaves, once", async () => {
    const { queue, ask, order, pending } = queueOf({ slots: 2 });
    const [ana, , cid] = [ask("ana"), ask("bea"), ask("cid"), ask("dan")];
    await soon();
    assert.deepEqual(order, ["ana", "bea"]);
    assert.deepEqual(counts(queue), { ...none, running: 2, waiting: 2 });
    ana?.turn?.leave();
    ana?.turn?.leave();
    await soon();
    assert.deepEqual(order, ["ana", "bea", "cid"]);
    assert.equal(ana?.turn?.signal.aborted, false, "who left by herself is not aborted");
    cid?.turn?.leave();
    await soon();
    assert.deepEqual(counts(queue), { ...none, running: 2, served: 2 });
    assert.equal(pending(), 0);
  });

  test("an agent's newest ask ends the waiting one, keeps its place, and has its own time to wait", async () => {
    const { queue, ask, order, pass } = queueOf({ slots: 1, waitMs: 1_000 });
    const first = ask("zoe");
    const older = ask("ana");
    ask("bea");
    pass(900);
    const newer = ask("ana");
    await soon();
    assert.ok(older.error instanceof Superseded);
    pass(50);
    first.turn?.leave();
    await soon();
    assert.deepEqual(order, ["zoe", "ana"]);
    assert.equal(newer.turn?.waitedMs, 50);
    assert.equal(queue.metrics().superseded, 1);
  });

  test("an agent's newest ask ends the running one, whose slot goes to whoever is next", async () => {
    const { queue, ask, order } = queueOf({ slots: 1 });
    const older = ask("ana");
    ask("bea");
    await soon();
    const newer = ask("ana");
    await soon();
    assert.ok(older.turn?.signal.reason instanceof Superseded);
    assert.deepEqual(order, ["ana", "bea"], "asking again does not jump the line");
    assert.equal(newer.turn, undefined);
    older.turn?.leave();
    assert.deepEqual(counts(queue), { ...none, running: 1, waiting: 1, superseded: 1 });
  });

  test("alone, an agent's newest ask starts at once in place of the running one", async () => {
    const { ask } = queueOf({ slots: 1 });
    const older = ask("ana");
    const newer = ask("ana");
    await soon();
    assert.equal(older.turn?.signal.aborted, true);
    assert.equal(newer.turn?.signal.aborted, false);
  });

  test("the agent with the fewest recent turns goes first, first come first served among equals", async () => {
    const { ask, order } = queueOf({ slots: 1 });
    for (const agentId of ["ana", "ana", "bea"]) {
      const one = ask(agentId);
      await soon();
      one.turn?.leave();
    }
    const last = ask("zoe");
    const line = ["ana", "bea", "cid", "dan"].map((agentId) => ask(agentId));
    await soon();
    order.length = 0;
    last.turn?.leave();
    for (let n = 0; n < line.length; n++) {
      await soon();
      line.find(({ agentId }) => agentId === order.at(-1))?.turn?.leave();
    }
    assert.deepEqual(order, ["cid", "dan", "bea", "ana"]);
  });

  test("live goes before batch, which leaves the last free slot and is superseded by nobody", async () => {
    const { queue, ask, order } = queueOf({ slots: 2 });
    const jobs = [ask("ana", "batch"), ask("ana", "batch")];
    await soon();
    assert.deepEqual(counts(queue), { ...none, running: 1, waiting: 1 });
    const live = [ask("ana"), ask("bea")];
    await soon();
    assert.deepEqual(order, ["ana", "ana"], "the last slot was there for a live ask");
    jobs[0]?.turn?.leave();
    await soon();
    assert.deepEqual(order, ["ana", "ana", "bea"], "live before batch, though batch came first");
    live[0]?.turn?.leave();
    await soon();
    assert.deepEqual(
      counts(queue),
      { ...none, running: 1, waiting: 1, served: 2 },
      "the last slot stays free",
    );
    live[1]?.turn?.leave();
    await soon();
    assert.deepEqual(counts(queue), { ...none, running: 1, served: 3 });
  });

  test("a full line refuses at once; each lane has its own, and who replaces her own ask is not refused", async () => {
    const { queue, ask } = queueOf({ slots: 1, depth: 2 });
    const [, , bea, over] = [ask("zoe"), ask("ana"), ask("bea"), ask("cid")];
    await soon();
    assert.ok(over?.error instanceof QueueFull);
    ask("bea");
    const job = ask("cid", "batch");
    await soon();
    assert.ok(bea?.error instanceof Superseded);
    assert.equal(job.error, undefined);
    assert.deepEqual(counts(queue), { ...none, running: 1, waiting: 3, full: 1, superseded: 1 });
  });

  test("a wait ends after waitMs, and an endless one does not", async () => {
    const { queue, ask, pass, pending } = queueOf({ slots: 1 });
    ask("zoe");
    const late = ask("ana");
    ask("job", "batch", Infinity);
    pass(2_499);
    await soon();
    assert.equal(queue.metrics().waiting, 2);
    pass(1);
    await soon();
    assert.ok(late.error instanceof QueueTimeout);
    pass(1e9);
    assert.deepEqual(counts(queue), { ...none, running: 1, waiting: 1, timedOut: 1 });
    assert.equal(pending(), 0);
  });

  test("the asker's signal ends its ask before, during and after the wait, with its own reason", async () => {
    const { queue, ask } = queueOf({ slots: 1 });
    const why = new Error("the panel was closed");
    const gone = AbortSignal.abort(why);
    await assert.rejects(queue.enter({ agentId: "ana", lane: "live", signal: gone }), why);
    const [runs, waits] = [ask("ana"), ask("bea")];
    await soon();
    waits?.stop.abort(why);
    runs?.stop.abort(why);
    await soon();
    assert.equal(waits?.error, why);
    assert.equal(runs?.turn?.signal.reason, why);
    assert.deepEqual(counts(queue), { ...none, left: 3 });
  });

  test("the latest waits are measured, and only a hundred kept", async () => {
    const { queue, ask, pass } = queueOf({ slots: 1 });
    for (let n = 0; n < 120; n++) {
      const [first, second] = [ask("ana"), ask("bea")];
      pass(n);
      await soon();
      first?.turn?.leave();
      await soon();
      second?.turn?.leave();
    }
    const { lastWaitsMs } = queue.metrics();
    assert.equal(lastWaitsMs.length, 100);
    assert.equal(lastWaitsMs.at(-1), 119);
  });

  for (const seed of [1, 7, 2026])
    test(`3,000 asks in random order leave nothing behind (seed ${seed})`, () => randomAsks(seed));
});

async function randomAsks(seed: number): Promise<void> {
  let state = seed;
  const random = (below: number) =>
    Math.floor(((state = (state * 16_807) % 2_147_483_647) / 2_147_483_647) * below);
  const pick = <T>(list: T[]): T | undefined => list[random(list.length)];
  const [slots, depth] = [4, 12];
  const { queue, ask, pass, pending } = queueOf({ slots, depth });
  const asked: Asked[] = [];
  const open = () => asked.filter(({ turn, error }) => !error && !turn?.signal.aborted);
  while (asked.length < 3_000) {
    const act = random(10);
    if (act < 6) asked.push(ask(`agent ${random(30)}`, random(5) === 0 ? "batch" : "live"));
    else if (act === 6) pick(open())?.stop.abort(new Error("left"));
    else if (act < 9) pick(open().filter(({ turn }) => turn))?.turn?.leave();
    else pass(random(400));
    if (random(3) === 0) await soon();
    const { running, waiting, ...endings } = counts(queue);
    assert.ok(running <= slots && waiting <= 2 * depth);
    const ended = Object.values(endings).reduce((sum, count) => sum + count, 0);
    assert.equal(running + waiting + ended, asked.length, "every ask waits, runs, or has ended in one way");
  }
  pass(2_500);
  await soon();
  for (const { turn } of asked) turn?.leave();
  await soon();
  const { running, waiting, ...endings } = counts(queue);
  assert.deepEqual({ running, waiting }, { running: 0, waiting: 0 });
  assert.ok(
    Object.values(endings).every((count) => count > 0),
    `each ending was tried: ${JSON.stringify(endings)}`,
  );
  assert.equal(pending(), 0, "no timer");
  for (const { stop } of asked) assert.deepEqual(getEventListeners(stop.signal, "abort"), []);
  assert.ok(
    asked.every(({ turn, error }) => (turn === undefined) !== (error === undefined)),
    "all were answered",
  );
}
