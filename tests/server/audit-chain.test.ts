import assert from "node:assert/strict";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { AuditFault } from "#contract";
import { ChainReader, hashOf, type Link } from "../../server/audit/chain.ts";
import { examineChain } from "../../server/audit/examine.ts";
import { auditQueries, type AuditEntryRow } from "../../server/audit/queries.ts";
import { openSqlite, openSqliteReader } from "../../server/db/sqlite.ts";
import type { Store } from "../../server/db/store.ts";
import { chainOf, tamper, writeChain } from "../support/audit-chain.ts";

const ROWS = 10_000;
const chain = chainOf(ROWS);
const whole = linkOf(chain[ROWS - 1]);

function linkOf(row: AuditEntryRow | undefined): Link {
  assert.ok(row);
  return { n: row.n, hash: row.hash };
}

/** What a reader says of entries, up to the first fault. */
function faultIn(rows: AuditEntryRow[], heads: Link[] = [whole]): AuditFault | null {
  const reader = new ChainReader(heads);
  for (const row of rows) {
    const fault = reader.take(row);
    if (fault) return fault;
  }
  return reader.end();
}
const changed = (at: number, change: Partial<AuditEntryRow>): AuditEntryRow[] =>
  chain.with(at, { ...(chain[at] as AuditEntryRow), ...change });
/** As whoever knows how hashes are made would write it. */
const hashed = (row: AuditEntryRow): AuditEntryRow => ({ ...row, hash: hashOf(row) });
const index = fc.integer({ min: 0, max: ROWS - 1 });

/** Another value of a column: one character, byte or millisecond of it is different. */
const COLUMNS: { [C in keyof AuditEntryRow]?: (row: AuditEntryRow, by: number) => AuditEntryRow[C] } = {
  at: (row, by) => new Date(row.at.getTime() + 1 + (by % 1000)),
  actorId: ({ actorId }, by) => flipped(actorId, by),
  actorKind: ({ actorKind }, by) => flipped(actorKind, by) as AuditEntryRow["actorKind"],
  action: ({ action }, by) => flipped(action, by) as AuditEntryRow["action"],
  subjectKind: ({ subjectKind }, by) => flipped(subjectKind, by) as AuditEntryRow["subjectKind"],
  subjectId: ({ subjectId }, by) => flipped(subjectId, by),
  digest: ({ digest }, by) => flipped(digest, by),
  address: ({ address }, by) => flipped(address, by),
  previous: ({ previous }, by) => flipped(previous, by),
  hash: ({ hash }, by) => flipped(hash, by),
};
function flipped(text: string | null, by: number): string {
  if (text === null || text === "") return "x";
  const at = by % text.length;
  const other = String.fromCharCode(text.charCodeAt(at) ^ (1 << (by % 5)));
  return text.slice(0, at) + other + text.slice(at + 1);
}

describe("a chain of 10,000 entries", () => {
  test("is whole as it was written", () => assert.equal(faultIn(chain), null));

  test("one byte changed in any column of any row is found there", () =>
    fc.assert(
      fc.property(
        index,
        fc.constantFrom(...(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[])),
        fc.nat(),
        (at, column, by) => {
          const row = chain[at] as AuditEntryRow;
          const fault = faultIn(changed(at, { [column]: COLUMNS[column]?.(row, by) }));
          assert.deepEqual(fault, { kind: "altered", n: row.n }, column);
        },
      ),
      { numRuns: 60 },
    ));

  test("a value that was there and is none any more, or the other way round", () => {
    for (const column of ["actorId", "subjectKind", "subjectId", "digest", "address"] as const)
      for (const at of [0, 4999, 5000, ROWS - 1]) {
        const value = chain[at]?.[column] === null ? "x" : null;
        assert.deepEqual(faultIn(changed(at, { [column]: value })), { kind: "altered", n: at + 1 });
      }
    assert.deepEqual(faultIn(changed(7, { at: new Date(NaN) })), { kind: "altered", n: 8 });
  });

  test("a row that is gone is missing, whether or not those after it are numbered anew", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: ROWS - 2 }), fc.boolean(), (at, anew) => {
        const rest = chain.slice(at + 1).map((row) => (anew ? { ...row, n: row.n - 1 } : row));
        assert.deepEqual(faultIn([...chain.slice(0, at), ...rest]), { kind: "missing", n: at + 1 });
      }),
      { numRuns: 20 },
    ));

  test("a row that was put in is extra, however well it is made", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ROWS - 2 }), fc.boolean(), (at, wellMade) => {
        const like = chain[at] as AuditEntryRow;
        const put = { ...like, action: "signed_in", address: "198.51.100.1" } as const;
        const rest = chain.slice(at).map((row) => ({ ...row, n: row.n + 1 }));
        const fault = faultIn([...chain.slice(0, at), wellMade ? hashed(put) : put, ...rest]);
        assert.deepEqual(fault, { kind: "extra", n: at + 1 });
      }),
      { numRuns: 20 },
    ));

  test("one before the first or behind the last", () => {
    const last = chain[ROWS - 1] as AuditEntryRow;
    assert.deepEqual(faultIn([{ ...last, n: 0 }, ...chain]), { kind: "extra", n: 0 });
    assert.deepEqual(faultIn([...chain, { ...last, n: ROWS + 1 }]), { kind: "extra", n: ROWS + 1 });
    const continued = hashed({ ...last, n: ROWS + 1, previous: last.hash });
    assert.equal(faultIn([...chain, continued]), null, "what continues the chain is newer than the head");
  });

  test("the tail cut shows with the published head, and only with it", () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: ROWS - 1 }), (length) => {
        const left = chain.slice(0, length);
        assert.deepEqual(faultIn(left), { kind: "cut", n: length + 1 });
        assert.equal(faultIn(left, []), null);
        assert.equal(faultIn(chain, [linkOf(chain[length]), whole]), null, "older heads are true, too");
      }),
      { numRuns: 20 },
    ));

  test("what was rewritten with new hashes does not have the one that was published", () => {
    let previous = chain[4998]?.hash ?? "";
    const forged = chain.slice(4999).map((row) => {
      const entry = hashed({ ...row, address: "203.0.113.9", previous });
      previous = entry.hash;
      return entry;
    });
    const rows = [...chain.slice(0, 4999), ...forged];
    assert.deepEqual(faultIn(rows), { kind: "rewritten", n: ROWS });
    assert.deepEqual(faultIn(rows, [linkOf(chain[6000]), whole]), { kind: "rewritten", n: 6001 });
    const one = changed(5000, hashed({ ...(chain[5000] as AuditEntryRow), actorId: null }));
    assert.deepEqual(faultIn(one), { kind: "unlinked", n: 5002 });
  });

  test("a backup that came back excuses the heads that were lost with it, and no other", () => {
    const [at, lost] = [4000, chain[8999] as AuditEntryRow];
    const restored = hashed({
      ...(chain[at] as AuditEntryRow),
      action: "restored",
      digest: lost.hash,
    });
    const rows = [...chain.slice(0, at), restored];
    const heads = [3000, 4500, 9000].map((n) => linkOf(chain[n - 1]));
    assert.equal(faultIn(rows, heads), null);
    assert.deepEqual(faultIn(rows, [...heads, whole]), { kind: "cut", n: at + 2 });
    assert.deepEqual(faultIn(rows, [linkOf(chain[4499])]), { kind: "cut", n: at + 2 }, "nobody knows it");
    const forged = { n: 9000, hash: "e".repeat(64) };
    assert.deepEqual(faultIn(rows, [...heads, forged]), { kind: "cut", n: at + 2 });
  });

  describe("in a database whose owner has taken the guards away", () => {
    let store: Store;
    before(async () => {
      store = openSqlite(":memory:");
      await writeChain(store, chain);
    });
    after(() => store.close());

    /** What a check of the database finds, and how often it said how far it was. */
    async function checked(): Promise<{ fault: AuditFault | null; n: number; told: number }> {
      const reading = examineChain(auditQueries(store), [whole]);
      let told = 0;
      let step = await reading.next();
      for (; !step.done; step = await reading.next()) told++;
      return { fault: step.value.fault, n: step.value.n, told };
    }

    test("each of them is found there, too", async () => {
      assert.deepEqual(await checked(), { fault: null, n: ROWS, told: 40 });
      await tamper(store, "update audit_entries set address = '10.0.0.1' where n = 7770");
      assert.deepEqual((await checked()).fault, { kind: "altered", n: 7770 });
      await tamper(store, `update audit_entries set address = '${chain[7769]?.address}' where n = 7770`);
      assert.equal((await checked()).fault, null);
      await tamper(store, "update audit_entries set n = 12345 where n = 3");
      assert.deepEqual((await checked()).fault, { kind: "missing", n: 3 });
      await tamper(store, "update audit_entries set n = -3 where n = 12345");
      assert.deepEqual((await checked()).fault, { kind: "extra", n: -3 });
      await tamper(store, "update audit_entries set n = 3 where n = -3");
      await tamper(store, "update audit_entries set at = 9e18 where n = 3");
      assert.deepEqual((await checked()).fault, { kind: "altered", n: 3 });
      await tamper(store, `update audit_entries set at = ${chain[2]?.at.getTime()} where n = 3`);
      await tamper(store, "delete from audit_entries where n > 9990");
      assert.deepEqual(await checked(), { fault: { kind: "cut", n: 9991 }, n: 9990, told: 39 });
      await tamper(store, "delete from audit_entries where n = 5000");
      assert.deepEqual((await checked()).fault, { kind: "missing", n: 5000 });
    });
  });
});

test("one byte changed anywhere in an entry, in the database's file itself, is found there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "callmanager-bytes-"));
  const path = join(folder, "x.db");
  const store = openSqlite(path);
  await writeChain(store, chain);
  assert.equal(await store.purge(), true);
  await store.close();
  const bytes = await readFile(path);
  const file = await open(path, "r+");
  const write = (byte: number, at: number) => file.write(Buffer.from([byte]), 0, 1, at);
  await fc.assert(
    fc.asyncProperty(
      index,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      async (i, part) => {
        const row = chain[i] as AuditEntryRow;
        const end = bytes.indexOf(row.previous + row.hash);
        const { actorId, actorKind, action, subjectKind, subjectId, digest, address } = row;
        const before = [actorId, actorKind, action, subjectKind, subjectId, digest, address].join("").length;
        // its texts lie one after the other
        const at = end - before + Math.floor(part * (before + row.previous.length + row.hash.length));
        assert.ok(end > before, "it lies there");
        await write((bytes[at] ?? 0) ^ 1, at);
        const reader = openSqliteReader(path);
        const reading = examineChain(auditQueries(reader), [whole]);
        let step = await reading.next();
        while (!step.done) step = await reading.next();
        await reader.close();
        await write(bytes[at] ?? 0, at);
        assert.deepEqual(step.value.fault, { kind: "altered", n: row.n });
      },
    ),
    { numRuns: 12 },
  );
  await file.close();
  await rm(folder, { recursive: true });
});
