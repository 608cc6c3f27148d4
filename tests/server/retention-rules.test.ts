import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { retentionInput, type RetentionRule } from "#contract";
import { addDays, dayOf, isNight, startOfDay } from "../../server/db/time.ts";
import { capacityOf, daysUntilFull, preview, type Cohort } from "../../server/retention/forecast.ts";
import { ageOf, ruleFor, stepAt } from "../../server/retention/rules.ts";

const MADRID = "0198a000-0000-7000-8000-000000000001";
const BOGOTA = "0198a000-0000-7000-8000-000000000002";
const rule = (more: Partial<RetentionRule>): RetentionRule => ({
  siteId: null,
  kind: null,
  code: null,
  flacAfter: null,
  opusAfter: null,
  deleteAfter: null,
  ...more,
});
const both = { flac: true, opus: true };

describe("which rule counts", () => {
  const everything = rule({ deleteAfter: 1 });
  const madrid = rule({ siteId: MADRID, deleteAfter: 2 });
  const sales = rule({ kind: "sale", deleteAfter: 3 });
  const salesHere = rule({ siteId: MADRID, kind: "sale", deleteAfter: 4 });
  const complaint = rule({ code: "complaint", deleteAfter: 5 });
  const rules = [everything, madrid, sales, salesHere, complaint];

  test("one outcome before a kind, a kind before any, the own site's among equals", () => {
    const of = (siteId: string, kind: "sale" | "contact" | null, code: string | null) =>
      ruleFor(rules, { siteId, kind, code })?.deleteAfter;
    assert.equal(of(BOGOTA, "contact", "follow_up"), 1);
    assert.equal(of(MADRID, "contact", "follow_up"), 2);
    assert.equal(of(BOGOTA, "sale", "sale"), 3);
    assert.equal(of(MADRID, "sale", "sale"), 4);
    assert.equal(of(MADRID, "sale", "complaint"), 5);
    assert.equal(of(BOGOTA, null, null), 1);
    assert.equal(ruleFor([salesHere], { siteId: BOGOTA, kind: "sale", code: "sale" }), null);
  });

  test("the order in which they are written does not count", () => {
    const shuffled = fc.shuffledSubarray(rules, { minLength: rules.length });
    fc.assert(
      fc.property(
        shuffled,
        fc.constantFrom(MADRID, BOGOTA),
        fc.constantFrom("sale", "contact", null),
        (some, siteId, kind) => {
          const outcome = { siteId, kind, code: null } as const;
          assert.equal(ruleFor(some, outcome), ruleFor(rules, outcome));
        },
      ),
    );
  });

  test("what contradicts itself is refused", () => {
    const refused = (...some: RetentionRule[]) => !retentionInput.safeParse({ rules: some }).success;
    assert.ok(!refused(...rules));
    assert.ok(refused(everything, rule({ flacAfter: 1 })), "the same site and outcome twice");
    assert.ok(refused(rule({ kind: "sale", code: "sale" })));
    assert.ok(refused(rule({ flacAfter: 10, opusAfter: 10 })));
    assert.ok(refused(rule({ flacAfter: 30, deleteAfter: 20 })));
    assert.ok(refused(rule({ deleteAfter: -1 })));
    assert.ok(!refused(rule({ flacAfter: 0, opusAfter: 1, deleteAfter: 2 })));
  });
});

describe("when a step is due", () => {
  const steps = rule({ flacAfter: 7, opusAfter: 30, deleteAfter: 180 });

  test("in their order, and nothing grows again", () => {
    const at = (format: "wav" | "flac" | "opus", age: number, tools = both) => {
      const step = stepAt(steps, format, age, tools);
      return step && (step.waits ? `${step.to} waits` : step.to);
    };
    assert.deepEqual(
      [6, 7, 29, 30, 179, 180].map((age) => at("wav", age)),
      [null, "flac", "flac", "opus", "opus", "trash"],
    );
    assert.deepEqual(
      [7, 30, 180].map((age) => at("flac", age)),
      [null, "opus", "trash"],
    );
    assert.deepEqual(
      [30, 179].map((age) => at("opus", age)),
      [null, null],
    );
    assert.equal(at("wav", 30, { flac: true, opus: false }), "flac", "what can be made is made");
    assert.equal(at("flac", 30, { flac: true, opus: false }), "opus waits");
    assert.equal(at("wav", 7, { flac: false, opus: false }), "flac waits");
    assert.equal(at("wav", 180, { flac: false, opus: false }), "trash");
  });

  const zones = fc.constantFrom(
    "Europe/Madrid",
    "America/Bogota",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
  );
  const instants = fc.date({
    min: new Date("2000-01-02T00:00:00Z"),
    max: new Date("2040-01-01T00:00:00Z"),
    noInvalidDate: true,
  });

  test("days are those of the site's calendar, also when its clocks change", () => {
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 0, max: 5_000 }), (zone, startedAt, days) => {
        const due = startOfDay(addDays(dayOf(startedAt, zone), days), zone);
        assert.ok(
          days === 0 || ageOf(startedAt, new Date(due.getTime() - 1), zone) < days,
          "not a moment earlier",
        );
        assert.ok(ageOf(startedAt, due, zone) >= days, "and from its first moment on");
      }),
      { numRuns: 2_000 },
    );
  });

  test("a recording never gets younger, and each day has its night", () => {
    fc.assert(
      fc.property(zones, instants, fc.nat(200_000), fc.nat(200_000), (zone, startedAt, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)];
        const after = (minutes: number) => new Date(startedAt.getTime() + minutes * 60_000);
        assert.ok(ageOf(startedAt, after(early), zone) <= ageOf(startedAt, after(late), zone));
        const from = startOfDay(dayOf(startedAt, zone), zone).getTime();
        const hours = Array.from({ length: 23 }, (_, hour) => new Date(from + hour * 3_600_000));
        assert.ok(hours.some((at) => isNight(at, zone)) && hours.some((at) => !isNight(at, zone)));
      }),
    );
  });
});

describe("what rules would do, and how long the disk lasts", () => {
  const cohort = (more: Partial<Cohort>): Cohort => ({
    siteId: MADRID,
    kind: "sale",
    code: "sale",
    day: "2026-11-01",
    format: "wav",
    held: false,
    trashed: false,
    recordings: 10,
    bytes: 1_000,
    wavBytes: 1_000,
    ...more,
  });
  const today = "2026-11-25";

  test("each recording is counted once, for what is due; held ones apart", () => {
    const cohorts = [
      cohort({}),
      cohort({ kind: "contact", code: "follow_up", recordings: 5 }),
      cohort({ day: "2026-11-24", recordings: 3 }),
      cohort({ held: true, recordings: 2 }),
      cohort({ trashed: true, recordings: 100 }),
      cohort({ siteId: BOGOTA, recordings: 1, bytes: 77 }),
    ];
    const rules = [
      rule({ kind: "sale", flacAfter: 7 }),
      rule({ siteId: BOGOTA, kind: "sale", deleteAfter: 10 }),
    ];
    assert.deepEqual(
      preview(cohorts, rules, () => today, both),
      {
        flac: 10,
        opus: 0,
        deleted: 1,
        waiting: 0,
        held: 2,
        deletedBytes: 77,
      },
    );
    assert.equal(preview(cohorts, rules, () => today, { flac: false, opus: false }).waiting, 10);
    assert.deepEqual(
      preview(cohorts, [], () => today, both),
      { flac: 0, opus: 0, deleted: 0, waiting: 0, held: 0, deletedBytes: 0 },
    );
  });

  const lately = (bytes: number) =>
    Array.from({ length: 28 }, (_, i) => cohort({ day: addDays(today, -i), bytes, wavBytes: bytes }));

  test("without rules it fills by what arrives; with deletion it may never", () => {
    const free = 100_000;
    assert.equal(daysUntilFull(lately(1_000), { rules: [], tools: both }, today, free), 100);
    const keeps60 = [rule({ deleteAfter: 60 })];
    // 60 days and 7 of trash at 1,000 each are more than there are now, and fit
    assert.equal(daysUntilFull(lately(1_000), { rules: keeps60, tools: both }, today, free), null);
    assert.equal(daysUntilFull(lately(1_000), { rules: keeps60, tools: both }, today, 30_000), 30);
    const flac = [rule({ flacAfter: 0 })];
    const smaller = daysUntilFull(lately(1_000), { rules: flac, tools: both }, today, free);
    assert.ok(smaller !== null && smaller > 240 && smaller < 310, String(smaller));
    assert.equal(
      daysUntilFull(lately(1_000), { rules: flac, tools: { flac: false, opus: false } }, today, free),
      100,
      "a step that waits saves nothing",
    );
    assert.equal(daysUntilFull([], { rules: [], tools: both }, today, free), null);
  });

  test("the forecast is what living through the days one by one gives", () => {
    const days = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null });
    fc.assert(
      fc.property(
        days,
        days,
        days,
        fc.integer({ min: 5_000, max: 120_000 }),
        (flacAfter, opusAfter, deleteAfter, free) => {
          const own = rule({ flacAfter, opusAfter, deleteAfter });
          fc.pre(retentionInput.safeParse({ rules: [own] }).success);
          // each day's recordings, by the day on which they came; sizes as the shares of research have them
          const size = (age: number): number => {
            if (deleteAfter !== null && age >= deleteAfter + 7) return 0;
            const step = stepAt({ ...own, deleteAfter: null }, "wav", age, both);
            return step?.to === "flac" ? 400 : step?.to === "opus" ? 38 : 1_000;
          };
          const taken = (day: number): number =>
            Array.from({ length: day + 28 }, (_, age) => age).reduce(
              // what came before today is still a WAV until tonight
              (sum, age) => sum + (day === 0 ? 1_000 : size(age)),
              0,
            );
          let full: number | null = null;
          for (let day = 1; day <= 400 && full === null; day++) if (taken(day) - taken(0) >= free) full = day;
          const told = daysUntilFull(lately(1_000), { rules: [own], tools: both }, today, free);
          assert.equal(told !== null && told > 400 ? null : told, full);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the room that is taken, by month and format", () => {
    const told = capacityOf(
      [
        cohort({}),
        cohort({ day: "2026-10-03", format: "flac", bytes: 400 }),
        cohort({ trashed: true, bytes: 9 }),
      ],
      { rules: [], tools: both },
      today,
      null,
    );
    assert.deepEqual(told.months, [
      { month: "2026-10", recordings: 10, wav: 0, flac: 400, opus: 0 },
      { month: "2026-11", recordings: 10, wav: 1_000, flac: 0, opus: 0 },
    ]);
    assert.deepEqual(
      [told.recordings, told.bytes, told.trashBytes, told.freeBytes, told.daysLeft],
      [20, 1_409, 9, null, null],
    );
  });
});
