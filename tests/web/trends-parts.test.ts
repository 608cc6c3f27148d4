import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import type { Rate } from "#contract";
import { chooseLanguage } from "../../web/i18n/index.ts";
import { mean, percent, rateShare, stepShares } from "../../web/mobile/figures/written.ts";
import { isNoise } from "../../web/mobile/trends/noise.ts";
import { lastOf, namedDays, peakOf, rolling, shareSteps, windowOf } from "../../web/mobile/trends/rolling.ts";
import { firstOrder, sorted } from "../../web/mobile/trends/sorting.ts";
import { sparkPoints } from "../../web/mobile/trends/spark.ts";
import { trendsOf } from "./support/trends-scene.ts";

before(() => chooseLanguage("es"));

const rateOf = (numerator: number, denominator: number): Rate => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});
const day = (sales: number, contacts: number) => ({ day: "2026-11-01", calls: contacts, contacts, sales });
test("a rolling share is of all contacts of its days, not the mean of their rates", () => {
  // 1 of 1 and 0 of 9 are 1 of 10, although their rates' mean is a half
  assert.deepEqual(rolling([day(1, 1), day(0, 9)], 2), [null, 0.1]);
  assert.deepEqual(rolling([day(3, 10)], 2, [day(1, 10)]), [0.2]);
  assert.deepEqual(rolling([day(0, 0), day(0, 0)], 2), [null, null]);
});

test("a rolling share is what a plain count of its days says", () => {
  const days = fc.array(
    fc.nat(40).chain((contacts) => fc.nat(contacts).map((sales) => day(sales, contacts))),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(days, days, fc.integer({ min: 1, max: 9 }), (some, lead, window) => {
      const all = [...lead, ...some];
      rolling(some, window, lead).forEach((share, i) => {
        const end = lead.length + i + 1;
        const part = all.slice(Math.max(0, end - window), end);
        const contacts = part.reduce((sum, one) => sum + one.contacts, 0);
        if (part.length < window || contacts === 0) assert.equal(share, null);
        else assert.equal(share, part.reduce((sum, one) => sum + one.sales, 0) / contacts);
      });
    }),
  );
});

test("a week is drawn day by day, longer spans by the week", () => {
  assert.deepEqual([7, 30, 90].map(windowOf), [1, 7, 7]);
  assert.equal(peakOf([null, 0.2, 0.3, 0.3, 0.1]), 3);
  assert.equal(peakOf([null]), -1);
  assert.equal(lastOf([0.2, null]), 0);
});

test("the axis has at most four round steps that hold the line", () => {
  assert.deepEqual(stepShares(shareSteps(0.211, 0.243)), [
    "21\u00a0%",
    "22\u00a0%",
    "23\u00a0%",
    "24\u00a0%",
    "25\u00a0%",
  ]);
  assert.deepEqual(stepShares(shareSteps(0.2412, 0.2533)), [
    "24,0\u00a0%",
    "24,5\u00a0%",
    "25,0\u00a0%",
    "25,5\u00a0%",
  ]);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b) => {
        const steps = shareSteps(Math.min(a, b), Math.max(a, b));
        assert.ok(steps.length >= 2 && steps.length <= 5, String(steps));
        assert.ok((steps[0] ?? 1) <= Math.min(a, b) + 1e-9 && (steps.at(-1) ?? 0) >= Math.max(a, b) - 1e-9);
      },
    ),
  );
});

test("days are named by month, by week, or all of them", () => {
  const { days } = trendsOf({ days: 90 });
  const names = days.map((one) => one.day);
  assert.deepEqual(
    namedDays(names).map((i) => names[i]),
    ["2026-09-01", "2026-10-01", "2026-11-01"],
  );
  assert.equal(namedDays(names.slice(-30)).at(-1), 29);
  assert.equal(namedDays(names.slice(-7)).length, 7);
});

test("a difference is noise while its interval has 0 inside", () => {
  assert.equal(isNoise({ value: 0.2, interval: { from: 0.05, to: 0.33 } }), false);
  assert.equal(isNoise({ value: -0.2, interval: { from: -0.33, to: -0.05 } }), false);
  assert.equal(isNoise({ value: 0.01, interval: { from: -0.002, to: 0.02 } }), true);
  assert.equal(isNoise({ value: 0, interval: { from: 0, to: 0 } }), true);
});

test("a small line rises where the rate rises, and leaves out weeks without contacts", () => {
  const points = sparkPoints([rateOf(1, 10), rateOf(0, 0), rateOf(3, 10)]);
  assert.deepEqual(points, [
    { x: 2, y: 24 },
    { x: 84, y: 4 },
  ]);
  assert.deepEqual(
    sparkPoints([rateOf(1, 10), rateOf(1, 10)]).map(({ y }) => y),
    [14, 14],
  );
  assert.deepEqual(sparkPoints([rateOf(0, 0)]), []);
});

test("groups are sorted by what was tapped; too few cases are never ranked by a rate", () => {
  const { campaigns } = trendsOf();
  const names = (by: Parameters<typeof firstOrder>[0], down = firstOrder(by).down): string[] =>
    sorted(campaigns, { by, down }).map(({ name }) => name);
  assert.deepEqual(names("calls"), ["Fibra", "Seguro de hogar", "Alarmas"]);
  assert.deepEqual(names("calls", false), ["Alarmas", "Seguro de hogar", "Fibra"]);
  assert.deepEqual(names("name"), ["Alarmas", "Fibra", "Seguro de hogar"]);
  assert.equal(names("rate").at(-1), "Alarmas");
  assert.equal(names("rate", false).at(-1), "Alarmas");
});

test("figures are written with their unit, and with decimals only where there are cases for them", () => {
  assert.equal(rateShare(rateOf(18, 74)), "24\u00a0%");
  assert.equal(rateShare(rateOf(2061, 7930)), "26,0\u00a0%");
  assert.equal(rateShare(rateOf(0, 0)), "–");
  assert.equal(percent(0.0615, 1), "6,2\u00a0%");
  assert.equal(mean(292), "4\u00a0min 52\u00a0s");
  assert.equal(mean(41), "41\u00a0s");
  assert.equal(mean(null), "–");
});
