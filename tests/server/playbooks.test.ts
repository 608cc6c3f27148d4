import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { CardHistory, CardInput, Page, Playbook, PlaybookSummary, SearchTried } from "#contract";
import { createAudit } from "../../server/audit/audit.ts";
import { unverified } from "../../server/copilot/guardrails.ts";
import { starterPlaybooks } from "../../server/playbooks/starter.ts";
import { createPlaybooks } from "../../server/playbooks/playbooks.ts";
import { dialects } from "../support/databases.ts";
import { answer, testServer, type Client, type TestServer } from "../support/server.ts";

describe("playbooks", () => {
  let server: TestServer;
  let admin: Client;

  before(async () => {
    server = await testServer({ playbooks: true });
    admin = await server.browser("admin", { name: "Ada" });
  });
  after(() => server.close());

  const get = async (id: string) =>
    (await answer<Playbook>(admin.request("GET", `/api/playbooks/${id}`))).body;
  const cardOf = async (id: string, cardId: string) => {
    const found = (await get(id)).cards.find((card) => card.id === cardId);
    return found ?? assert.fail(`no card ${cardId}`);
  };
  const put = (id: string, cardId: string, card: CardInput) =>
    admin.request("PUT", `/api/playbooks/${id}/cards/${cardId}`, card);
  const tried = async (text: string, context = "fibra") =>
    (await answer<SearchTried>(admin.request("POST", "/api/playbooks/try", { text, context }))).body;
  /** A card as its editor would send it back. */
  const edited = async (id: string, cardId: string, change: Partial<CardInput> = {}): Promise<CardInput> => {
    const { id: _id, approvedBy: _by, approvedOn: _on, ...rest } = await cardOf(id, cardId);
    return { ...rest, ...change };
  };

  test("four industries in two languages come with it, 25 objections or more each", async () => {
    const { items } = (await answer<Page<PlaybookSummary>>(admin.request("GET", "/api/playbooks"))).body;
    const industries = new Set(items.map(({ industry, language }) => `${industry} ${language}`));
    assert.equal(industries.size, 8);
    for (const { id, cards, expired } of items) assert.ok(cards - expired >= 25, id);
    assert.deepEqual(
      items
        .filter(({ main }) => main)
        .map(({ id }) => id)
        .toSorted(),
      ["fibre-en", "fibre-es"],
    );
  });

  test("every approved answer keeps the rules that it is there to teach", async () => {
    for (const { id, facts, forbidden, cards } of await starterPlaybooks()) {
      assert.deepEqual(
        cards.flatMap(({ key }) => key ?? []).toSorted((a, b) => a - b),
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
        id,
      );
      for (const card of cards) {
        const said = `${card.answer} ${card.nextQuestion ?? ""}`.trim();
        const support = [facts, card.facts].flatMap((sheet) => Object.values(sheet).flat());
        assert.deepEqual(
          unverified(said, support, [...forbidden, ...card.forbidden]),
          [],
          `${card.id}: ${said}`,
        );
        assert.ok(said.split(/\s+/).length <= 45, `${card.id} is too long to say`);
      }
    }
  });

  test("the mission's example finds its card", async () => {
    const { playbook, found } = await tried("Es muy caro", "Internet Fibra Óptica 300Mbps");
    assert.equal(playbook, "Internet y fibra");
    assert.equal(found[0]?.kind, "price");
    assert.equal(found[0]?.sure, true);
    for (const text of ["carísimo", "CARO!!", "uf, es que es carísimo eso", "me sale muy caro"])
      assert.equal((await tried(text)).found[0]?.kind, "price", text);
  });

  test("what objects to nothing finds nothing", async () => {
    for (const text of ["hola, buenos días", "sí, dígame", "perfecto, me parece bien", "👍🏽", "???", "…"])
      assert.deepEqual(
        (await tried(text)).found.filter(({ sure }) => sure),
        [],
        text,
      );
  });

  test("operators, quotes and tags are words", async () => {
    for (const text of [
      '"caro" OR "',
      "NEAR(caro, 5)",
      "caro*",
      "caro:es",
      "-caro ^caro",
      "' | ! & <-> caro",
      "c\u0000aro",
      "caro".repeat(400),
    ]) {
      const { status } = await answer(
        admin.request("POST", "/api/playbooks/try", { text, context: '") OR ("' }),
      );
      assert.equal(status, 200, text);
    }
    assert.equal((await tried('"caro" NOT (caro)')).found[0]?.kind, "price");
  });

  test("a call's context chooses the product; without one it is the main playbook", async () => {
    assert.equal((await tried("es caro", "Seguro de hogar 2026")).playbook, "Seguro de hogar");
    assert.equal((await tried("es caro", "")).playbook, "Internet y fibra");
    const changed = await answer<Playbook>(
      admin.request("PATCH", "/api/playbooks/insurance-es", { main: true }),
    );
    assert.equal(changed.body.main, true);
    assert.equal((await tried("es caro", "")).playbook, "Seguro de hogar");
    assert.equal(
      (await answer(admin.request("PATCH", "/api/playbooks/insurance-es", { active: false }))).body.code,
      "main_playbook",
    );
    await admin.request("PATCH", "/api/playbooks/fibre-es", { main: true });
    assert.equal((await get("insurance-es")).main, false);
    await admin.request("PATCH", "/api/playbooks/insurance-es", { active: false });
    assert.equal((await tried("es caro", "Póliza de seguro")).playbook, "Internet y fibra");
    await admin.request("PATCH", "/api/playbooks/insurance-es", { active: true });
  });

  test("a change of one thing leaves all the others", async () => {
    const before = await get("fibre-es");
    await admin.request("PATCH", "/api/playbooks/fibre-es", { name: "Fibra" });
    const now = await get("fibre-es");
    assert.equal(now.name, "Fibra");
    assert.deepEqual([now.facts, now.forbidden, now.about], [before.facts, before.forbidden, before.about]);
    await admin.request("PATCH", "/api/playbooks/fibre-es", { name: before.name });
  });

  test("what is wrong is said in the reader's language", async () => {
    const said = async (language: string) =>
      (
        await answer(
          admin.request("PUT", "/api/playbooks/fibre-es/cards/X", {}, { "accept-language": language }),
        )
      ).body.errors?.[0]?.message;
    assert.equal(await said("es"), "minúsculas sin acentos, cifras y guiones sueltos");
    assert.equal(await said("en"), "lower-case letters, digits and single hyphens");
  });

  test("a change is another version, found at once, and every version is kept", async () => {
    const before = await cardOf("fibre-es", "fibre-es-price");
    const change = await edited("fibre-es", before.id, {
      triggers: ["me parece un sablazo tremendo"],
      answer: "Le entiendo.",
    });
    const saved = await answer<Playbook>(put("fibre-es", before.id, change));
    assert.equal(saved.status, 200);
    const now = await cardOf("fibre-es", before.id);
    assert.deepEqual([now.version, now.approvedBy, now.answer], [before.version + 1, "Ada", "Le entiendo."]);
    assert.equal((await tried("un sablazo tremendo")).found[0]?.id, before.id);
    const { items } = (
      await answer<Page<CardHistory>>(admin.request("GET", "/api/playbooks/fibre-es/history"))
    ).body;
    assert.deepEqual([items[0]?.by, items[0]?.action, items[0]?.version], ["Ada", "changed", now.version]);
    assert.equal(
      items.find(({ cardId, version }) => cardId === before.id && version === before.version)?.content.answer,
      before.answer,
    );
  });

  test("of two people who change the same version one is told, and nothing is lost", async () => {
    const card = await edited("fibre-es", "fibre-es-think");
    const both = await Promise.all([
      answer(put("fibre-es", "fibre-es-think", { ...card, title: "Uno" })),
      answer(put("fibre-es", "fibre-es-think", { ...card, title: "Dos" })),
    ]);
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    assert.equal(both.find(({ status }) => status === 409)?.body.code, "card_changed");
    assert.equal(
      (await answer(put("fibre-es", "fibre-es-think", card))).body.code,
      "card_changed",
      "an old version",
    );
    assert.equal((await cardOf("fibre-es", "fibre-es-think")).version, card.version + 1);
  });

  test("a key belongs to one card", async () => {
    await put("fibre-es", "fibre-es-new", {
      key: 2,
      kind: "other",
      title: "Nueva",
      objection: "Una pega nueva",
      answer: "Claro.",
      version: 0,
    });
    const { cards } = await get("fibre-es");
    assert.deepEqual(
      cards.filter(({ key }) => key === 2).map(({ id }) => id),
      ["fibre-es-new"],
    );
    assert.equal(cards.find(({ id }) => id === "fibre-es-think")?.key, null);
  });

  test("a card that is taken out is found no more, and can come back", async () => {
    const card = await edited("fibre-es", "fibre-es-new");
    assert.equal((await tried("una pega nueva")).found[0]?.id, "fibre-es-new");
    assert.equal(
      (await answer(admin.request("DELETE", "/api/playbooks/fibre-es/cards/fibre-es-new"))).status,
      200,
    );
    assert.notEqual((await tried("una pega nueva")).found[0]?.id, "fibre-es-new");
    assert.equal(
      (await answer(admin.request("DELETE", "/api/playbooks/fibre-es/cards/fibre-es-new"))).status,
      404,
    );
    const back = await answer<Playbook>(put("fibre-es", "fibre-es-new", { ...card, version: 2 }));
    assert.equal(back.body.cards.find(({ id }) => id === "fibre-es-new")?.version, 3);
  });

  test("after its last day a card is not shown", async () => {
    const card = await edited("fibre-es", "fibre-es-new", { validUntil: "2027-03-31" });
    await put("fibre-es", "fibre-es-new", card);
    const later = "2027-03-31T20:00:00Z";
    server.setNow(later);
    admin = await server.browser("admin");
    assert.equal((await tried("una pega nueva")).found[0]?.id, "fibre-es-new");
    server.setNow("2027-03-31T22:30:00Z"); // the first of April in Madrid
    assert.notEqual((await tried("una pega nueva")).found[0]?.id, "fibre-es-new");
    assert.equal(
      (await answer<Page<PlaybookSummary>>(admin.request("GET", "/api/playbooks"))).body.items.find(
        ({ id }) => id === "fibre-es",
      )?.expired,
      1,
    );
    server.setNow(new Date());
    // whoever signed in later swept away the sessions that had expired by then
    admin = await server.browser("admin", { name: "Ada" });
  });

  test("agents neither read nor change them; supervisors only read", async () => {
    const agent = await server.device();
    assert.equal((await answer(agent.request("GET", "/api/playbooks"))).status, 403);
    const supervisor = await server.browser("supervisor");
    assert.equal((await answer(supervisor.request("GET", "/api/playbooks/fibre-es"))).status, 200);
    assert.equal(
      (await answer(supervisor.request("PATCH", "/api/playbooks/fibre-es", { name: "x" }))).status,
      403,
    );
    assert.equal(
      (await answer(supervisor.request("DELETE", "/api/playbooks/fibre-es/cards/fibre-es-price"))).status,
      403,
    );
  });

  test("bad values, unknown ids and an id that is taken", async () => {
    const about = { name: "X", language: "es", industry: "x", product: "x", about: ["x"] };
    assert.equal(
      (await answer(admin.request("POST", "/api/playbooks", { ...about, id: "Con Espacio" }))).status,
      422,
    );
    assert.equal(
      (await answer(admin.request("POST", "/api/playbooks", { ...about, id: "fibre-es" }))).body.code,
      "playbook_taken",
    );
    assert.equal(
      (await answer(admin.request("POST", "/api/playbooks", { ...about, id: "nuevo" }))).status,
      201,
    );
    assert.equal((await answer(admin.request("GET", "/api/playbooks/absent"))).status, 404);
    assert.equal(
      (
        await answer(
          admin.request(
            "PUT",
            "/api/playbooks/nuevo/cards/fibre-es-price",
            await edited("fibre-es", "fibre-es-price"),
          ),
        )
      ).status,
      404,
    );
    for (const bad of [
      { key: 10 },
      { key: 0 },
      { kind: "dear" },
      { answer: "" },
      { answer: "x\u0007" },
      { validUntil: "2027-02-30" },
      { triggers: ["x".repeat(121)] },
      { facts: { cost: "1 €" } },
    ])
      assert.equal(
        (
          await answer(
            put("fibre-es", "fibre-es-price", {
              ...(await edited("fibre-es", "fibre-es-price")),
              ...(bad as object),
            }),
          )
        ).status,
        422,
        JSON.stringify(bad),
      );
  });

  test("nothing of all this was the server's fault", () => assert.deepEqual(server.errors, []));
});

for (const { name, open } of dialects)
  test(`on ${name} the search finds the same, and old phrases are made anew`, async () => {
    const server = await testServer({ store: await open(), playbooks: true });
    const playbooks = createPlaybooks(server.deps, { audit: createAudit(server.deps) });
    const { card, cards } = await playbooks.consult("uf es que es carísimo", "fibra", "es");
    assert.equal(card?.id, "fibre-es-price");
    assert.ok(cards.length <= 3);
    assert.equal(
      (await playbooks.consult("it's far too expensive", "broadband", "en")).card?.id,
      "fibre-en-price",
    );
    const { store } = server.deps;
    const { settings, playbookPhrases } = store.tables;
    await store.together((db) => [
      db.delete(playbookPhrases),
      db.update(settings).set({ value: { is: "older rules" } }),
    ]);
    assert.equal((await playbooks.consult("es carísimo", "fibra", "es")).card, null);
    await playbooks.start();
    assert.equal((await playbooks.consult("es carísimo", "fibra", "es")).card?.id, "fibre-es-price");
    await server.close();
  });
