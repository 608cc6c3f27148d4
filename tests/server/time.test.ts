import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { placeOf } from "../../server/db/time.ts";
import {
  BELIEVED_MS,
  stretchesOf,
  wrapUpEndOf,
  WRAP_UP_MS,
  type CallSpan,
  type Declared,
} from "../../server/time/stretches.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const declaredStates = fc
  .uniqueArray(fc.integer({ min: 0, max: 40 * 60 }), { maxLength: 12 })
  .chain((minutes) =>
    fc.tuple(
      ...minutes
        .toSorted((a, b) => a - b)
        .map((minute, i) =>
          fc.constantFrom<Declared["state"]>("available", "paused", "offline").map((state) => ({
            id: `s${i}`,
            state,
            reason: state === "paused" ? "Comida" : null,
            since: minute * MINUTE,
          })),
        ),
    ),
  );
const callSpans = fc.array(
  fc
    .record({
      start: fc.integer({ min: 0, max: 40 * 60 }),
      length: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
      wrapUp: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }),
      answered: fc.boolean(),
    })
    .map(({ start, length, wrapUp, answered }): Omit<CallSpan, "id"> => {
      const endedAt = length === null ? null : (start + length) * MINUTE;
      const wrapUpEndedAt = endedAt === null || wrapUp === null ? null : endedAt + wrapUp * MINUTE;
      return { startedAt: start * MINUTE, endedAt, answered, wrapUpEndedAt };
    }),
  { maxLength: 8 },
);

/** What the state is at one instant, said as plainly as possible. */
function stateAt(at: number, declared: readonly Declared[], calls: readonly CallSpan[], until: number) {
  const onCall = calls.some(
    ({ startedAt, endedAt }) => at >= startedAt && at < Math.min(endedAt ?? until, startedAt + BELIEVED_MS),
  );
  if (onCall) return "on_call";
  const wrapping = calls.some(
    ({ startedAt, endedAt, answered, wrapUpEndedAt }) =>
      answered &&
      endedAt !== null &&
      endedAt <= startedAt + BELIEVED_MS &&
      at >= endedAt &&
      at < Math.min(wrapUpEndedAt ?? until, endedAt + WRAP_UP_MS),
  );
  if (wrapping) return "wrap_up";
  const last = declared.findLast(({ since }) => since <= at);
  if (!last) return null;
  return last.state !== "offline" && at >= last.since + BELIEVED_MS ? "offline" : last.state;
}

test("stretches follow each other without overlap and say of each minute what is true of it", () => {
  fc.assert(
    fc.property(declaredStates, callSpans, fc.integer({ min: 0, max: 45 * 60 }), (declared, spans, end) => {
      const until = end * MINUTE;
      const calls = spans.map((span, i) => ({ id: `c${i}`, ...span }));
      const stretches = stretchesOf(declared, calls, until);
      for (const [i, { from, to }] of stretches.entries()) {
        assert.ok(from < to && to <= until);
        assert.ok(i === 0 || (stretches[i - 1]?.to ?? 0) <= from, "no overlap");
      }
      for (let at = MINUTE / 2; at < until; at += 7 * MINUTE) {
        const found = stretches.find(({ from, to }) => at >= from && at < to)?.state ?? null;
        assert.equal(found, stateAt(at, declared, calls, until), `at minute ${at / MINUTE}`);
      }
    }),
    { numRuns: 300 },
  );
});

test("overlapping calls are one stretch, and a call wins over the wrap-up of the one before", () => {
  const call = (id: string, from: number, to: number, wrapUp: number): CallSpan => ({
    id,
    startedAt: from * MINUTE,
    endedAt: to * MINUTE,
    answered: true,
    wrapUpEndedAt: wrapUp * MINUTE,
  });
  const declared: Declared[] = [{ id: "s", state: "available", reason: null, since: 0 }];
  const calls = [call("a", 10, 20, 21), call("b", 15, 30, 40), call("c", 35, 36, 36)];
  assert.deepEqual(
    stretchesOf(declared, calls, HOUR).map(({ state, from, to, callId }) => [
      state,
      from / MINUTE,
      to / MINUTE,
      callId,
    ]),
    [
      ["available", 0, 10, null],
      ["on_call", 10, 30, "a"],
      ["wrap_up", 30, 35, "b"],
      ["on_call", 35, 36, "c"],
      ["wrap_up", 36, 40, "b"],
      ["available", 40, 60, null],
    ],
  );
});

test("a declared state is believed for twelve hours", () => {
  const declared: Declared[] = [{ id: "s", state: "paused", reason: "Comida", since: 0 }];
  assert.deepEqual(
    stretchesOf(declared, [], 20 * HOUR).map(({ state, to, stateId }) => [state, to / HOUR, stateId]),
    [
      ["paused", 12, "s"],
      ["offline", 20, null],
    ],
  );
});

test("a wrap-up ends with what comes first after the call", () => {
  const end = (starts: number[], declarations: number[], now: number) =>
    wrapUpEndOf({ endedAt: 100 }, { starts, declarations, now });
  assert.equal(end([], [], 100 + WRAP_UP_MS - 1), null);
  assert.deepEqual(end([], [], 100 + WRAP_UP_MS), { at: 100 + WRAP_UP_MS, by: "timeout" });
  assert.deepEqual(end([50, 400], [300], 500), { at: 300, by: "state" });
  assert.deepEqual(end([200], [300], 500), { at: 200, by: "next_call" });
  assert.equal(end([], [100], 500), null, "a state of the same instant is the one that the call found");
});

describe("hours and days of a site's clock", () => {
  const places = (from: string, hours: number, timeZone: string) =>
    Array.from({ length: hours * 4 }, (_, i) => {
      const at = new Date(Date.parse(from) + i * 15 * MINUTE);
      return { at, ...placeOf(at, timeZone) };
    });

  for (const [timeZone, day, hours] of [
    ["Europe/Madrid", "2026-03-29", 23],
    ["Europe/Madrid", "2026-10-25", 25],
    ["Europe/Madrid", "2026-06-01", 24],
    ["America/Caracas", "2026-06-01", 24],
    ["Asia/Kolkata", "2026-06-01", 24],
    ["Asia/Kathmandu", "2026-06-01", 24],
  ] as const)
    test(`${day} has ${hours} hours in ${timeZone}`, () => {
      const inDay = places(`${day}T00:00:00Z`, 72, timeZone).concat(
        places(new Date(Date.parse(day) - 24 * HOUR).toISOString(), 24, timeZone),
      );
      const ofDay = inDay.filter((place) => place.day === day);
      assert.equal(new Set(ofDay.map(({ hour }) => hour.getTime())).size, hours);
      assert.equal(ofDay.length, hours * 4);
      for (const { at, hour } of ofDay)
        assert.ok(at.getTime() >= hour.getTime() && at.getTime() < hour.getTime() + HOUR);
    });
});
