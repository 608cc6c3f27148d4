import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import Sqlite from "better-sqlite3";
import { sql } from "drizzle-orm";
import { openSqlite } from "../../server/db/sqlite.ts";
import { idAt, libraryQueries } from "../../server/library/queries.ts";

const DAYS = 60;
const firstOf = (day: number): number => idAt(new Date(Date.UTC(2026, 0, 1 + day)));
const whole = (word: string) => [{ word, beginning: false }];

/** A library in which half of a day's recordings have one word, half another, and none has both. */
async function libraryOf(t: TestContext, aDay: number) {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-"));
  const file = join(folder, "library.db");
  await openSqlite(file).close();
  const client = new Sqlite(file);
  client.pragma("foreign_keys = OFF");
  const one = client.prepare("insert into recording_words (id, call_id, words) values (?, ?, ?)");
  const add = client.transaction((from: number, to: number) => {
    for (let day = from; day < to; day++)
      for (let i = 0; i < aDay; i++) {
        const id = BigInt(firstOf(day) + i * 40_000 * 2048);
        one.run(id, String(id), i % 2 === 0 ? "uno" : "dos");
      }
  });
  add(0, DAYS);
  const store = openSqlite(file);
  t.after(async () => {
    client.close();
    await store.close();
    await rm(folder, { recursive: true });
  });
  return { client, add, store, find: libraryQueries(store).find };
}

test("of words that are never together no more is read than the days looked through", async (t) => {
  const { client, store, find } = await libraryOf(t, 1000);
  client.exec("insert into recording_index (recording_index) values ('optimize')");
  const index = sql<number>`recording_index`;
  const blocks = async (): Promise<number> => {
    const read = store.db.select({ n: index.mapWith(Number) }).from(index);
    return (await read.where(sql`${index} match '*reads'`))[0]?.n ?? 0;
  };
  const blocksFor = async (from: number, to: number): Promise<number> => {
    const begin = await blocks();
    assert.deepEqual(await find({ all: [whole("uno"), whole("dos")] }, from, to, 50), []);
    return (await blocks()) - begin;
  };
  const all = await blocksFor(0, firstOf(DAYS));
  for (const day of [0, 30, DAYS - 1]) {
    const one = await blocksFor(firstOf(day), firstOf(day + 1) - 1);
    assert.ok(one < all / 3, `${one} blocks of ${all} for day ${day}`);
  }
});

test("a milestone comes with the first recording of its days and goes with the last", async (t) => {
  const { client, add, find } = await libraryOf(t, 4);
  const milestones = (level: number): number =>
    client.prepare("select rowid from recording_index where recording_index match ?").all(`0w${level}`)
      .length;
  const atTheEnd = 1;
  const remove = client.prepare("delete from recording_words where id < ?");
  assert.deepEqual([milestones(0), milestones(1)], [DAYS + atTheEnd, 16 + atTheEnd]);
  remove.run(BigInt(firstOf(20)));
  assert.equal(milestones(0), DAYS - 20 + atTheEnd);
  add(3, 4);
  assert.equal(milestones(0), DAYS - 20 + 1 + atTheEnd);
  const found = await find({ all: [whole("uno"), whole("uno")] }, 0, firstOf(20) - 1, 50);
  assert.equal(found.length, 2, "milestones are not found");
  remove.run(BigInt(firstOf(DAYS)));
  for (const level of [0, 1, 2, 3, 4, 5]) assert.equal(milestones(level), atTheEnd);
});
