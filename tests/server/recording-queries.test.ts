import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { authQueries } from "../../server/auth/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { recordingQueries } from "../../server/recordings/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { callRow, personRow } from "../support/rows.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");
const all = { by: "all" } as const;

for (const { name, open } of dialects)
  describe(`every query of the recordings on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const queries = recordingQueries(store);
    const recordings = noting("recordings", queries, called);
    const [maria, callId] = [uuidv7(), uuidv7()];

    before(async () => {
      const auth = authQueries(store, () => uuidv7());
      const calls = callQueries(store);
      await auth.addPerson(personRow(maria, "María", "agent"), NOW, "Europe/Madrid");
      await calls.add(callRow(callId, maria, NOW));
      await calls.edit(callId, { disposition: "sale", contacted: true, sold: true });
    });

    test("recordings and their parts", async () => {
      const part = { n: 0, bytes: 5_000_000_000, sha256: "a" };
      await recordings.putPart(callId, { ...part, sha256: "old" });
      await recordings.putPart(callId, part);
      assert.deepEqual(await recordings.parts(callId), [part]);
      const row = {
        callId,
        agentId: maria,
        file: "a/b.wav",
        bytes: 44,
        sha256: "s",
        sampleRate: 44_100,
        channels: 2,
        bitsPerSample: 16,
        durationSeconds: 61.5,
        gaps: [],
        peaks: [[1, 2]],
        glance: [[1]],
        startedAt: NOW,
        storedAt: NOW,
      };
      await recordings.complete(row);
      await recordings.complete(row);
      assert.deepEqual(await recordings.parts(callId), []);
      assert.equal(await recordings.takenBy("a/b.wav"), callId);
      assert.equal(await recordings.takenBy("a/c.wav"), null);
      assert.equal(await recordings.countSince(maria, NOW), 1);
      assert.partialDeepStrictEqual((await recordings.byCall(all, callId))?.recording, row);
    });

    test("no query is left that this suite has not run", () => {
      assert.deepEqual(
        Object.keys(queries).filter((query) => !called.has(`recordings.${query}`)),
        [],
      );
    });
  });
