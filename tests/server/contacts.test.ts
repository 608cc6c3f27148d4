import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { Call, Job, KnownContact, Page, Problem } from "#contract";
import { agentQueries } from "../../server/agents/queries.ts";
import { authQueries } from "../../server/auth/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { contactQueries, type NewContact } from "../../server/contacts/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { answer, callStart, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";

type Answer = KnownContact & Problem;

describe("contacts", () => {
  let server: TestServer;
  let maria: Client;
  before(async () => {
    server = await testServer();
    maria = await server.device();
  });
  after(() => server.close());

  const add = (body: object, by = maria) =>
    answer<Answer>(by.request("POST", "/api/contacts", { id: uuidv7(), ...body }));
  const change = (id: string, body: object, by = maria) =>
    answer<Answer>(by.request("PATCH", `/api/contacts/${id}`, body));
  const get = (id: string, by = maria) => answer<Answer>(by.request("GET", `/api/contacts/${id}`));
  const find = async (query: string, by = maria) =>
    (await answer<Page<KnownContact>>(by.request("GET", `/api/contacts?${query}`))).body;
  const names = async (q: string, by = maria) =>
    (await find(`q=${encodeURIComponent(q)}`, by)).items.map(({ name }) => name);

  test("phones are stored as E.164, read as they are written at home; sending it again changes nothing", async () => {
    const body = {
      id: uuidv7(),
      name: "Ágata  Pérez ".trim(),
      phones: ["612 345 678", "+44 20 7946 0958", "0034612345678"],
      notes: " tarde \r\n mejor ",
    };
    const first = await add(body);
    assert.equal(first.status, 201);
    assert.deepEqual(first.body.phones, ["+34612345678", "+442079460958"]);
    assert.deepEqual([first.body.notes, first.body.team], ["tarde \n mejor", "Ventas Norte"]);
    assert.deepEqual(await add(body), first);
    assert.equal((await add({ ...body, name: "Otra" })).body.code, "id_taken");
    assert.deepEqual((await get(body.id)).body, first.body);
  });

  test("a phone that is none says what to do, at its place; one that is taken too", async () => {
    const wrong = await add({ name: "Juan", phones: ["612 345 670", "123"] });
    assert.deepEqual([wrong.status, wrong.body.code], [422, "invalid"]);
    assert.equal(wrong.body.errors?.[0]?.path, "phones.1");
    assert.match(wrong.body.errors?.[0]?.message ?? "", /revisa las cifras/);
    const taken = await add({ name: "Juan", phones: ["612 345 671", "612345678"] });
    assert.deepEqual([taken.status, taken.body.code], [409, "phone_taken"]);
    assert.deepEqual(
      taken.body.errors?.map(({ path }) => path),
      ["phones.1"],
    );
    for (const body of [{ name: "" }, { name: "a", notes: "a\u0000b" }, { name: "a", phones: ["llámame"] }])
      assert.equal((await add(body)).status, 422);
    assert.deepEqual(await names("Juan"), [], "nothing is half-written");
    const british = await testServer({ env: { COUNTRY: "GB" } });
    const local = await british.device();
    assert.deepEqual((await add({ name: "Ann", phones: ["020 7946 0958"] }, local)).body.phones, [
      "+442079460958",
    ]);
    await british.close();
  });

  test("found by words without accents, in any order, and by the digits of a phone however they are written", async () => {
    await add({ name: "Núria Peña_Gómez", phones: ["655 000 111"] });
    assert.deepEqual(await names("gomez nuria"), ["Núria Peña_Gómez"]);
    assert.deepEqual(await names("PEÑA"), ["Núria Peña_Gómez"]);
    for (const q of ["655 000", "+34 655-000-111", "0034655000111", "0111"])
      assert.deepEqual(await names(q), ["Núria Peña_Gómez"], q);
    assert.deepEqual(await names("%"), await names(""), "no wildcards");
    assert.deepEqual(await names("nadie"), []);
  });

  test("listed by name in pages, the nameless last, each once", async () => {
    const { items: all } = await find("limit=200");
    await wholeCall(maria, server.now(), { start: { contact: { phone: "655 222 333" } } });
    await wholeCall(maria, server.now(), { start: { contact: { phone: "655 222 444" } } });
    const seen: string[] = [];
    for (let after = ""; ;) {
      const page = await find(`limit=1${after}`);
      seen.push(...page.items.map(({ name }) => name));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    assert.deepEqual(seen, [...all.map(({ name }) => name), "", ""]);
    assert.deepEqual(seen.slice(0, -2), seen.slice(0, -2).toSorted());
  });

  test("a team's own: an agent sees the team's, a supervisor those of the teams, others all", async () => {
    const eva = await server.device({ team: "Sur", site: "Sevilla" });
    const theirs = (await add({ name: "Cliente del sur", phones: ["612345678"] }, eva)).body;
    assert.equal(theirs.team, "Sur");
    const north = await server.browser("supervisor");
    for (const stranger of [maria, north, await server.session(maria.userId, "browser")]) {
      assert.equal((await get(theirs.id, stranger)).status, 404);
      assert.equal((await change(theirs.id, { name: "x" }, stranger)).status, 404);
      assert.deepEqual(await names("sur", stranger), []);
    }
    for (const role of ["executive", "admin"] as const)
      assert.deepEqual(await names("cliente", await server.browser(role, { team: "Oficina" })), [
        "Cliente del sur",
      ]);
    const both = await add({ id: theirs.id, name: "x", phones: [] });
    assert.equal(both.body.code, "id_taken");
  });

  test("changes at the same time keep what each did not touch", async () => {
    const { body } = await add({ name: "Rosa", phones: ["655 333 001"] });
    await Promise.all([
      change(body.id, { phones: ["655 333 001", "655 333 002"] }),
      change(body.id, { notes: "por la tarde" }),
      change(body.id, { name: "Rosa Vidal" }),
    ]);
    const { body: now } = await get(body.id);
    assert.deepEqual(
      [now.name, now.notes, now.phones],
      ["Rosa Vidal", "por la tarde", ["+34655333001", "+34655333002"]],
    );
    assert.deepEqual(await names("vidal"), ["Rosa Vidal"]);
    assert.deepEqual(await names("333002"), ["Rosa Vidal"]);
    assert.equal((await change(body.id, { phones: ["612345678"] })).body.code, "phone_taken");
    assert.deepEqual((await get(body.id)).body, now);
    assert.deepEqual((await change(body.id, { phones: [] })).body.phones, []);
  });

  test("a call finds its contact by phone, however it was dialled, and its history", async () => {
    const { body } = await add({ name: "Paco Ruiz", phones: ["655 444 001"] });
    const at = server.now();
    const call = await wholeCall(maria, at, { start: { contact: { phone: "(0034) 655-444-001" } } });
    assert.deepEqual(call.contact, { name: "Paco Ruiz", phone: "(0034) 655-444-001" });
    assert.equal(call.contactId, body.id);
    const own = await wholeCall(maria, at, { start: { contact: { name: "Don Paco", phone: "655444001" } } });
    assert.deepEqual([own.contact.name, own.contactId], ["Don Paco", body.id]);
    const old = new Date(at.getTime() - 86_400_000);
    await wholeCall(maria, old, { start: { contact: { phone: "655444001" } } });
    const { body: now } = await get(body.id);
    assert.deepEqual([now.name, now.lastCallAt], ["Paco Ruiz", at.toISOString()]);
    const luis = await server.browser("supervisor");
    const history = (await answer<Page<Call>>(luis.request("GET", `/api/calls?contactId=${body.id}`))).body;
    assert.equal(history.items.length, 3);
    const other = await server.device({ name: "Otra" });
    assert.equal(
      (await answer<Page<Call>>(other.request("GET", `/api/calls?contactId=${body.id}`))).body.items.length,
      0,
      "an agent sees the own calls",
    );
  });

  test("an unknown phone makes a contact, once, which takes the first name that is told", async () => {
    const phone = "655 555 001";
    const starts = Array.from({ length: 5 }, () => callStart(server.now(), { contact: { phone } }));
    await Promise.all(starts.map((start) => maria.request("POST", "/api/calls/start", start)));
    const { items } = await find("q=655555001");
    assert.deepEqual(
      items.map(({ name, phones }) => [name, phones]),
      [["", ["+34655555001"]]],
    );
    const [repeated] = starts;
    assert.equal((await maria.request("POST", "/api/calls/start", repeated)).status, 200);
    const ids = await Promise.all(
      starts.map(async ({ id }) => (await answer<Call>(maria.request("GET", `/api/calls/${id}`))).body),
    );
    assert.deepEqual(new Set(ids.map(({ contactId }) => contactId)), new Set([items[0]?.id]));
    await wholeCall(maria, server.now(), { start: { contact: { name: "Inés Gil", phone } } });
    await wholeCall(maria, server.now(), { start: { contact: { name: "Otra", phone } } });
    assert.deepEqual(await names("gil"), ["Inés Gil"]);
    assert.deepEqual(await names("655555001"), ["Inés Gil"]);
    for (const odd of ["101", "0000", "+"])
      assert.equal(
        (await wholeCall(maria, server.now(), { start: { contact: { phone: odd } } })).contactId,
        null,
      );
    assert.equal((await wholeCall(maria, server.now(), { start: { contact: {} } })).contactId, null);
  });

  test("who calls again is who they have become meanwhile, whoever remembered what they were", async () => {
    const contact = { phone: "655 800 900" };
    const again = async () => {
      const start = callStart(server.now(), { contact });
      await maria.request("POST", "/api/calls/start", start);
      return (await answer<Call>(maria.request("GET", `/api/calls/${start.id}`))).body;
    };
    const { contactId } = await again();
    for (const name of ["Rosa", "Rosa María"]) {
      await change(contactId ?? "", { name });
      for (const call of [await again(), await again()])
        assert.deepEqual([call.contactId, call.contact.name, call.mayRecord], [contactId, name, true]);
    }
    await change(contactId ?? "", { doNotRecord: true });
    assert.equal((await again()).mayRecord, false);
    await change(contactId ?? "", { phones: [] });
    const stranger = await again();
    assert.deepEqual([stranger.contact.name, stranger.mayRecord], [null, true]);
    assert.notEqual(stranger.contactId, contactId);
    const { id } = (await add({ name: "Berta", phones: [contact.phone.replace("655", "656")] })).body;
    await change(id, { phones: ["655800900"] });
    assert.deepEqual([(await again()).contactId, (await again()).contact.name], [id, "Berta"]);
  });

  test("who was erased is remembered no more", async () => {
    const contact = { name: "Olga", phone: "655 810 910" };
    const actor = (await server.rooms.auth.standing(maria.userId)) ?? assert.fail("she is there");
    for (let n = 0; n < 2; n++)
      await maria.request("POST", "/api/calls/start", callStart(server.now(), { contact }));
    const { remembered } = server.rooms.contacts;
    assert.equal(remembered(actor, { phone: contact.phone })?.name, "Olga");
    const admin = await server.browser("admin", { team: "Oficina" });
    const erased = admin.request("POST", "/api/persons/erase", { phone: contact.phone });
    const { id } = (await answer<Job>(erased)).body;
    await eventually("the erasure's end", async () => {
      const { state } = (await answer<Job>(admin.request("GET", `/api/jobs/${id}`))).body;
      return state === "done";
    });
    assert.equal(remembered(actor, { phone: contact.phone }), null);
  });

  test("who adds the phone of a nameless caller to a contact takes over the calls", async () => {
    const known = (await add({ name: "Lola", phones: ["655 666 001"] })).body;
    const call = await wholeCall(maria, server.now(), { start: { contact: { phone: "655 666 002" } } });
    const { body } = await change(known.id, { phones: ["655 666 001", "655 666 002"] });
    assert.deepEqual(body.phones, ["+34655666001", "+34655666002"]);
    assert.equal(body.lastCallAt, call.startedAt);
    const moved = await answer<Call>(maria.request("GET", `/api/calls/${call.id}`));
    assert.equal(moved.body.contactId, known.id);
    assert.equal((await get(call.contactId ?? "")).status, 404);
    await wholeCall(maria, server.now(), { start: { contact: { phone: "655 666 003" } } });
    assert.equal((await add({ name: "Nueva", phones: ["655 666 003"] })).status, 201);
    assert.deepEqual(await names("655666003"), ["Nueva"]);
    assert.deepEqual(server.errors, []);
  });
});

for (const { name, open } of dialects)
  test(`every query of the contacts on ${name}`, async () => {
    const store = await open();
    const queries = contactQueries(store);
    const called = new Set<string>();
    const contacts = noting("contacts", queries, called);
    const at = new Date("2026-03-02T10:15:30.123Z");
    const later = new Date(at.getTime() + 1000);
    const ada = uuidv7();
    const person = { name: "Ada", email: "ada@example.com", passwordHash: "x", role: "agent" as const };
    const place = { language: "es" as const, team: "Norte", site: "Madrid" };
    await authQueries(store, uuidv7).addPerson({ ...person, ...place, id: ada }, at, "Europe/Madrid");
    const home = (await agentQueries(store).place(ada)) ?? assert.fail("a team");
    assert.deepEqual((await contacts.teamByName("Norte"))?.id, home.teamId);
    assert.equal(await contacts.teamByName("Sur"), null);
    const all = { by: "all" } as const;
    const contact = (name: string, phones: string[]): NewContact & { phones: string[] } => ({
      ...home,
      id: uuidv7(),
      name,
      notes: "",
      searchText: `${name.toLowerCase()} ${phones.join(" ")}`.trim(),
      createdAt: at,
      updatedAt: at,
      phones,
    });

    const rosa = contact("Rosa", ["+1", "+2"]);
    await contacts.add(rosa);
    await assert.rejects(contacts.add(contact("Otra", ["+2"])));
    const { phones, ...stored } = rosa;
    assert.deepEqual(await contacts.byId(all, rosa.id), {
      contact: { ...stored, lastCallAt: null, doNotRecord: false, doNotRecordBy: null, doNotRecordAt: null },
      team: "Norte",
      phones,
    });
    assert.equal(await contacts.byId({ by: "teams", ids: ["x"] }, rosa.id), null);
    assert.equal((await contacts.byId({ by: "site", id: home.siteId }, rosa.id))?.team, "Norte");

    assert.equal(await contacts.caller(home.teamId, "+9"), null);
    const unknown = uuidv7();
    const caller = { ...home, id: unknown, name: "", searchText: "9", at };
    const calls = callQueries(store);
    const call = (id: string) => ({
      ...home,
      id,
      agentId: ada,
      startedAt: at,
      receivedAt: at,
      clockOffsetMs: 0,
      startDigest: "d",
      direction: "inbound" as const,
      source: "softphone" as const,
      contactName: null,
      contactPhone: "9",
      campaign: null,
      externalId: null,
      searchText: "9",
      knownBy: "+9",
    });
    const [first, second] = [uuidv7(), uuidv7()];
    await calls.add(call(first), contacts.firstCalling("+9", caller));
    await calls.add(call(second), contacts.firstCalling("+9", { ...caller, id: uuidv7() }));
    assert.equal((await calls.byId(all, second))?.call.contactId, unknown, "one phone, one contact");
    assert.deepEqual(await contacts.caller(home.teamId, "+9"), {
      id: unknown,
      name: "",
      searchText: "9",
      doNotRecord: false,
    });
    await calls.add({ ...call(uuidv7()), startedAt: later }, contacts.naming(unknown, "Inés", "ines 9"));
    await calls.add(call(uuidv7()), contacts.naming(unknown, "Otra", "otra"));
    const ines = (await contacts.byId(all, unknown)) ?? assert.fail("the caller");
    assert.deepEqual(
      [ines.contact.name, ines.contact.searchText, ines.contact.lastCallAt],
      ["Inés", "ines 9", later],
    );

    const known = { id: unknown, name: "Inés", doNotRecord: false };
    const believing = uuidv7();
    for (const wrong of [{ id: uuidv7() }, { name: "Otra" }, { doNotRecord: true }])
      assert.equal(await calls.addOfKnown(call(believing), { ...known, ...wrong }), false);
    assert.equal(await calls.addOfKnown(call(believing), known), true);
    assert.equal(await calls.addOfKnown(call(believing), known), false, "the id is taken");
    const [plain, remembered] = await Promise.all(
      [second, believing].map(async (id) => (await calls.byId(all, id))?.call),
    );
    assert.deepEqual({ ...remembered, id: second }, plain, "written like any other");

    const third = uuidv7();
    await calls.add(
      { ...call(third), knownBy: "+8", startedAt: later },
      contacts.firstCalling("+8", { ...caller, id: uuidv7(), at: later }),
    );
    const page = async (...query: Parameters<typeof contacts.page>) =>
      (await contacts.page(...query)).map((row) => row.contact.name);
    assert.deepEqual(await page(all, [], null, 10), ["Inés", "Rosa", ""]);
    assert.deepEqual(await page(all, [], { name: "Inés", id: unknown }, 10), ["Rosa", ""]);
    assert.deepEqual(await page(all, [], { name: "Rosa", id: rosa.id }, 1), [""]);
    assert.deepEqual(await page(all, ["ros", "2"], null, 10), ["Rosa"]);
    await contacts.change(home.teamId, rosa.id, { updatedAt: later, phones: ["+2", "+8"] });
    assert.deepEqual((await contacts.byId(all, rosa.id))?.phones, ["+2", "+8"]);
    assert.deepEqual((await contacts.byId(all, rosa.id))?.contact.lastCallAt, later);
    assert.equal((await calls.byId(all, third))?.call.contactId, rosa.id, "the nameless one became Rosa");
    assert.deepEqual(await page(all, [], null, 10), ["Inés", "Rosa"]);

    assert.deepEqual(await contacts.holders(home.teamId, []), []);
    assert.deepEqual(
      (await contacts.holders(home.teamId, ["+2", "+8", "+7"])).map((row) => [row.contact.name, row.phones]),
      [["Rosa", ["+2", "+8"]]],
    );
    const edit = { notes: "tarde", updatedAt: later };
    await contacts.takeAll(
      home.teamId,
      [contact("Ana", ["+5", "+6"]), contact("Bea", ["+7"])],
      [{ id: rosa.id, edit }],
    );
    assert.deepEqual(await page(all, [], null, 10), ["Ana", "Bea", "Inés", "Rosa"]);
    await assert.rejects(
      contacts.takeAll(home.teamId, [contact("Cova", ["+3"]), contact("Dina", ["+7"])], []),
    );
    assert.deepEqual(await page(all, ["cova"], null, 10), []);
    await contacts.takeAll(home.teamId, [], []);
    assert.deepEqual(
      Object.keys(queries).filter((query) => !called.has(`contacts.${query}`)),
      [],
    );
    await store.close();
  });
