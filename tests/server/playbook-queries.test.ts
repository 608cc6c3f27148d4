import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { authQueries } from "../../server/auth/queries.ts";
import { isUniqueViolation } from "../../server/db/violations.ts";
import { playbookQueries, type CardWrite } from "../../server/playbooks/queries.ts";
import { dialects, noting } from "../support/databases.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");
const later = (ms: number) => new Date(NOW.getTime() + ms);

for (const { name, open } of dialects)
  describe(`every query of the playbooks on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const queries = playbookQueries(store);
    const playbooks = noting("playbooks", queries, called);
    const [maria, luis] = [uuidv7(), uuidv7()];
    const people = authQueries(store, () => uuidv7());
    for (const [id, name] of [
      [maria, "María"],
      [luis, "luis"],
    ] as const)
      await people.addPerson(
        {
          id,
          name,
          role: "admin",
          email: `${id}@example.com`,
          passwordHash: "scrypt$…",
          language: "es",
          team: "Norte",
          site: "Madrid",
        },
        NOW,
        "Europe/Madrid",
      );

    test("playbooks, their cards with every version, and the phrases that find them", async () => {
      const about = {
        id: "fibre",
        name: "Fibra",
        language: "es" as const,
        industry: "internet",
        product: "300 Mbps",
        about: ["fibra"],
        facts: { price: "29,90 €" },
        forbidden: [],
      };
      const content = {
        key: 1,
        kind: "price" as const,
        title: "Es caro",
        objection: "Es caro",
        triggers: [],
        answer: "Le entiendo.",
        nextQuestion: null,
        facts: {},
        forbidden: [],
        validUntil: null,
      };
      const card = (id: string, version: number, phrases: string[]): CardWrite => ({
        id,
        playbookId: "fibre",
        position: 0,
        content,
        version,
        action: version === 1 ? "added" : "changed",
        phrases,
      });
      assert.equal(await playbooks.addNew(about, NOW), true);
      assert.equal(await playbooks.addNew(about, NOW), false);
      await playbooks.write({ ...about, id: "luz", main: true }, { writes: [], rephrased: [] }, null, NOW);
      await playbooks.write(
        { ...about, main: true },
        { writes: [card("a", 1, ["caro"]), card("b", 1, ["caro mes", "plat"])], rephrased: [] },
        maria,
        NOW,
      );
      await assert.rejects(
        playbooks.write({ id: "fibre" }, { writes: [card("a", 1, ["x"])], rephrased: [] }, luis, NOW),
        isUniqueViolation,
      );
      await playbooks.write(
        { id: "fibre" },
        { writes: [card("a", 2, ["costos"])], rephrased: [] },
        luis,
        later(1),
      );
      assert.deepEqual(
        (await playbooks.all()).map(({ id, main }) => [id, main]),
        [
          ["fibre", true],
          ["luz", false],
        ],
      );
      assert.deepEqual(
        (await playbooks.active("es")).map(({ id }) => id),
        ["fibre", "luz"],
      );
      assert.equal((await playbooks.byId("fibre"))?.updatedAt.getTime(), later(1).getTime());
      const cards = await playbooks.cards(["fibre"]);
      assert.deepEqual(
        cards.map(({ card: { id, key, version }, approver }) => [id, key, version, approver]),
        [
          ["a", 1, 2, "luis"],
          ["b", null, 1, "María"],
        ],
      );
      assert.deepEqual(
        (await playbooks.cardsById(["b", "none"])).map(({ id }) => id),
        ["b"],
      );
      assert.equal((await playbooks.card("a"))?.version, 2);
      assert.equal(await playbooks.countCards("fibre"), 2);
      assert.deepEqual(
        (await playbooks.history("fibre", 9)).map(({ change, by }) => [change.cardId, by])[0],
        ["a", "luis"],
      );
      const found = async (...stems: string[]) =>
        (await playbooks.phrasesWith("fibre", "luz", stems)).map(({ cardId, stems }) => `${cardId} ${stems}`);
      assert.deepEqual(await found("caro", "nadi"), ["b caro mes"]);
      assert.deepEqual((await found("costos", "plat")).toSorted(), ["a costos", "b plat"]);
      await playbooks.write(
        { id: "fibre" },
        { writes: [], rephrased: [{ cardId: "b", playbookId: "fibre", phrases: ["otr"] }] },
        null,
        NOW,
      );
      assert.deepEqual(await found("caro", "plat", "otr"), ["b otr"]);
      assert.equal(await playbooks.phrasesMadeBy(), null);
      await playbooks.rewritePhrases([{ cardId: "a", playbookId: "luz", phrases: ["nuev"] }], "2", NOW);
      assert.deepEqual(await found("costos", "nuev", "otr"), ["a nuev"]);
      assert.equal(await playbooks.phrasesMadeBy(), "2");
    });

    test("no query is left that this suite has not run", () =>
      assert.deepEqual(
        Object.keys(queries).filter((query) => !called.has(`playbooks.${query}`)),
        [],
      ));
  });
