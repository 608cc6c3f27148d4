import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { authQueries } from "../../server/auth/queries.ts";
import type { Scope } from "../../server/auth/scope.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { transcriptQueries, type NewLine } from "../../server/transcripts/queries.ts";
import { dialects, noting } from "../support/databases.ts";

const NOW = new Date("2026-03-02T10:15:30.123Z");
const RECOGNISER = { engine: "sherpa-onnx", model: "es-1" };

for (const { name, open } of dialects)
  describe(`every query of the transcripts on ${name}`, async () => {
    const store = await open();
    after(() => store.close());
    const called = new Set<string>();
    const queries = transcriptQueries(store);
    const transcripts = noting("transcripts", queries, called);
    const [maria, callId, other] = [uuidv7(), uuidv7(), uuidv7()];
    const person = { name: "María", email: "m@example.com", passwordHash: "x", role: "agent" as const };
    const place = { language: "es" as const, team: "Norte", site: "Madrid" };
    await authQueries(store, uuidv7).addPerson({ ...person, ...place, id: maria }, NOW, "Europe/Madrid");
    for (const id of [callId, other])
      await callQueries(store).add({
        id,
        agentId: maria,
        teamId: "norte",
        siteId: "madrid",
        startedAt: NOW,
        receivedAt: NOW,
        clockOffsetMs: 0,
        startDigest: "d",
        direction: "inbound",
        source: "softphone",
        contactName: null,
        contactPhone: null,
        campaign: null,
        externalId: null,
        searchText: "",
      });
    const line = (n: number, text: string, masked = "", of = callId): NewLine => ({
      callId: of,
      n,
      side: "customer",
      fromMs: n * 1000,
      toMs: n * 1000 + 900,
      text,
      searchText: text,
      masked,
    });
    const texts = async () => (await transcripts.all(callId)).map(({ text }) => text);

    test("lines are kept once, and hidden ones stay hidden", async () => {
      assert.equal(await transcripts.writtenBy(callId), null);
      await transcripts.keep(callId, RECOGNISER, [line(1, "es caro"), line(0, "hola")]);
      await transcripts.keep(callId, { ...RECOGNISER, model: "es-2" }, [
        line(1, "es claro"),
        line(2, "adios"),
      ]);
      assert.deepEqual(await texts(), ["hola", "es caro", "adios"]);
      assert.deepEqual(await transcripts.writtenBy(callId), { callId, ...RECOGNISER, model: "es-2" });
      const steps: [text: string, masked: string, then: string][] = [
        ["4111", "", "adios"],
        ["[phone]", "phone", "[phone]"],
        ["4111", "", "[phone]"],
        ["[id] 41", "id", "[phone]"],
        ["[card]", "card", "[card]"],
        ["[phone]", "phone", "[card]"],
        ["[card] 4111", "card phone", "[card]"],
      ];
      for (const [text, masked, then] of steps) {
        await transcripts.keep(callId, RECOGNISER, [line(2, text, masked)]);
        assert.equal((await texts())[2], then, text);
      }
      await transcripts.keep(callId, RECOGNISER, [{ ...line(0, "[card]", "card"), side: "agent" }]);
      assert.equal((await texts())[0], "hola", "another line");
      assert.deepEqual(
        (await transcripts.numbered(callId, [2, 0, 9])).map(({ n, masked }) => [n, masked]),
        [
          [0, ""],
          [2, "card"],
        ],
      );
      await assert.rejects(transcripts.keep(uuidv7(), RECOGNISER, [line(0, "x")]), "no call");
    });

    test("a correction sets the first text aside, and counts", async () => {
      const by = { correctedBy: maria, correctedAt: NOW, masked: "", words: 3, wordErrors: 1 };
      const first = await transcripts.correct(callId, 1, {
        text: "es muy caro",
        searchText: "es muy caro",
        ...by,
      });
      assert.deepEqual([first?.text, first?.original, first?.correctedAt], ["es muy caro", "es caro", NOW]);
      const second = await transcripts.correct(callId, 1, { text: "x", searchText: "x", ...by, words: 1 });
      assert.deepEqual([second?.text, second?.original], ["x", "es caro"]);
      assert.equal(await transcripts.correct(callId, 9, { text: "x", searchText: "x", ...by }), null);
      await transcripts.keep(callId, RECOGNISER, [line(1, "[card]", "card")]);
      const [hidden] = await transcripts.numbered(callId, [1]);
      assert.deepEqual([hidden?.text, hidden?.searchText, hidden?.original], ["x", "x", "[card]"]);
      const scopes: Scope[] = [{ by: "all" }, { by: "agent", id: maria }, { by: "teams", ids: ["norte"] }];
      for (const scope of scopes)
        assert.deepEqual(await transcripts.wordErrors(scope), { lines: 1, words: 1, errors: 1 });
      const nobody = { lines: 0, words: 0, errors: 0 };
      assert.deepEqual(await transcripts.wordErrors({ by: "site", id: "sevilla" }), nobody);
    });

    test("no query is left that this suite has not run", () =>
      assert.deepEqual(
        Object.keys(queries).filter((query) => !called.has(`transcripts.${query}`)),
        [],
      ));
  });
