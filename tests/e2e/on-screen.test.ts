import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOnScreen } from "../support/on-screen.ts";
import { needs } from "../support/real.ts";

test("a change is on a phone's screen at once", { skip: needs("chromium") }, async (t) => {
  const times = (await changesOnScreen(t, 9)).toSorted((a, b) => a - b);
  t.diagnostic(`from the request to the painted row: ${times.join(" ")} ms`);
  const median = times[4] ?? Infinity;
  assert.ok(median <= 1_000, `${median} ms; alone on its machine it takes less than 300`);
});
