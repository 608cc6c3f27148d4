import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import Sqlite from "better-sqlite3";
import { eq, sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { commitThread } from "../../server/db/commit-thread.ts";
import { openSqlite } from "../../server/db/sqlite.ts";
import { bind, statement, type Store } from "../../server/db/store.ts";
import { isUniqueViolation } from "../../server/db/violations.ts";

describe("the thread that writes", () => {
  let folder = "";
  let file = "";
  let store: Store;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "callmanager-writes-"));
    file = join(folder, "x.db");
    store = openSqlite(file);
  });
  after(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const site = (id: string) => ({ id, name: id, timeZone: "UTC" });
  const add = (id: string) => store.together((db) => [db.insert(store.tables.sites).values(site(id))]);
  const has = async (id: string): Promise<boolean> =>
    (await store.db.select().from(store.tables.sites).where(eq(store.tables.sites.id, id))).length > 0;

  test("what it has answered is read at once, here and over another connection", async () => {
    const other = new Sqlite(file, { readonly: true });
    for (let i = 0; i < 50; i++) {
      const id = uuidv7();
      await add(id);
      assert.equal(await has(id), true);
      assert.deepEqual(other.prepare("select count(*) as n from sites where id = ?").get(id), { n: 1 });
    }
    other.close();
  });

  test("one job that fails leaves nothing, whichever of its writes it was, and its neighbours stay", async () => {
    const [taken, half, good] = [uuidv7(), uuidv7(), uuidv7()];
    await add(taken);
    const { sites } = store.tables;
    const settled = await Promise.allSettled([
      add(good),
      store.together((db) => [db.insert(sites).values(site(half)), db.insert(sites).values(site(taken))]),
      ...Array.from({ length: 20 }, () => add(uuidv7())),
    ]);
    const failed = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    assert.equal(failed.length, 1);
    assert.ok(isUniqueViolation(failed[0]), "the error still says what it was");
    assert.match(String((failed[0] as Error).stack), /UNIQUE constraint failed/);
    assert.deepEqual([await has(good), await has(half)], [true, false]);
  });

  test("rows come back as their columns are read, of bound statements and of others", async () => {
    const { sites } = store.tables;
    const named = statement("rename_site", (db) =>
      db
        .update(sites)
        .set({ name: sql`${sql.placeholder("name")}` })
        .where(eq(sites.id, sql.placeholder("id")))
        .returning({ name: sites.name }),
    );
    const id = uuidv7();
    const [added, renamed, silent] = await store.together((db) => [
      db.insert(sites).values(site(id)).returning({ id: sites.id }),
      bind(named, { id, name: "Sur" }),
      db.update(sites).set({ timeZone: "Europe/Madrid" }).where(eq(sites.id, id)),
    ]);
    assert.deepEqual([added, renamed, silent], [[{ id }], [{ name: "Sur" }], []]);
    await assert.rejects(
      store.together(() => [bind(named, { id })]),
      /name/,
    );
  });

  test("closing waits for what is being written", async () => {
    const other = openSqlite(file);
    const ids = Array.from({ length: 30 }, () => uuidv7());
    const written = ids.map((id) => other.together((db) => [db.insert(other.tables.sites).values(site(id))]));
    await other.close();
    await Promise.all(written);
    for (const id of ids) assert.equal(await has(id), true);
  });

  test("what cannot travel fails, and every form after it is still the right one", async () => {
    const { commit, close } = commitThread(file);
    const insert = "insert into sites (id, name, time_zone) values (?, ?, 'UTC')";
    const adding = { sql: insert, kept: true, rows: false };
    const counting = { sql: "select count(*) from sites where id = ?", kept: true, rows: true };
    const once = { sql: "select 'once'", kept: false, rows: true };
    await assert.rejects(
      commit([[{ form: adding, values: [() => "no value", "x"] }]]),
      /could not be cloned/,
    );
    for (const id of [uuidv7(), uuidv7()]) {
      const outcomes = await commit([
        [{ form: counting, values: [id] }],
        [
          { form: adding, values: [id, id] },
          { form: once, values: [] },
          { form: counting, values: [id] },
        ],
        [],
      ]);
      assert.deepEqual(outcomes, [{ rows: [[[0]]] }, { rows: [[], [["once"]], [[1]]] }, { rows: [] }]);
    }
    await close();
  });

  test("a thread that ends takes only its own jobs with it", async () => {
    const { commit, close } = commitThread(join(folder, "no", "such", "folder.db"));
    await assert.rejects(async () => commit([]), /directory does not exist/);
    await assert.rejects(async () => commit([]), /directory does not exist/, "a new one was begun");
    await close();
  });
});
