import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import exceljs from "exceljs";
import type { Call, Disposition, DispositionList, Page, Problem, Recording } from "#contract";
import { authQueries } from "../../server/auth/queries.ts";
import { dispositionQueries, RETIRED } from "../../server/dispositions/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import {
  answer,
  callEnd,
  callStart,
  testServer,
  wholeCall,
  type Client,
  type TestServer,
} from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

const own: Disposition[] = [
  { code: "gold", name: "Tarjeta oro", kind: "sale", asksFor: "amount" },
  { code: "no_answer", name: null, kind: "no_contact", asksFor: null },
  { code: "thinking", name: "Se lo piensa", kind: "contact", asksFor: "callback" },
];

describe("how calls can end", () => {
  let server: TestServer;
  let admin: Client;
  let maria: Client;
  before(async () => {
    server = await testServer();
    admin = await server.browser("admin", { team: "Oficina" });
    maria = await server.device();
  });
  after(() => server.close());

  const list = async (campaign?: string) => {
    const query = campaign === undefined ? "" : `?campaign=${encodeURIComponent(campaign)}`;
    return (await answer<DispositionList>(maria.request("GET", `/api/dispositions${query}`))).body;
  };
  const put = (campaign: string | null, items: unknown, by = admin) =>
    answer<DispositionList & Problem>(by.request("PUT", "/api/dispositions", { campaign, items }));
  const change = (id: string, body: object, by = maria) =>
    answer<Call & Problem>(by.request("PATCH", `/api/calls/${id}`, body));
  const called = (campaign: string | undefined, more: Parameters<typeof wholeCall>[2] = {}) =>
    wholeCall(maria, server.now(), { ...more, start: campaign === undefined ? {} : { campaign } });

  test("the built-in five, until the company or a campaign has its own", async () => {
    const first = await list();
    assert.deepEqual(
      first.items.map(({ code, name, kind, asksFor }) => [code, name, kind, asksFor]),
      [
        ["sale", null, "sale", "amount"],
        ["follow_up", null, "contact", "callback"],
        ["not_interested", null, "contact", null],
        ["no_answer", null, "no_contact", null],
        ["other", null, "contact", null],
      ],
    );
    assert.deepEqual(await list("Oro"), { ...first, campaign: "Oro" });
    assert.deepEqual(await put("Oro", own), {
      status: 200,
      body: { campaign: "Oro", own: true, items: own },
    });
    assert.deepEqual((await list("Oro")).items, own);
    assert.equal((await list("Plata")).own, false);
    const company = [own[2], own[1]];
    await put(null, company);
    assert.deepEqual(await list("Plata"), { campaign: "Plata", own: false, items: company });
    await put(null, []);
    assert.deepEqual((await list("Plata")).items, first.items);
  });

  test("only an admin changes them, and only to lists that make sense", async () => {
    for (const role of ["agent", "supervisor", "executive"] as const)
      assert.equal((await put("Oro", own, await server.browser(role))).status, 403);
    const one = { code: "a", name: "A", kind: "contact", asksFor: null };
    const wrong: [string, unknown[]][] = [
      ["items", Array.from({ length: 16 }, (_, i) => ({ ...one, code: `c${i}` }))],
      ["items", [one, one]],
      ["items.0.name", [{ ...one, name: null }]],
      ["items.0.asksFor", [{ ...one, asksFor: "amount" }]],
      ["items.0.code", [{ ...one, code: "Año" }]],
      ["items.0.kind", [{ ...one, kind: "perhaps" }]],
    ];
    for (const [path, items] of wrong) {
      const { status, body } = await put("Oro", items);
      assert.deepEqual([status, body.errors?.[0]?.path], [422, path]);
    }
    const { body } = await put("Oro", [one, one]);
    assert.equal(body.errors?.[0]?.message, "cada código una sola vez");
    assert.deepEqual((await list("Oro")).items, own, "nothing has changed");
  });

  test("a call takes only what its campaign has, and says its name, in lists and in the workbook", async () => {
    const call = await called("Oro");
    const refused = await change(call.id, { disposition: "sale" });
    assert.deepEqual([refused.status, refused.body.errors?.[0]?.path], [422, "disposition"]);
    assert.match(refused.body.errors?.[0]?.message ?? "", /esta campaña/);
    const { body } = await change(call.id, { disposition: "gold", saleAmount: 12.5 });
    assert.deepEqual(
      [body.disposition, body.dispositionName, body.dispositionKind, body.saleAmount],
      ["gold", "Tarjeta oro", "sale", 12.5],
    );
    const luis = await server.browser("supervisor");
    const { body: page } = await answer<Page<Call>>(luis.request("GET", "/api/calls?campaign=Oro"));
    assert.deepEqual(
      page.items.map(({ id, dispositionName }) => [id, dispositionName]),
      [[call.id, "Tarjeta oro"]],
    );
    const { bytes, metadata } = toneWav(0.2);
    await maria.request("PUT", `/api/recordings/${call.id}/parts/0`, bytes, contentDigest(bytes));
    await maria.request("POST", `/api/recordings/${call.id}`, { parts: 1, metadata });
    const recordings = await answer<Page<Recording>>(luis.request("GET", "/api/recordings"));
    assert.equal(recordings.body.items[0]?.dispositionName, "Tarjeta oro");
    const book = new exceljs.Workbook();
    await book.xlsx.load(
      await (await luis.request("GET", "/api/exports/calls.xlsx?campaign=Oro")).arrayBuffer(),
    );
    const sheet = book.getWorksheet("Llamadas") ?? assert.fail("the sheet");
    const column = (sheet.getRow(1).values as string[]).indexOf("Tipificación");
    assert.equal(sheet.getRow(2).getCell(column).value, "Tarjeta oro");
  });

  test("an outcome that was taken out of its list still has its name where calls have it", async () => {
    const call = await called("Oro", { change: { disposition: "thinking" } });
    assert.equal(call.disposition, "thinking");
    await put("Oro", own.slice(0, 2));
    assert.equal((await list("Oro")).items.length, 2);
    const { body } = await change(call.id, { notes: "llamar en mayo", disposition: "thinking" });
    assert.deepEqual([body.dispositionName, body.dispositionKind], ["Se lo piensa", "contact"]);
    assert.equal((await change((await called("Oro")).id, { disposition: "thinking" })).status, 422);
    await put("Oro", own);
  });

  test("an outcome sets contacted and sold, ends the wrap-up, and only a sale has an amount", async () => {
    const stored = async (id: string) => {
      const { calls } = server.deps.store.tables;
      const rows = await server.deps.store.db.select().from(calls);
      const { contacted, sold } = rows.find((row) => row.id === id) ?? assert.fail("the call");
      return { contacted, sold };
    };
    const call = await called(undefined);
    assert.equal(call.wrapUpEndedAt, null);
    assert.deepEqual(await stored(call.id), { contacted: true, sold: false });
    server.setNow(new Date(server.now().getTime() + 90_000));
    const amount = await change(call.id, { saleAmount: 5 });
    assert.deepEqual([amount.status, amount.body.errors?.[0]?.path], [422, "saleAmount"]);
    const sold = await change(call.id, { disposition: "sale", saleAmount: 5 });
    assert.deepEqual([sold.body.wrapUpEndedBy, sold.body.wrapUpSeconds], ["agent", 30]);
    assert.deepEqual(await stored(call.id), { contacted: true, sold: true });
    assert.equal((await change(call.id, { saleAmount: 6 })).body.saleAmount, 6);
    const gone = await change(call.id, { disposition: "no_answer" });
    assert.equal(gone.body.saleAmount, null, "no sale, no amount");
    assert.deepEqual(await stored(call.id), { contacted: false, sold: false });
    assert.equal(gone.body.wrapUpEndedAt, sold.body.wrapUpEndedAt, "a wrap-up ends once");
    await change(call.id, { disposition: null });
    assert.deepEqual(await stored(call.id), { contacted: true, sold: false });

    const missed = callStart(server.now());
    await maria.request("POST", "/api/calls/start", missed);
    await maria.request("POST", "/api/calls/end", callEnd(missed, 0, { outcome: "missed" }));
    const other = await change(missed.id, { disposition: "other" });
    assert.equal(other.body.wrapUpEndedAt, null, "nobody talked");
    assert.deepEqual(await stored(missed.id), { contacted: false, sold: false });

    for (const [disposition, contacted] of [
      ["no_answer", false],
      ["other", true],
    ] as const) {
      const during = callStart(server.now());
      await maria.request("POST", "/api/calls/start", during);
      await change(during.id, { disposition });
      await maria.request("POST", "/api/calls/end", callEnd(during));
      assert.deepEqual(await stored(during.id), { contacted, sold: false }, "chosen during the call");
    }
    assert.deepEqual(server.errors, []);
  });
});

for (const { name, open } of dialects)
  test(`every query of the dispositions on ${name}`, async () => {
    const store = await open();
    const queries = dispositionQueries(store);
    const calledNames = new Set<string>();
    const dispositions = noting("dispositions", queries, calledNames);
    await dispositions.replace("Oro", own);
    await dispositions.replace("Oro", [{ ...own[2], name: "Piensa" } as Disposition]);
    assert.deepEqual(
      (await dispositions.all())
        .toSorted((a, b) => a.code.localeCompare(b.code))
        .map(({ code, name, position }) => [code, name, position]),
      [
        ["gold", "Tarjeta oro", RETIRED],
        ["no_answer", null, RETIRED],
        ["thinking", "Piensa", 0],
      ],
    );
    const auth = authQueries(store, uuidv7);
    const person = { name: "Ada", email: "ada@example.com", passwordHash: "x", role: "agent" as const };
    const place = { language: "es" as const, team: "Norte", site: "Madrid", id: uuidv7() };
    await auth.addPerson({ ...person, ...place }, new Date(), "Europe/Madrid");
    const { teams, dayFigures } = store.tables;
    const [team] = await store.db.select().from(teams);
    const row = { ownerId: team?.id ?? "", calls: 1 };
    await store.together((db) => [
      db.insert(dayFigures).values([
        { ...row, campaign: "Plata", day: "2026-03-02" },
        { ...row, campaign: "Plata", day: "2026-03-03" },
        { ...row, campaign: "", day: "2026-03-03" },
        { ...row, campaign: "Vieja", day: "2024-03-03" },
        { ...row, ownerId: place.id, campaign: "Bronce", day: "2026-03-03" },
      ]),
    ]);
    assert.deepEqual(await dispositions.counted("2026-01-01"), ["Plata"]);
    assert.deepEqual(
      Object.keys(queries).filter((query) => !calledNames.has(`dispositions.${query}`)),
      [],
    );
    await store.close();
  });
