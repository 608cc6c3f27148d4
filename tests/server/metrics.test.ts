import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { metricId } from "#contract";
import { STEP_ENDS } from "../../server/db/counting.ts";
import { NOTHING, totalsOf, type Figures } from "../../server/stats/figures.ts";
import { difference, wilson } from "../../server/stats/intervals.ts";
import { quantile } from "../../server/stats/lengths.ts";
import { definitions, describe as describeMetric, measured, metricIds } from "../../server/stats/metrics.ts";

const close = (value: number | undefined, expected: number, within = 0.00005): void =>
  assert.ok(value !== undefined && Math.abs(value - expected) <= within, `${value} is not ${expected}`);

describe("metrics", () => {
  test("AHT as Call Centre Helper works it out: 224 s", () => {
    const figures = {
      ...NOTHING,
      answered: 4311,
      talkSeconds: 668_205,
      holdSeconds: 99_153,
      wrapUpSeconds: 198_308,
    };
    const { value, numerator, denominator } = measured("averageHandle", figures);
    assert.deepEqual([numerator, denominator, Math.round(value ?? 0)], [965_666, 4311, 224]);
  });

  test("each is made of what it says", () => {
    const figures: Figures = {
      ...NOTHING,
      calls: 100,
      answered: 80,
      contacts: 50,
      sales: 10,
      saleCents: 123_456,
      talkSeconds: 8000,
      holdSeconds: 100,
      holdCalls: 5,
      wrapUpSeconds: 900,
      wrapUpCalls: 30,
      aiCalls: 20,
      aiAsks: 44,
      readySeconds: 9000,
      pausedSeconds: 7777,
    };
    const values = Object.fromEntries(metricIds.map((id) => [id, measured(id, figures).value]));
    assert.deepEqual(values, {
      calls: 100,
      answered: 80,
      contacts: 50,
      sales: 10,
      saleAmount: 1234.56,
      successRate: 0.2,
      successRateByAnswered: 0.125,
      successRateByCalls: 0.1,
      contactRate: 0.5,
      averageTalk: 100,
      averageHold: 20,
      averageWrapUp: 30,
      averageHandle: 112.5,
      talk: 8000,
      occupancy: 0.5,
      salesPerHour: 2,
      aiShare: 0.25,
      aiAsks: 44,
    });
    assert.equal(totalsOf(figures).occupancy.value, 0.5);
    assert.equal(measured("averageHold", figures).few, true, "five calls say little");
    assert.equal(measured("successRate", figures).few, false);
    assert.equal(measured("successRate", NOTHING).value, null);
  });

  test("each is named and explained in both languages", () => {
    assert.deepEqual(metricIds.toSorted(), metricId.options.toSorted());
    for (const id of metricIds) {
      const [es, en] = [describeMetric(id, "es"), describeMetric(id, "en")];
      for (const { name, formula, source } of [es, en]) assert.ok(name && formula && source);
      assert.equal(es.denominator === null, definitions[id].denominator === null);
      assert.equal(en.denominator === null, definitions[id].denominator === null);
      assert.notEqual(es.formula, en.formula);
    }
  });
});

describe("intervals", () => {
  test("Newcombe's published examples of single proportions, method 3", () => {
    for (const [r, n, from, to] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const) {
      const interval = wilson(r, n);
      close(interval?.from, from);
      close(interval?.to, to);
    }
    assert.equal(wilson(0, 0), null);
  });

  test("Newcombe's published examples of differences, method 10", () => {
    for (const [a, m, b, n, from, to] of [
      [56, 70, 48, 80, 0.0524, 0.3339],
      [9, 10, 3, 10, 0.1705, 0.809],
      [6, 7, 2, 7, 0.0582, 0.8062],
      [5, 56, 0, 29, -0.0381, 0.1926],
      [0, 10, 0, 20, -0.1611, 0.2775],
      [10, 10, 0, 10, 0.6075, 1],
    ] as const) {
      const found = difference({ successes: a, n: m }, { successes: b, n });
      close(found?.interval.from, from);
      close(found?.interval.to, to);
    }
    assert.equal(difference({ successes: 0, n: 0 }, { successes: 1, n: 2 }), null);
  });

  test("an interval holds its share and narrows with more calls", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (successes, more) => {
        const n = successes + more + 1;
        const [one, ten] = [wilson(successes, n), wilson(successes * 10, n * 10)];
        assert.ok(one && ten);
        assert.ok(one.from <= successes / n && successes / n <= one.to);
        assert.ok(ten.to - ten.from < one.to - one.from);
      }),
    );
  });
});

test("median and p90 out of counted steps are off by less than a step", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 2900 }), { minLength: 1, maxLength: 300 }),
      fc.constantFrom(0.5, 0.9),
      (lengths, q) => {
        const steps = STEP_ENDS.map(
          (end, i) => lengths.filter((s) => s <= end && s > (STEP_ENDS[i - 1] ?? 0)).length,
        );
        const sorted = lengths.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(q * sorted.length) - 1] ?? assert.fail();
        const found = quantile(steps, q) ?? assert.fail();
        assert.ok(Math.abs(found - exact) <= Math.max(5, exact * 0.21), `${found} for ${exact}`);
      },
    ),
  );
  assert.equal(quantile([], 0.5), null);
});
