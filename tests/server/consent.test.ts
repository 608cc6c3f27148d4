import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { Call, CallStarted, ConsentWording, KnownContact, PrivacySettings, Problem } from "#contract";
import { authQueries } from "../../server/auth/queries.ts";
import { callQueries } from "../../server/calls/queries.ts";
import { consentQueries } from "../../server/consent/queries.ts";
import { dialects, noting } from "../support/databases.ts";
import { callRow, personRow } from "../support/rows.ts";
import { answer, callStart, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

describe("consent, and what is never recorded", () => {
  let server: TestServer;
  let maria: Client;
  let luis: Client;
  let admin: Client;
  before(async () => {
    server = await testServer();
    maria = await server.device();
    luis = await server.browser("supervisor");
    admin = await server.browser("admin");
  });
  after(() => server.close());

  const begin = (by: Client, more: Parameters<typeof callStart>[1] = {}) => {
    const body = callStart(server.now(), more);
    return answer<CallStarted & Problem>(by.request("POST", "/api/calls/start", body));
  };
  const firstPart = (callId: string) => {
    const wav = toneWav(1);
    const digest = contentDigest(wav.bytes);
    return answer(maria.request("PUT", `/api/recordings/${callId}/parts/0`, wav.bytes, digest));
  };

  test("the customer's answer stands on the call with the wording and the place in the audio", async () => {
    const call = await wholeCall(maria, server.now());
    assert.deepEqual(call.consent, { state: "unknown", wording: null, atMs: null });
    const path = `/api/consent/calls/${call.id}`;
    const given = await answer<Call>(maria.request("PUT", path, { state: "given", atMs: 4200 }));
    assert.deepEqual(given.body.consent, { state: "given", wording: 1, atMs: 4200 });
    const seen = await answer<Call>(luis.request("GET", `/api/calls/${call.id}`));
    assert.deepEqual(seen.body.consent, given.body.consent);
    const taken = await answer<Call>(luis.request("PUT", path, { state: "unknown" }));
    assert.deepEqual(taken.body.consent, { state: "unknown", wording: null, atMs: null });
    const stranger = await server.device({ team: "Otra", site: "Sevilla" });
    assert.equal((await stranger.request("PUT", path, { state: "given" })).status, 404);
    assert.equal((await maria.request("PUT", path, { state: "yes" })).status, 422);
    assert.equal((await maria.request("PUT", path, { state: "given", atMs: -1 })).status, 422);
  });

  test("another wording is another version, and calls keep theirs", async () => {
    const before = await wholeCall(maria, server.now());
    await maria.request("PUT", `/api/consent/calls/${before.id}`, { state: "informed" });
    const now = await answer<ConsentWording>(maria.request("GET", "/api/consent/wording"));
    const words = {
      es: "Esta llamada se graba. ¿Le parece bien?",
      en: "This call is recorded. Is that fine?",
    };
    assert.equal((await luis.request("PUT", "/api/consent/wording", words)).status, 403);
    const next = await answer<ConsentWording>(admin.request("PUT", "/api/consent/wording", words));
    assert.deepEqual([next.body.version, next.body.es], [now.body.version + 1, words.es]);
    const same = await answer<ConsentWording>(admin.request("PUT", "/api/consent/wording", words));
    assert.equal(same.body.version, next.body.version);
    const call = await wholeCall(maria, server.now());
    await maria.request("PUT", `/api/consent/calls/${call.id}`, { state: "given" });
    const wordings = await Promise.all(
      [before, call].map(async ({ id }) => {
        const { body } = await answer<Call>(maria.request("GET", `/api/calls/${id}`));
        return body.consent.wording;
      }),
    );
    assert.deepEqual(wordings, [now.body.version, next.body.version]);
    assert.equal(
      (await admin.request("PUT", "/api/consent/wording", { es: "corto", en: "short" })).status,
      422,
    );
  });

  test("a contact who does not want it is not recorded, and the PC is told at once and again", async () => {
    const phone = "+34 655 300 400";
    const first = await begin(maria, { contact: { name: "Rosa", phone } });
    assert.deepEqual([first.status, first.body.record], [201, true]);
    const { body: call } = await answer<Call>(maria.request("GET", `/api/calls/${first.body.id}`));
    const path = `/api/contacts/${call.contactId}`;
    const refused = await answer<KnownContact>(luis.request("PATCH", path, { doNotRecord: true }));
    assert.equal(refused.body.doNotRecord, true);
    assert.equal((await firstPart(first.body.id)).status, 200, "what was decided at the start stays");

    const body = callStart(server.now(), { contact: { phone: "655300400" } });
    for (const status of [201, 200]) {
      const again = await answer<CallStarted>(maria.request("POST", "/api/calls/start", body));
      assert.deepEqual([again.status, again.body.record], [status, false]);
    }
    const part = await firstPart(body.id);
    assert.deepEqual([part.status, part.body.code], [403, "not_to_be_recorded"]);
    const metadata = toneWav(1).metadata;
    const final = await answer(maria.request("POST", `/api/recordings/${body.id}`, { parts: 1, metadata }));
    assert.deepEqual([final.status, final.body.code], [403, "not_to_be_recorded"]);
    await luis.request("PATCH", path, { doNotRecord: false });
    assert.equal((await begin(maria, { contact: { phone } })).body.record, true);
  });

  test("calls of a campaign that is never recorded are not, however it is written", async () => {
    const settings = { campaignsNotRecorded: ["Atención médica"] };
    assert.equal((await luis.request("PUT", "/api/consent/settings", settings)).status, 403);
    await admin.request("PUT", "/api/consent/settings", settings);
    const kept = await answer<PrivacySettings>(admin.request("GET", "/api/consent/settings"));
    assert.deepEqual(kept.body, settings);
    assert.equal((await begin(maria, { campaign: "atencion MÉDICA" })).body.record, false);
    assert.equal((await begin(maria, { campaign: "Fibra" })).body.record, true);
    await admin.request("PUT", "/api/consent/settings", { campaignsNotRecorded: [] });
    assert.equal((await begin(maria, { campaign: "Atención médica" })).body.record, true);
  });
});

for (const { name, open } of dialects)
  test(`every query of consent on ${name}`, async () => {
    const store = await open();
    const called = new Set<string>();
    const consent = noting("consent", consentQueries(store), called);
    const [ada, call, at] = [uuidv7(), uuidv7(), new Date("2026-03-02T10:15:30.123Z")];
    await authQueries(store, uuidv7).addPerson(personRow(ada, "Ada", "agent"), at, "Europe/Madrid");
    assert.equal(await consent.campaignsNotRecorded(), null);
    await consent.setCampaignsNotRecorded(["A", "B"], ada, at);
    assert.deepEqual(await consent.campaignsNotRecorded(), ["A", "B"]);
    assert.equal(await consent.wording(), null);
    const words = { version: 2, es: "es", en: "en", by: ada, at };
    await consent.addWording(words);
    await assert.rejects(consent.addWording(words));
    assert.deepEqual(await consent.wording(), words);
    const calls = callQueries(store);
    await calls.add(callRow(call, ada, at, { mayRecord: false }));
    await consent.setConsent(call, { state: "given", wording: 2, atMs: 7, at });
    const row = (await calls.byId({ by: "all" }, call))?.call;
    assert.deepEqual(
      [row?.mayRecord, row?.consent, row?.consentWording, row?.consentAtMs, row?.consentChangedAt],
      [false, "given", 2, 7, at],
    );
    assert.deepEqual(
      [...called].toSorted(),
      Object.keys(consentQueries(store))
        .map((q) => `consent.${q}`)
        .toSorted(),
    );
    await store.close();
  });
