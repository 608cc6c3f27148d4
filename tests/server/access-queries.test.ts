import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { accessQueries } from "../../server/access/queries.ts";
import { authQueries, type SessionKind } from "../../server/auth/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { personRow } from "../support/rows.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");
const later = (ms: number) => new Date(NOW.getTime() + ms);
const MINUTE = 60_000;

for (const { name, open } of dialects)
  describe(`every query of the access room on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const queries = accessQueries(store);
    const access = noting("access", queries, called);
    const people = authQueries(store, () => uuidv7());
    const ana = uuidv7();
    const eva = uuidv7();
    before(async () => {
      await people.addPerson(personRow(ana, "ana", "admin"), NOW, "Europe/Madrid");
      await people.addPerson(personRow(eva, "eva", "agent"), NOW, "Europe/Madrid");
    });

    test("tries are counted within a window, and begin anew after it and after a lock", async () => {
      const tried = async (at: Date) =>
        (await access.tried(["a", "b"], at, 15 * MINUTE, 30 * MINUTE))
          .toSorted((one, other) => one.key.localeCompare(other.key))
          .map(({ count, lockedUntil }) => [count, lockedUntil?.getTime() ?? null]);
      assert.deepEqual(await tried(NOW), [
        [1, null],
        [1, null],
      ]);
      assert.deepEqual(await tried(later(MINUTE)), [
        [2, null],
        [2, null],
      ]);
      await access.forgive("a", "b");
      assert.deepEqual(await tried(later(2 * MINUTE)), [
        [1, null],
        [2, null],
      ]);
      assert.equal(await access.lock("b", later(5 * MINUTE)), true);
      assert.equal(await access.lock("b", later(9 * MINUTE)), false, "the first lock stays");
      assert.deepEqual(await access.locked(later(3 * MINUTE)), [{ key: "b", until: later(5 * MINUTE) }]);
      assert.deepEqual(await access.locked(later(6 * MINUTE)), []);
      assert.deepEqual(await tried(later(4 * MINUTE)), [
        [2, null],
        [3, later(5 * MINUTE).getTime()],
      ]);
      assert.deepEqual(await tried(later(6 * MINUTE)), [
        [3, null],
        [1, null],
      ]);
      assert.deepEqual(await tried(later(22 * MINUTE)), [
        [1, null],
        [1, null],
      ]);
      await access.tried(["c"], later(60 * MINUTE), 15 * MINUTE, 30 * MINUTE);
      const { db, tables } = store;
      assert.deepEqual(await db.select({ key: tables.attempts.key }).from(tables.attempts), [{ key: "c" }]);
    });

    test("sessions: listed without panels, ended one by one or all but one", async () => {
      const add = (tokenHash: string, kind: SessionKind, userId = ana, ms = 1000) =>
        people.addSession({
          tokenHash,
          kind,
          userId,
          device: null,
          createdAt: later(ms),
          expiresAt: later(9e8),
        });
      await add("one", "browser");
      await add("two", "browser", ana, 2000);
      await add("pc", "device", ana, 3000);
      await add("panel", "panel", ana, 4000);
      await add("hers", "browser", eva);
      const listed = await access.sessions(ana, NOW);
      assert.deepEqual(
        listed.map(({ tokenHash }) => tokenHash),
        ["pc", "two", "one"],
      );
      const [pc, , one] = listed;
      assert.ok(pc && one);
      assert.equal(await access.endSession(eva, one.id), null, "somebody else's");
      assert.equal(await access.endSession(ana, one.id), "browser");
      assert.ok(await people.actor("panel", NOW), "a browser's end leaves the panel");
      assert.equal(await access.endSession(ana, pc.id), "device");
      assert.equal(await people.actor("panel", NOW), null, "a PC's end is its panel's");
      assert.equal(await access.endSession(ana, pc.id), null);
      await add("three", "browser");
      assert.equal(await access.endBrowsers(ana, "three"), 1);
      assert.ok(await people.actor("three", NOW));
      assert.equal(await access.endBrowsers(ana, null), 1);
      assert.ok(await people.actor("hers", NOW));
    });

    test("keys: found by their digest until they end or are revoked", async () => {
      const scopes = ["calls:write", "stats:read"] as const;
      const row = {
        id: uuidv7(),
        keyHash: "k",
        name: "PBX",
        scopes: [...scopes],
        createdBy: ana,
        createdAt: NOW,
      };
      await access.addKey({ ...row, expiresAt: later(MINUTE) });
      await access.addKey({ ...row, id: uuidv7(), keyHash: "k2", expiresAt: null });
      assert.deepEqual((await access.keyByHash("k", NOW))?.scopes, scopes);
      assert.equal(await access.keyByHash("k", later(2 * MINUTE)), null);
      assert.ok(await access.keyByHash("k2", later(2 * MINUTE)));
      await access.keyUsed(row.id, later(5));
      assert.deepEqual(
        (await access.keys()).map(({ createdBy, lastUsedAt }) => [createdBy, lastUsedAt?.getTime() ?? null]),
        [
          ["ana", later(5).getTime()],
          ["ana", null],
        ],
      );
      assert.equal(await access.revokeKey(row.id, NOW), true);
      assert.equal(await access.revokeKey(row.id, NOW), false);
      assert.equal(await access.keyByHash("k", NOW), null);
      assert.equal((await access.keys()).length, 1);
    });

    test("no query is left that this suite has not run", () => {
      assert.deepEqual(
        Object.keys(queries).filter((query) => !called.has(`access.${query}`)),
        [],
      );
    });
  });
