import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as soon } from "node:timers/promises";
import { BreakerOpen, createBreaker } from "../../server/copilot/breaker.ts";
import { manualTimers } from "../support/timers.ts";

/** A breaker on manual time, with probes that a test ends. */
function breakerOf() {
  const { timers, passSlowly, pending, now } = manualTimers();
  const probes: { at: number; signal: AbortSignal; answers(): void; fails(): void }[] = [];
  const probe = (signal: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    probes.push({ at: now(), signal, answers: resolve, fails: () => reject(new Error("refused")) });
    return promise;
  };
  const breaker = createBreaker({ probe, timers });
  const fail = (times: number) => {
    for (let n = 0; n < times; n++) breaker.failed();
  };
  return { breaker, probes, pass: passSlowly, fail, pending };
}

describe("the copilot's breaker", () => {
  test("three failures open it; it says when the next probe is", async () => {
    const { breaker, pass, fail } = breakerOf();
    fail(2);
    breaker.pass();
    fail(1);
    await pass(1_200);
    assert.throws(
      () => breaker.pass(),
      (error) => error instanceof BreakerOpen && error.retryMs === 3_800,
    );
    assert.deepEqual(breaker.state(), { open: true, retryMs: 3_800, opened: 1 });
  });

  test("failures further apart than 30 s do not open it, nor with a success between them", async () => {
    const { breaker, pass, fail } = breakerOf();
    fail(2);
    await pass(30_000);
    fail(2);
    breaker.pass();
    breaker.succeeded();
    fail(2);
    assert.deepEqual(breaker.state(), { open: false, retryMs: null, opened: 0 });
    fail(1);
    assert.equal(breaker.state().open, true);
  });

  test("while it is open a probe runs every 5 s, and the first that answers closes it", async () => {
    const { breaker, probes, pass, fail, pending } = breakerOf();
    fail(3);
    await pass(4_999);
    assert.equal(probes.length, 0);
    fail(5);
    await pass(1);
    probes[0]?.fails();
    await pass(5_000);
    assert.deepEqual(
      probes.map(({ at }) => at),
      [5_000, 10_000],
    );
    assert.equal(breaker.state().open, true);
    probes[1]?.answers();
    await soon();
    breaker.pass();
    assert.deepEqual(breaker.state(), { open: false, retryMs: null, opened: 1 });
    assert.equal(pending(), 0);
    fail(2);
    breaker.pass();
    fail(1);
    assert.equal(breaker.state().opened, 2, "it counts anew");
  });

  test("a probe that never ends is given up for the next one, and its late answer means nothing", async () => {
    const { breaker, probes, pass, fail } = breakerOf();
    fail(3);
    await pass(10_000);
    assert.deepEqual(
      probes.map(({ signal }) => signal.aborted),
      [true, false],
    );
    probes[0]?.answers();
    await soon();
    assert.equal(breaker.state().open, true);
    probes[1]?.answers();
    await soon();
    assert.equal(breaker.state().open, false);
  });

  test("an answer to an ask that was under way closes it too", async () => {
    const { breaker, probes, pass, fail, pending } = breakerOf();
    fail(3);
    await pass(5_000);
    breaker.succeeded();
    breaker.pass();
    assert.equal(probes[0]?.signal.aborted, true);
    assert.equal(pending(), 0);
    probes[0]?.fails();
    await pass(60_000);
    assert.equal(probes.length, 1);
  });

  test("stopped, it lets everyone through and leaves no timer and no probe", async () => {
    const { breaker, probes, pass, fail, pending } = breakerOf();
    fail(3);
    await pass(5_000);
    breaker.stop();
    breaker.pass();
    fail(10);
    breaker.pass();
    assert.equal(pending(), 0);
    assert.equal(probes[0]?.signal.aborted, true);
    probes[0]?.answers();
    await soon();
    assert.equal(breaker.state().open, false);
  });

  test("on real time it does not keep the process alive, and a probe that throws is a failed one", async () => {
    const breaker = createBreaker({
      probe: () => {
        throw new Error("at once");
      },
      failures: 1,
      probeMs: 5,
    });
    breaker.failed();
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(breaker.state().open, true);
    // not stopped: this file would not end if its timer held on
  });
});
