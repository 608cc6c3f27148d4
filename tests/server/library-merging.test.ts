import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import Sqlite from "better-sqlite3";
import { openSqlite } from "../../server/db/sqlite.ts";
import { createMerging } from "../../server/library/merging/merging.ts";
import { idAt, libraryQueries } from "../../server/library/queries.ts";
import { createNight } from "../../server/retention/night.ts";
import { openPglite } from "../support/databases.ts";
import { testServer } from "../support/server.ts";

const DAYS = 30;
const A_DAY = 600;
const firstOf = (day: number): number => idAt(new Date(Date.UTC(2026, 0, 1 + day)));

/** The number of segments stands in the record of the index' structure, behind a cookie and the number of levels. */
function segmentsOf(client: Sqlite.Database): number {
  const block = client.prepare("select block from recording_index_data where id = 10").pluck().get();
  return (block as Buffer).at(5) ?? assert.fail();
}

test("segments of the index are merged in steps, and what is found stays the same", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-"));
  const file = join(folder, "library.db");
  const store = openSqlite(file);
  const client = new Sqlite(file);
  t.after(async () => {
    client.close();
    await store.close();
    await rm(folder, { recursive: true });
  });
  client.pragma("foreign_keys = OFF");
  const one = client.prepare("insert into recording_words (id, call_id, words) values (?, ?, ?)");
  const addDay = client.transaction((day: number) => {
    for (let i = 0; i < A_DAY; i++) {
      const id = BigInt(firstOf(day) + i * 40_000 * 2048);
      one.run(id, String(id), `${i % 2 === 0 ? "uno" : "dos"} ${(id * 7919n) % 100_000_007n}palabra`);
    }
  });
  for (let day = 0; day < DAYS; day++) addDay(day);
  const matching = client.prepare("select rowid from recording_index where recording_index match ?").pluck();
  const milestones = (): unknown[] => matching.all("0w0");
  const found = () =>
    libraryQueries(store).find(
      { all: [[{ word: "uno", beginning: false }]] },
      firstOf(7),
      firstOf(9) - 1,
      2000,
    );
  const before = { segments: segmentsOf(client), milestones: milestones(), found: await found() };
  assert.ok(before.segments > 8 && before.found.length === A_DAY);
  assert.equal(before.milestones.length, DAYS + 1);

  const { merge } = createMerging({ store });
  assert.equal(await merge(() => false), 0);
  let left = 3;
  assert.equal(await merge(() => left-- > 0), 2, "it goes on for as long as it may");
  const steps = await merge(() => true);
  assert.ok(steps > 5, `${steps} steps`);
  assert.ok(segmentsOf(client) <= 3, `${segmentsOf(client)} of ${before.segments} segments`);
  assert.deepEqual([milestones(), await found()], [before.milestones, before.found]);
  client.exec("insert into recording_index (recording_index) values ('integrity-check')");
  assert.equal(await merge(() => true), 0, "nothing is left to merge");
});

test("PostgreSQL is left alone", async () => {
  const store = await openPglite();
  assert.equal(await createMerging({ store }).merge(() => true), 0);
  await store.close();
});

test("it is done at night, until the server stops", async () => {
  const server = await testServer();
  const asked: boolean[] = [];
  let goesOn = (): boolean => false;
  const merging = {
    merge: (may: () => boolean) => {
      goesOn = may;
      asked.push(may());
      return Promise.resolve(0);
    },
  };
  const night = createNight(server.deps, { ...server.rooms, merging });
  server.setNow("2026-03-02T11:00:00Z");
  await night.work();
  server.setNow("2026-03-03T01:30:00Z");
  await night.work();
  assert.deepEqual(asked, [false, true]);
  assert.equal(goesOn(), true);
  await night.stop();
  assert.equal(goesOn(), false);
  await server.close();
});
