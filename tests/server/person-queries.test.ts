import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { agentQueries } from "../../server/agents/queries.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { contactQueries } from "../../server/contacts/queries.ts";
import { personQueries } from "../../server/persons/queries.ts";
import { recordingQueries } from "../../server/recordings/queries.ts";
import { transcriptQueries } from "../../server/transcripts/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { callRow, personRow } from "../support/rows.ts";

const AT = new Date("2026-03-02T10:15:30.123Z");

for (const { name, open } of dialects)
  describe(`every query about a person on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const persons = noting("persons", personQueries(store), called);
    const [ada, contactId, mine, other] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];

    test("what there is of them is found, counted and forgotten, and nothing of others", async () => {
      await authQueries(store, uuidv7).addPerson(personRow(ada, "Ada", "agent"), AT, "Europe/Madrid");
      const home = (await agentQueries(store).place(ada)) ?? assert.fail("a team");
      const contacts = contactQueries(store);
      await contacts.add({
        ...home,
        id: contactId,
        name: "Zulema",
        notes: "tardes",
        searchText: "zulema 34612987456",
        createdAt: AT,
        updatedAt: AT,
        phones: ["+34612987456"],
      });
      const calls = callQueries(store);
      const phone = "612 98 74 56";
      await calls.add(callRow(mine, ada, AT, { ...home, contactPhone: phone, knownBy: "+34612987456" }));
      await calls.add(callRow(other, ada, AT, { ...home, contactPhone: "655100010" }));
      await recordingQueries(store).complete({
        callId: mine,
        agentId: ada,
        file: "Ada/Zulema/1.wav",
        bytes: 100,
        sha256: "a".repeat(64),
        sampleRate: 44_100,
        channels: 2,
        bitsPerSample: 16,
        durationSeconds: 12.5,
        gaps: [],
        peaks: [],
        glance: [],
        startedAt: AT,
        storedAt: AT,
        heldAt: AT,
        heldWhy: "juicio",
      });
      const line = { callId: mine, n: 0, side: "customer" as const, fromMs: 0, toMs: 900, masked: "" };
      const said = { ...line, text: "Soy Zulema", searchText: "soy zulema" };
      await transcriptQueries(store).keep(mine, { engine: "x", model: "y" }, [said]);
      const { savedFilters, schedules, corrections, recordingMarks } = store.tables;
      const own = { userId: ada, createdAt: AT };
      await store.together((db) => [
        db.insert(savedFilters).values({ id: "f", name: "z", filter: { q: "Zulema" }, ...own }),
        db.insert(schedules).values({
          id: "s",
          name: "z",
          period: "daily",
          input: { contactId },
          active: true,
          nextAt: AT,
          ...own,
        }),
        db.insert(recordingMarks).values({
          id: "m",
          callId: mine,
          kind: "comment",
          atMs: 1,
          text: "Zulema",
          by: ada,
          at: AT,
        }),
        db.insert(corrections).values({
          id: "c",
          kind: "call",
          subjectId: mine,
          agentId: ada,
          before: { notes: "Zulema", saleAmount: 1 },
          after: { notes: null, saleAmount: 2 },
          why: "lo dijo Zulema",
          by: ada,
          at: AT,
        }),
      ]);

      assert.equal((await persons.contact(contactId))?.name, "Zulema");
      assert.deepEqual(await persons.phonesOf([contactId]), ["+34612987456"]);
      assert.deepEqual(await persons.contactsWith(["+34612987456", "+1"]), [contactId]);
      assert.deepEqual(
        (await persons.contacts([contactId])).map(({ contact, team }) => [contact.notes, team]),
        [["tardes", "Norte"]],
      );
      const looked = await persons.callsAfter("");
      assert.deepEqual(
        looked.map((row) => [row.id, row.phone, row.contactId]),
        [
          [mine, phone, contactId],
          [other, "655100010", null],
        ],
      );
      assert.deepEqual(await persons.callsAfter(other), []);
      assert.deepEqual(await persons.counts([mine, other]), {
        recordings: 1,
        seconds: 12.5,
        transcriptLines: 1,
        marks: 1,
        clips: 0,
      });
      assert.deepEqual(await persons.held([mine]), [{ callId: mine, startedAt: AT, why: "juicio" }]);
      const all = await Promise.all([
        persons.calls([mine]),
        persons.recordings([mine]),
        persons.lines([mine]),
        persons.marks([mine]),
        persons.corrections([mine]),
        persons.asks([mine]),
        persons.clips([mine]),
      ]);
      assert.deepEqual(
        all.map((rows) => rows.length),
        [1, 1, 1, 1, 1, 0, 0],
      );
      assert.deepEqual(await persons.filters(), [{ id: "f", name: "z", filter: { q: "Zulema" } }]);
      assert.deepEqual(await persons.schedules(), [{ id: "s", name: "z", input: { contactId } }]);

      const left = { id: mine, campaign: null, name: "Juan García", phone };
      assert.deepEqual(await persons.unerased([mine]), [left]);
      await persons.refuse([mine]);
      await persons.forgetParts([mine]);
      await store.together((db) => [
        db.delete(store.tables.recordingMarks),
        db.delete(store.tables.recordings),
      ]);
      await persons.forgetCalls(
        [{ id: mine, searchText: "" }],
        [{ id: "c", before: { saleAmount: 1 }, after: { saleAmount: 2 } }],
      );
      await persons.forgetFilters(["f"], ["s"]);
      await persons.forgetContacts([contactId]);
      await store.purge();
      const [call] = await persons.calls([mine]);
      assert.deepEqual(
        [call?.call.contactId, call?.call.contactPhone, call?.call.startDigest, call?.call.endDigest],
        [null, null, "erased", null],
      );
      assert.equal(call?.call.mayRecord, false);
      assert.equal((await persons.calls([other]))[0]?.call.mayRecord, true);
      assert.deepEqual(
        (await persons.unerased([mine, other])).map(({ id }) => id),
        [other],
      );
      assert.equal((await persons.calls([other]))[0]?.call.contactPhone, "655100010");
      const rows = await Promise.all(
        Object.values(store.tables).map(async (table) => store.db.select().from(table as typeof corrections)),
      );
      assert.doesNotMatch(JSON.stringify(rows), /zulema|612.?98/i);
    });

    test("none is left out", () =>
      assert.deepEqual(
        [...called].toSorted(),
        Object.keys(personQueries(store))
          .map((query) => `persons.${query}`)
          .toSorted(),
      ));
  });
