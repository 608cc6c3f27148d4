import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import type { TrendGroup, Trends } from "#contract";
import { addDays, dayOf, placeOf } from "../../server/db/time.ts";
import type { Store } from "../../server/db/store.ts";
import { createRebuild } from "../../server/stats/rebuild/rebuild.ts";
import { createTime } from "../../server/time/time.ts";
import { dialects } from "../support/databases.ts";
import { answer, testServer } from "../support/server.ts";

/** The 20th in Madrid, still the 19th in Bogotá. */
const NOW = new Date("2026-03-20T02:00:00Z");
const SITES = [
  { id: uuidv7(), name: "Madrid", timeZone: "Europe/Madrid" },
  { id: uuidv7(), name: "Bogotá", timeZone: "America/Bogota" },
];
const TEAMS = [0, 1, 1].map((site, i) => ({
  id: uuidv7(),
  name: `Equipo ${i}`,
  site: SITES[site] ?? SITES[0],
}));

const call = fc.record({
  team: fc.nat(TEAMS.length - 1),
  hoursAgo: fc.integer({ min: 0, max: 24 * 25 }),
  campaign: fc.constantFrom(null, "Fibra", "Móvil"),
  answered: fc.boolean(),
  contacted: fc.boolean(),
  sold: fc.boolean(),
  saleCents: fc.integer({ min: 0, max: 9_999 }),
  talkSeconds: fc.integer({ min: 0, max: 900 }),
  holdSeconds: fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }),
  wrapUpSeconds: fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }),
  aiAsks: fc.nat(2),
  heldOut: fc.boolean(),
});
type Drawn = typeof call extends fc.Arbitrary<infer T> ? T : never;
type Counted = Drawn & { countedAt: Date; place: (typeof TEAMS)[number]; back: number };

const zoneOf = ({ site }: (typeof TEAMS)[number]): string => site?.timeZone ?? "";
/** How many days before the last whole one of the site's clock; -1 today. */
function backOf(at: Date, timeZone: string): number {
  const yesterday = addDays(dayOf(NOW, timeZone), -1);
  return (Date.parse(yesterday) - Date.parse(placeOf(at, timeZone).day)) / 86_400_000;
}
const drawn = (calls: Drawn[]): Counted[] =>
  calls.map((one) => {
    const place = TEAMS[one.team] ?? assert.fail();
    const countedAt = new Date(NOW.getTime() - one.hoursAgo * 3_600_000 - 60_000);
    return { ...one, place, countedAt, back: backOf(countedAt, zoneOf(place)) };
  });

/** Takes the place of all calls that there were, and has their figures written. */
async function fill(store: Store, calls: Counted[], agentId: string, rebuild: () => Promise<void>) {
  const { calls: table } = store.tables;
  await store.together((db) => [
    db.delete(table),
    ...calls.map(
      ({ place, countedAt, saleCents, answered, back: _back, hoursAgo: _ago, team: _team, ...of }) => {
        const { hour, day } = placeOf(countedAt, zoneOf(place));
        return db.insert(table).values({
          ...of,
          id: uuidv7(),
          agentId,
          teamId: place.id,
          siteId: place.site?.id ?? "",
          startedAt: new Date(countedAt.getTime() - 1000),
          receivedAt: countedAt,
          clockOffsetMs: 0,
          startDigest: "",
          direction: "outbound",
          source: "softphone",
          searchText: "",
          endedAt: countedAt,
          outcome: answered ? "answered" : "missed",
          disposition: null,
          saleAmount: saleCents / 100,
          countedAt,
          countedHour: hour,
          countedDay: day,
        });
      },
    ),
  ]);
  await rebuild();
}

const isContact = ({ answered, contacted }: Counted) => answered && contacted;
const isSale = (one: Counted) => isContact(one) && one.sold;
const count = (calls: Counted[], fits: (one: Counted) => boolean) => calls.filter(fits).length;
const sum = (calls: Counted[], of: (one: Counted) => number) => calls.reduce((all, one) => all + of(one), 0);
const counts = (calls: Counted[]) => ({
  calls: calls.length,
  contacts: count(calls, isContact),
  sales: count(calls, isSale),
});
const rate = (calls: Counted[]) => [count(calls, isSale), count(calls, isContact)];
const shown = ({ numerator, denominator }: { numerator: number; denominator: number }) => [
  numerator,
  denominator,
];

/** A team has a row, too, for days on which only time was counted. */
const withCalls = (rows: TrendGroup[]) =>
  rows.filter(({ totals, before }) => totals.calls + before.calls > 0);

/** What trends say, and what the calls say that they have to. */
function compare(trends: Trends, calls: Counted[], days: number) {
  const now = calls.filter(({ back }) => back >= 0 && back < days);
  const before = calls.filter(({ back }) => back >= days && back < 2 * days);
  const { totals, ai, handle, handleBefore } = trends;
  assert.deepEqual({ ...totals, ...counts(now) }, totals);
  const answered = now.filter((one) => one.answered);
  assert.deepEqual(
    [totals.answered, Math.round(totals.saleAmount * 100), totals.talkSeconds, totals.wrapUpSeconds],
    [
      answered.length,
      sum(now.filter(isSale), ({ saleCents }) => saleCents),
      sum(answered, ({ talkSeconds }) => talkSeconds),
      sum(answered, ({ wrapUpSeconds }) => wrapUpSeconds ?? 0),
    ],
  );
  const { successRate, ...rest } = trends.before;
  assert.deepEqual([rest, shown(successRate)], [counts(before), rate(before)]);
  const mean = (of: Counted[]) =>
    sum(
      of,
      ({ talkSeconds, holdSeconds, wrapUpSeconds }) =>
        talkSeconds + (holdSeconds ?? 0) + (wrapUpSeconds ?? 0),
    ) / of.length;
  const answeredBefore = before.filter((one) => one.answered);
  assert.deepEqual([handle.n, handleBefore.n], [answered.length, answeredBefore.length]);
  if (handle.n > 0) assert.equal(handle.mean, mean(answered));
  if (handleBefore.n > 0) assert.equal(handleBefore.mean, mean(answeredBefore));
  if (handle.n > 0 && trends.campaign === null) assert.ok((handle.median ?? 0) <= (handle.p90 ?? 0));

  const series = (from: number) =>
    Array.from({ length: days }, (_, i) => counts(calls.filter(({ back }) => back === from - i)));
  const bare = (rows: Trends["days"]) => rows.map(({ day: _day, ...row }) => row);
  assert.deepEqual(bare(trends.days), series(days - 1));
  assert.deepEqual(bare(trends.daysBefore), series(2 * days - 1));

  const groups = (nameOf: (one: Counted) => string | undefined) =>
    [...Map.groupBy([...now, ...before], nameOf)]
      .flatMap(([name, of]) => {
        if (name === undefined) return [];
        const [its, itsBefore] = [now, before].map((part) => part.filter((one) => of.includes(one)));
        const weeks = Array.from({ length: Math.ceil(days / 7) }, (_, i) =>
          rate((its ?? []).filter(({ back }) => Math.floor(back / 7) === i)),
        );
        return [{ name, its: counts(its ?? []), was: counts(itsBefore ?? []), weeks: weeks.toReversed() }];
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const told = (rows: TrendGroup[]) =>
    withCalls(rows).map(
      ({ name, totals: { successRate: _now, ...its }, before: { successRate: _before, ...was }, weeks }) => ({
        name,
        its,
        was,
        weeks: weeks.map(shown),
      }),
    );
  assert.deepEqual(
    told(trends.teams),
    groups(({ place }) => place.name),
  );
  assert.deepEqual(
    told(trends.sites),
    groups(({ place }) => place.site?.name),
  );
  assert.deepEqual(
    told(trends.campaigns),
    groups(({ campaign }) => campaign ?? undefined),
  );

  const helped = answered.filter(({ aiAsks, heldOut }) => aiAsks > 0 && !heldOut);
  const heldOut = answered.filter((one) => one.heldOut);
  const others = answered.filter((one) => !helped.includes(one) && !heldOut.includes(one));
  assert.deepEqual([shown(ai.with.rate), shown(ai.without.rate)], [rate(helped), rate(others)]);
  assert.deepEqual(ai.heldOut && shown(ai.heldOut.rate), heldOut.length > 0 ? rate(heldOut) : null);
  assert.deepEqual(shown(ai.share), [helped.length, answered.length]);
}

for (const { name, open } of dialects)
  test(`trends say what the calls say, each site by its own clock, on ${name}`, async () => {
    const store = await open();
    const server = await testServer({ store });
    server.setNow(NOW);
    const { sites, teams } = store.tables;
    await store.together((db) => [
      db.insert(sites).values(SITES),
      db.insert(teams).values(TEAMS.map(({ id, name, site }) => ({ id, name, siteId: site?.id ?? "" }))),
    ]);
    const boss = await server.browser("executive");
    const { rebuild } = createRebuild(server.deps, createTime(server.deps));
    const few = name !== "SQLite";
    const asked = fc.record({
      days: fc.constantFrom(1, 6, 7, 9),
      campaign: fc.constantFrom(undefined, "Fibra"),
      scope: fc.constantFrom("all", "site:Bogotá", "team:Equipo 1"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 5, maxLength: 80 }), asked, async (random, query) => {
        const calls = drawn(random);
        await fill(store, calls, boss.userId, () => rebuild());
        const { days, campaign, scope } = query;
        const more = campaign === undefined ? "" : `&campaign=${campaign}`;
        const path = `/api/stats/trends?scope=${encodeURIComponent(scope)}&days=${days}${more}`;
        const { status, body } = await answer<Trends>(boss.request("GET", path));
        assert.equal(status, 200);
        const mine = calls.filter(
          ({ place, campaign: its }) =>
            (campaign === undefined || its === campaign) &&
            (scope === "all" || scope === `site:${place.site?.name}` || scope === `team:${place.name}`),
        );
        compare(body, mine, days);
      }),
      { numRuns: few ? 3 : 40, endOnFailure: true },
    );
    await server.close();
  });
