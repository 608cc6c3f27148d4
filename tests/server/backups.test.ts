import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { describe, test } from "node:test";
import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import fc from "fast-check";
import type { Backup, Backups } from "#contract";
import { createAudit } from "../../server/audit/audit.ts";
import { readHead } from "../../server/audit/head.ts";
import { openKept } from "../../server/backups/open-kept.ts";
import { backupShelf, endOf, manifest, type Manifest } from "../../server/backups/shelf.ts";
import { migrationOf } from "../../server/backups/sqlite-copy.ts";
import { readConfig } from "../../server/config.ts";
import { dayOf } from "../../server/db/time.ts";
import { openSqlite, sqliteMigrations } from "../../server/db/sqlite.ts";
import { createRooms } from "../../server/rooms.ts";
import { answer, testServer, wholeCall } from "../support/server.ts";

const byText = (a: string, b: string): number => a.localeCompare(b);
const ZONE = "Europe/Madrid";

async function onFile() {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-backups-"));
  const file = join(folder, "x.db");
  const server = await testServer({ store: openSqlite(file) });
  const close = async (): Promise<void> => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { server, folder, file, close };
}

/** A database as the version before this one left it: it does not know the last migration. */
async function migratedButOne(file: string, folder: string): Promise<void> {
  await cp(sqliteMigrations, folder, { recursive: true });
  const journal = join(folder, "meta", "_journal.json");
  const known = JSON.parse(await readFile(journal, "utf8")) as { entries: unknown[] };
  await writeFile(journal, JSON.stringify({ ...known, entries: known.entries.slice(0, -1) }));
  const database = new Sqlite(file);
  migrate(drizzle(database), { migrationsFolder: folder });
  database.close();
}

describe("copies of the database", () => {
  test("an admin makes one; it is checked, says what it is, and stands in the list with its end", async () => {
    const { server, close } = await onFile();
    server.setNow("2026-03-03T10:00:00Z");
    const admin = await server.browser("admin");
    const luis = await server.browser("supervisor");
    const device = await server.device();
    const call = await wholeCall(device, server.now());
    assert.equal((await luis.request("GET", "/api/backups")).status, 403);
    assert.equal((await luis.request("POST", "/api/backups")).status, 403);
    await admin.request("PUT", "/api/retention", { rules: [] });
    const empty = await answer<Backups>(admin.request("GET", "/api/backups"));
    assert.deepEqual([empty.body.items, empty.body.possible], [[], true]);

    const [made, second] = await Promise.all(
      [0, 1].map(() => answer<Backup & { code?: string }>(admin.request("POST", "/api/backups"))),
    );
    assert.deepEqual(
      [made?.status, second?.status, made?.body.code ?? second?.body.code].map(String).toSorted(byText),
      ["201", "409", "backup_running"],
    );
    const own = made?.status === 201 ? made.body : second?.body;
    assert.equal(own?.goesAt, "2026-03-30T22:00:00.000Z", "the week's first one stays for four weeks");
    const folder = join(server.data, "backups", own?.id ?? "");
    assert.deepEqual((await readdir(folder)).toSorted(byText), [
      "audit-head.json",
      "callmanager.db",
      "manifest.json",
    ]);
    const told = manifest.parse(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")));
    assert.deepEqual([told.kind, told.dialect, told.files[0]?.bytes], ["manual", "sqlite", own?.bytes]);
    assert.match(told.without, /recordings/);

    const copy = new Sqlite(join(folder, "callmanager.db"), { readonly: true });
    assert.equal((copy.prepare("select id from calls").get() as { id: string }).id, call.id);
    const [head] = copy
      .prepare("select n, hash from audit_entries order by n desc limit 1")
      .all() as object[];
    copy.close();
    const published = await readHead(join(folder, "audit-head.json"));
    assert.deepEqual({ n: published?.n, hash: published?.hash }, head);
    const { auditEntries } = server.deps.store.tables;
    const entries = await server.deps.store.db.select().from(auditEntries);
    assert.deepEqual(
      entries
        .filter(({ action }) => action === "backup_made")
        .map(({ actorId, subjectId, digest }) => [actorId, subjectId, digest]),
      [[admin.userId, own?.id, told.files[0]?.sha256]],
    );
    assert.deepEqual(server.errors, []);
    await close();
  });

  test("a database in memory says that it cannot be copied", async () => {
    const server = await testServer();
    const admin = await server.browser("admin");
    assert.equal((await answer<Backups>(admin.request("GET", "/api/backups"))).body.possible, false);
    const refused = await answer(admin.request("POST", "/api/backups"));
    assert.deepEqual([refused.status, refused.body.code], [409, "backup_impossible"]);
    await server.close();
  });

  test("each night has one, and a server that sleeps at night has one by day", async () => {
    const { server, close } = await onFile();
    const { backups, night } = createRooms(server.deps);
    const kinds = async () =>
      (await backups.list()).items.map(({ kind, made }) => `${kind} ${made.slice(0, 16)}`);
    server.setNow("2026-03-03T10:00:00Z");
    await night.work();
    await night.work();
    assert.deepEqual(await kinds(), ["nightly 2026-03-03T10:00"], "there was none at all");
    server.setNow("2026-03-04T00:30:00Z");
    await night.work();
    await night.work();
    server.setNow("2026-03-04T23:10:00Z");
    await night.work();
    server.setNow("2026-03-06T12:00:00Z");
    await night.work();
    assert.deepEqual(await kinds(), [
      "nightly 2026-03-06T12:00",
      "nightly 2026-03-04T00:30",
      "nightly 2026-03-03T10:00",
    ]);
    assert.deepEqual(server.errors, []);
    await close();
  });

  test("while it is copied nobody waits", async () => {
    const { server, close } = await onFile();
    const { settings } = server.deps.store.tables;
    const filler = "x".repeat(4_000);
    for (let i = 0; i < 10; i++)
      await server.deps.store.together((db) => [
        db.insert(settings).values(
          Array.from({ length: 1_000 }, (_, n) => ({
            name: `${i} ${n}`,
            value: { is: filler },
            changedAt: server.now(),
          })),
        ),
      ]);
    const { backups } = createRooms(server.deps);
    const device = await server.device();
    const delays = monitorEventLoopDelay({ resolution: 1 });
    const copied = { yet: false };
    const began = performance.now();
    const made = backups.now(null).finally(() => (copied.yet = true));
    delays.enable();
    let calls = 0;
    for (; !copied.yet; calls++) await wholeCall(device, server.now());
    delays.disable();
    const took = performance.now() - began;
    const { bytes } = await made;
    assert.ok(bytes > 40_000_000 && calls > 0);
    // copied and checked on the server's own thread, the worst pause would be about all of it
    assert.ok(delays.max / 1e6 < took / 2, `${delays.max / 1e6} of ${took} ms`);
    await close();
  });

  test("those whose time is over go, but never the newest", async () => {
    const data = await mkdtemp(join(tmpdir(), "callmanager-shelf-"));
    const shelf = backupShelf(data);
    const days: string[] = [];
    for (let day = 1; day <= 60; day++) {
      const at = new Date(Date.UTC(2026, 0, day, 1, 0));
      const goesAt = endOf("nightly", at, await shelf.list(), ZONE).toISOString();
      await shelf.add(at, async (folder) => {
        await writeFile(join(folder, "callmanager.db"), "x");
        const files = [{ name: "callmanager.db", bytes: 1, sha256: "0".repeat(64) }];
        return { version: "2", dialect: "sqlite", kind: "nightly", goesAt, migration: 1, files, without: "" };
      });
      await shelf.rotate(at);
      if (day === 60) days.push(...(await shelf.list()).map(({ made }) => made.slice(0, 10)));
    }
    const lately = [
      "2026-03-01",
      "2026-02-28",
      "2026-02-27",
      "2026-02-26",
      "2026-02-25",
      "2026-02-24",
      "2026-02-23",
    ];
    assert.deepEqual(days, [...lately, "2026-02-16", "2026-02-09", "2026-02-02"]);
    await shelf.rotate(new Date("2030-01-01T00:00:00Z"));
    assert.deepEqual(
      (await shelf.list()).map(({ made }) => made.slice(0, 10)),
      ["2026-03-01"],
    );
    // half ones, and what somebody else put there
    await mkdir(join(data, "backups", ".part-x"));
    await mkdir(join(data, "backups", "notes"));
    assert.equal((await shelf.list()).length, 1);
    await shelf.tidy();
    assert.deepEqual((await readdir(join(data, "backups"))).length, 2);
    await rm(data, { recursive: true });
  });

  test("a copy goes on the day that was told, also where no new one can be made; the last sound one stays", async () => {
    const server = await testServer();
    const shelf = backupShelf(server.data);
    const put = (kind: Manifest["kind"], made: string, goesAt: string) =>
      shelf.add(new Date(made), async (folder) => {
        await writeFile(join(folder, "callmanager.db"), "x");
        const files = [{ name: "callmanager.db", bytes: 1, sha256: "0".repeat(64) }];
        return { version: "2", dialect: "sqlite", kind, goesAt, migration: 1, files, without: "" };
      });
    await put("nightly", "2026-03-01T01:00:00.000Z", "2026-03-08T00:00:00.000Z");
    await put("nightly", "2026-03-02T01:00:00.000Z", "2026-03-09T00:00:00.000Z");
    await put("before_restore", "2026-03-03T01:00:00.000Z", "2026-03-10T00:00:00.000Z");
    server.setNow("2026-03-08T12:00:00Z");
    // a database in memory cannot be copied
    await server.rooms.night.work();
    const left = async () => (await shelf.list()).map(({ made }) => made.slice(0, 10));
    assert.deepEqual(await left(), ["2026-03-03", "2026-03-02"]);
    server.setNow("2026-04-08T12:00:00Z");
    await server.rooms.night.work();
    assert.deepEqual(await left(), ["2026-03-02"]);
    assert.deepEqual(server.errors, []);
    await server.close();
  });

  test("every copy's end is known when it is made: 7 days, 4 weeks, or 30 days", () => {
    const kinds = fc.constantFrom("nightly", "manual", "before_migration", "before_restore");
    const instants = fc.date({
      min: new Date("2020-01-01"),
      max: new Date("2030-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(kinds, instants, fc.array(instants, { maxLength: 5 }), (kind, at, others) => {
        const known: Pick<Manifest, "kind" | "made">[] = others.map((made) => ({
          kind: "nightly",
          made: made.toISOString(),
        }));
        const span = Date.parse(dayOf(endOf(kind, at, known, ZONE), ZONE)) - Date.parse(dayOf(at, ZONE));
        const days = span / 86_400_000;
        assert.ok(kind.startsWith("before") ? days === 30 : days === 7 || days === 28, `${kind} ${days}`);
      }),
    );
  });

  test("before a migration the database is copied, a new one is not", async () => {
    const folder = await mkdtemp(join(tmpdir(), "callmanager-migration-"));
    const file = join(folder, "x.db");
    const config = readConfig({
      DATABASE_URL: `file:${file}`,
      DATA_FOLDER: join(folder, "data"),
      TIME_ZONE: ZONE,
    });
    const log = { info: () => undefined, error: () => assert.fail("nothing fails") };
    const deps = { clock: () => new Date("2026-03-03T10:00:00Z"), log };
    const opened = async () => (await openKept(config, deps)).close();
    await opened();
    await opened();
    assert.deepEqual(await backupShelf(config.DATA_FOLDER).list(), []);
    const newest = migrationOf(file) ?? 0;
    await rm(file);
    await migratedButOne(file, join(folder, "drizzle"));
    const store = await openKept(config, deps);
    const [made] = await backupShelf(config.DATA_FOLDER).list();
    assert.deepEqual([made?.kind, made?.goesAt], ["before_migration", "2026-04-01T22:00:00.000Z"]);
    assert.ok((made?.migration ?? 0) < newest);
    assert.equal(
      (await createAudit({ ...deps, store, config }).head())?.n,
      1,
      "noted in the migrated database",
    );
    await store.close();
    await rm(folder, { recursive: true });
  });
});
