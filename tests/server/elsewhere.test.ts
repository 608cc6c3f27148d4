import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import { authQueries } from "../../server/auth/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { contactQueries } from "../../server/contacts/queries.ts";
import { agentQueries } from "../../server/agents/queries.ts";
import { blanking } from "../../server/persons/elsewhere/blanking.ts";
import { createElsewhere } from "../../server/persons/elsewhere/elsewhere.ts";
import { recordingQueries } from "../../server/recordings/queries.ts";
import { dialects } from "../support/databases.ts";
import { callRow, personRow } from "../support/rows.ts";

const AT = new Date("2026-03-02T10:15:30.123Z");
const person = { names: ["Zulema Etxeandía", "Zule"], phones: ["+34612987456"] };

describe("a person in what others wrote", () => {
  const blank = blanking(person);

  test("is blanked, however name and phone are spelled", () => {
    const same: [string, string][] = [
      ["Llamar a ZULEMA  ETXEANDIA mañana", "Llamar a […] mañana"],
      ["Etxeandía, Zulema: su hermana", "[…]: su hermana"],
      ["al 612 98 74 56, por la tarde", "al […], por la tarde"],
      ["tel.+34 (612) 987-456", "tel.[…]"],
      ["0034612987456 o 655100010", "[…] o 655100010"],
      ["612987456 655100010", "[…] 655100010"],
      ["2987456", "[…]"],
      ["Zulema Etxeandi\u0301a", "[…]"],
    ];
    for (const [written, left] of same) assert.equal(blank(written), left, written);
  });

  test("and nobody else is", () => {
    const others = [
      "Zulema llamó, y Etxeandía no",
      "Zulemas Etxeandías",
      "34612987457, 9612987456123, 987456",
      "El 12/03/2026 a las 10:15",
      "Zule",
      "Ñandú e\u0301",
      "",
    ];
    for (const written of others) assert.equal(blank(written), written);
    assert.equal(blanking({ names: ["Ana"], phones: [] })("Ana"), "Ana");
    assert.equal(blanking({ names: ["(.*) [x]"], phones: [] })("todo (.*) [x]"), "todo (.*) [x]");
  });
});

for (const { name, open } of dialects)
  test(`notes, comments, titles, reasons and corrections of others on ${name}`, async () => {
    const store = await open();
    const { calls, clips, contacts, corrections, recordingMarks, recordings } = store.tables;
    const [ada, callId, contactId] = [uuidv7(), uuidv7(), uuidv7()];
    await authQueries(store, uuidv7).addPerson(personRow(ada, "Ada", "agent"), AT, "Europe/Madrid");
    const home = (await agentQueries(store).place(ada)) ?? assert.fail("a team");
    const text = "lo dijo Zulema Etxeandía (612987456), cliente nuevo";
    await contactQueries(store).add({
      ...home,
      id: contactId,
      name: "Otra",
      notes: text,
      searchText: "otra",
      createdAt: AT,
      updatedAt: AT,
      phones: ["+34655100010"],
    });
    const plain = uuidv7();
    await callQueries(store).add(callRow(callId, ada, AT, { ...home, contactPhone: "655100010" }));
    await callQueries(store).add(callRow(plain, ada, AT, { ...home, contactPhone: "655100010" }));
    await recordingQueries(store).complete({
      callId,
      agentId: ada,
      file: "a/b.wav",
      bytes: 44,
      sha256: "a".repeat(64),
      sampleRate: 44_100,
      channels: 2,
      bitsPerSample: 16,
      durationSeconds: 1,
      gaps: [],
      peaks: [],
      glance: [],
      startedAt: AT,
      storedAt: AT,
      heldAt: AT,
      heldWhy: text,
    });
    const sound = { file: "x.wav", bytes: 1, sha256: "a".repeat(64), fromMs: 0, toMs: 1000 };
    await store.together((db) => [
      db.update(calls).set({ notes: text }).where(eq(calls.id, callId)),
      db.update(calls).set({ contactName: "Cliente Nuevo", notes: "nada" }).where(eq(calls.id, plain)),
      db.insert(recordingMarks).values({ id: "m", callId, kind: "comment", atMs: 1, text, by: ada, at: AT }),
      db.insert(clips).values({ id: "c", callId, title: text, by: ada, at: AT, ...sound }),
      db.insert(corrections).values({
        id: "k",
        kind: "call",
        subjectId: callId,
        agentId: ada,
        before: { notes: text, saleAmount: 1 },
        after: { notes: null, saleAmount: 2 },
        why: text,
        by: ada,
        at: AT,
      }),
    ]);
    // as another caller is called, too
    const called = { ...person, names: [...person.names, "cliente  nuevo"] };
    const reworded: string[] = [];
    const library = { reword: async (id: string) => void reworded.push(id) };
    await createElsewhere(store, library).blank(called);
    const blanked = "lo dijo […] ([…]), cliente nuevo";
    const all = await Promise.all([
      store.db.select({ text: contacts.notes }).from(contacts),
      store.db.select({ text: recordingMarks.text }).from(recordingMarks),
      store.db.select({ text: clips.title }).from(clips),
      store.db.select({ text: recordings.heldWhy }).from(recordings),
      store.db.select({ text: calls.notes }).from(calls).where(eq(calls.id, callId)),
      store.db.select({ text: corrections.why }).from(corrections),
    ]);
    assert.deepEqual(
      all.flat(),
      all.map(() => ({ text: blanked })),
    );
    const [correction] = await store.db.select().from(corrections);
    assert.deepEqual(
      [correction?.before, correction?.after],
      [
        { notes: blanked, saleAmount: 1 },
        { notes: null, saleAmount: 2 },
      ],
    );
    assert.deepEqual(reworded, [callId]);
    await createElsewhere(store, library).blank(called);
    assert.deepEqual(reworded, [callId], "a second time there is nothing to do");
    await store.close();
  });
