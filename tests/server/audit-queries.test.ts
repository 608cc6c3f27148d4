import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { createAudit } from "../../server/audit/audit.ts";
import { examineChain } from "../../server/audit/examine.ts";
import { auditQueries, type AuditEntryRow } from "../../server/audit/queries.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { isUniqueViolation } from "../../server/db/violations.ts";
import { recordingQueries } from "../../server/recordings/queries.ts";
import { chainOf, writeChain } from "../support/audit-chain.ts";
import { dialects, noting } from "../support/databases.ts";
import { callRow, personRow } from "../support/rows.ts";

const HOUR = 3_600_000;

for (const { name, open } of dialects)
  describe(`every query of the audit on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const queries = auditQueries(store);
    const audit = noting("audit", queries, called);
    const chain = chainOf(200);
    const [maria, callId] = [uuidv7(), uuidv7()];
    const first = chain[0] as AuditEntryRow;
    const recordingOf = (action: AuditEntryRow["action"], n: number): AuditEntryRow => ({
      ...(chain[n] as AuditEntryRow),
      n: 1000 + n,
      actorId: maria,
      action,
      subjectKind: "recording",
      subjectId: callId,
      digest: "d".repeat(64),
    });

    test("entries are added, and come back as they were", async () => {
      assert.equal(await audit.head(), null);
      await writeChain(store, chain);
      assert.deepEqual(await audit.head(), chain[199]);
      assert.deepEqual(await audit.byNumber(7), chain[6]);
      assert.equal(await audit.byNumber(1000), null);
      assert.deepEqual(await audit.following(0, 500), chain);
      assert.deepEqual(await audit.following(100, 2), chain.slice(100, 102));
      const reading = examineChain(queries, [{ n: 200, hash: chain[199]?.hash ?? "" }]);
      const found = { n: 200, hash: chain[199]?.hash, fault: null, restored: [] };
      assert.deepEqual((await reading.next()).value, found);
      assert.equal(await audit.tellsOf("none"), false);
      await assert.rejects(audit.append([first]), (error) => isUniqueViolation(error));
    });

    test("none is changed or removed, not even all of them", async () => {
      const { auditEntries } = store.tables;
      const refused = /audit entries are never/;
      const why = (error: Error) => refused.test(`${error.message} ${String(error.cause)}`);
      await assert.rejects(
        store.together((db) => [db.update(auditEntries).set({ address: null })]),
        why,
      );
      await assert.rejects(
        store.together((db) => [db.delete(auditEntries)]),
        why,
      );
      assert.deepEqual(await queries.following(0, 500), chain);
    });

    test("a page is of a person, a kind of deed, a thing, a span", async () => {
      const numbers = async (span: Parameters<typeof audit.page>[0], below?: number, limit = 500) =>
        (await audit.page(span, below, limit)).map(({ entry }) => entry.n);
      const of = (holds: (row: AuditEntryRow) => boolean) =>
        chain
          .filter(holds)
          .map(({ n }) => n)
          .toReversed();
      assert.deepEqual(await numbers({}, undefined, 3), [200, 199, 198]);
      assert.deepEqual(await numbers({}, 198, 2), [197, 196]);
      const who = first.actorId ?? "";
      assert.deepEqual(
        await numbers({ who }),
        of(({ actorId }) => actorId === who),
      );
      assert.deepEqual(
        await numbers({ what: "exported" }),
        of(({ action }) => action === "exported"),
      );
      const subject = chain[2]?.subjectId ?? "";
      assert.deepEqual(await numbers({ subject }), [3]);
      const [from, to] = [chain[49]?.at, chain[59]?.at];
      assert.deepEqual(
        await numbers({ from, to }),
        of(({ n }) => n >= 50 && n < 60),
      );
      assert.deepEqual(await numbers({ from: new Date(first.at.getTime() + 24 * HOUR) }), []);
      assert.deepEqual(await numbers({ to: new Date(first.at.getTime() - 24 * HOUR) }), []);
      assert.equal((await numbers({ from: new Date(0), who, what: first.action })).includes(1), true);
    });

    test("names of people, teams, contacts and calls", async () => {
      const auth = authQueries(store, uuidv7);
      await auth.addPerson(personRow(maria, "maria", "agent"), first.at, "Europe/Madrid");
      const place = await auth.actor("nobody", first.at);
      assert.equal(place, null);
      await callQueries(store).add(callRow(callId, maria, first.at), []);
      const none = { users: [], teams: [], contacts: [], calls: [] };
      assert.deepEqual(await audit.names(none), []);
      const [contact, team] = [uuidv7(), uuidv7()];
      const ids = { users: [maria, uuidv7()], teams: [team], contacts: [contact], calls: [callId] };
      assert.deepEqual(await audit.names(ids), [
        { id: maria, name: "maria" },
        { id: callId, name: "Juan García" },
      ]);
    });

    test("what the chain says of recordings, and who heard them", async () => {
      assert.deepEqual(await audit.recordings("", 10), []);
      const row = { callId, agentId: maria, file: "a/b.wav", bytes: 44, sha256: "d".repeat(64) };
      const sound = { sampleRate: 44_100, channels: 2, bitsPerSample: 16, durationSeconds: 0, gaps: [] };
      const dates = { startedAt: first.at, storedAt: first.at };
      await recordingQueries(store).complete({ ...row, ...sound, ...dates, peaks: [], glance: [] });
      assert.deepEqual(await audit.recordings("", 10), [
        { callId, file: "a/b.wav", sha256: "d".repeat(64), storedAt: first.at, trashedAt: null },
      ]);
      assert.deepEqual(await audit.recordings(callId, 10), []);
      const place = { file: "a/b.wav", sha256: "d".repeat(64), storedAt: first.at };
      assert.deepEqual(await audit.recorded([callId, uuidv7()]), new Map([[callId, place]]));
      const rows = [recordingOf("recording_stored", 1), recordingOf("recording_listened", 2)];
      await audit.append([
        ...rows,
        recordingOf("recording_downloaded", 3),
        recordingOf("recording_erased", 4),
      ]);
      assert.deepEqual(
        (await audit.files([callId])).map(({ n, action }) => [n, action]),
        [
          [1001, "recording_stored"],
          [1004, "recording_erased"],
        ],
      );
      assert.deepEqual(await audit.stored(1000, 10), [{ n: 1001, callId }]);
      assert.deepEqual(
        (await audit.listeners(callId, 10)).map(({ action, name, key }) => [action, name, key]),
        [
          ["recording_downloaded", "maria", null],
          ["recording_listened", "maria", null],
        ],
      );
    });

    test("what the last check found", async () => {
      assert.equal(await audit.checked(), undefined);
      await audit.keepChecked({ n: 1 }, maria, first.at);
      await audit.keepChecked({ n: 2 }, maria, first.at);
      assert.deepEqual(await audit.checked(), { is: { n: 2 } });
    });

    test("no query is left that this suite has not run", () => {
      const left = Object.keys(queries).filter((query) => !called.has(`audit.${query}`));
      assert.deepEqual(left, []);
    });
  });

for (const { name, open } of dialects)
  test(`many notes of three nodes at once make one chain on ${name}`, async () => {
    const store = await open();
    const errors: unknown[] = [];
    const log = {
      info: () => undefined,
      error: (_: string, __: object, cause: unknown) => void errors.push(cause),
    };
    const config = { DATA_FOLDER: "/dev/null/none" } as never;
    const nodes = Array.from({ length: 3 }, () =>
      createAudit({ store, log, config, clock: () => new Date() }),
    );
    const notes = Array.from({ length: 1_300 }, (_, i) => {
      const noted = nodes[i % 3]?.note(null, { action: "exported", subject: { kind: "job", id: String(i) } });
      return noted ?? assert.fail();
    });
    await Promise.all(notes);
    const queries = auditQueries(store);
    const rows = await queries.following(0, 2_000);
    const written = (node: number) =>
      rows.map(({ subjectId }) => Number(subjectId)).filter((i) => i % 3 === node);
    for (const node of [0, 1, 2])
      assert.deepEqual(
        written(node),
        written(node).toSorted((a, b) => a - b),
        "each node's in their order",
      );
    const reading = examineChain(queries, []);
    let step = await reading.next();
    while (!step.done) step = await reading.next();
    assert.deepEqual(step.value, { n: 1_300, hash: rows.at(-1)?.hash, fault: null, restored: [] });
    await Promise.all(nodes.map((node) => node.stop()));
    assert.equal(
      errors.length > 0,
      true,
      "a head that cannot be published is told, and nobody's deed fails for it",
    );
    await store.close();
  });
