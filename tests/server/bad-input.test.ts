import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { endpoints, PART_BYTES, type Call, type PairingCode, type Problem } from "#contract";
import {
  answer,
  callEnd,
  callStart,
  PASSWORD,
  testServer,
  type Client,
  type TestServer,
} from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

/** An id that nothing has. */
const NOBODY = uuidv7();
const someone = (url: string) =>
  url.replace(/:(id|callId|cardId|stateId|sessionId)\b/g, NOBODY).replace(":n", "0");

describe("bad input", () => {
  let server: TestServer;
  let admin: Client;
  let maria: Client;
  let eva: Client;
  let luis: Client;
  let call: Call;

  before(async () => {
    server = await testServer();
    admin = await server.browser("admin", { team: "Oficina" });
    maria = await server.device();
    eva = await server.device({ team: "Ventas Sur", site: "Sevilla" });
    luis = await server.browser("supervisor");
    const start = callStart(server.now());
    await maria.request("POST", "/api/calls/start", start);
    call = (await answer<Call>(maria.request("POST", "/api/calls/end", callEnd(start)))).body;
  });
  after(() => server.close());

  /** A problem with code and hint, never a 500, and nothing in the server's own log. */
  async function refused(response: Promise<Response>, status: number, code: string): Promise<Problem> {
    const { headers } = await response;
    const { status: got, body } = await answer(response);
    assert.deepEqual([got, body.code], [status, code], JSON.stringify(body));
    assert.match(headers.get("content-type") ?? "", /^application\/problem\+json/);
    assert.ok(body.detail.length > 10 && body.hint.length > 10, "a text and a hint");
    assert.equal(server.errors.length, 0, "nothing unexpected happened");
    return body;
  }

  /** Who may use a route, so that its own checks are reached. */
  const clientFor = (who: string): Client => (who === "admin" ? admin : who === "device" ? maria : luis);

  for (const endpoint of endpoints.filter(({ body }) => typeof body === "object")) {
    const { method, path, who } = endpoint;
    const verb = method.toUpperCase();
    const client = (): Client => (who === "anyone" ? server.anonymous : clientFor(who));
    test(`${verb} ${path}: what is not JSON, not UTF-8, not an object, too big, or of another type`, async () => {
      const json = { "content-type": "application/json" };
      await refused(client().request(verb, someone(path), "{nope", json), 400, "malformed");
      await refused(
        client().request(verb, someone(path), new Uint8Array([0x22, 0xff, 0x22]), json),
        400,
        "malformed",
      );
      await refused(client().request(verb, someone(path), "", json), 400, "malformed");
      for (const wrong of ["[]", "null", "7", '"x"'])
        await refused(client().request(verb, someone(path), wrong, json), 422, "invalid");
      await refused(
        client().request(verb, someone(path), `{"a":"${"x".repeat(70_000)}"}`, json),
        413,
        "too_large",
      );
      await refused(
        client().request(verb, someone(path), "a=b", { "content-type": "text/plain" }),
        415,
        "unsupported_media_type",
      );
    });
  }

  for (const { method, path } of endpoints.filter(({ who }) => who !== "anyone"))
    test(`${method.toUpperCase()} ${path}: nobody, and a token that nobody has`, async () => {
      await refused(server.anonymous.request(method.toUpperCase(), someone(path)), 401, "not_signed_in");
      const stranger = { authorization: "Bearer nobody" };
      await refused(
        server.anonymous.request(method.toUpperCase(), someone(path), undefined, stranger),
        401,
        "not_signed_in",
      );
    });

  for (const { method, path } of endpoints.filter(({ who }) => who === "admin" || who === "device"))
    test(`${method.toUpperCase()} ${path}: the wrong role`, async () => {
      await refused(
        luis.request(method.toUpperCase(), someone(path), method === "get" ? undefined : {}),
        403,
        "forbidden",
      );
    });

  for (const { method, path, params } of endpoints.filter(({ params }) => params !== undefined))
    test(`${method.toUpperCase()} ${path}: an id that is none`, async () => {
      const client = clientFor(endpoints.find((e) => e.path === path && e.method === method)?.who ?? "");
      // playbooks have readable ids, everything else UUIDs
      const others = path.startsWith("/api/playbooks") ? ["A", "-a", "a--b"] : ["7", `${uuidv7()}x`];
      for (const wrong of ["..%2F..%2Fetc%2Fpasswd", "%00", "a'b\"c", ...others]) {
        const url = someone(path.replace(/:(id|callId)\b/, wrong));
        await refused(
          client.request(method.toUpperCase(), url, method === "get" ? undefined : {}),
          422,
          "invalid",
        );
      }
      assert.ok(params);
    });

  test("a path that is none, and a query that is none", async () => {
    await refused(luis.request("GET", "/api/nothing"), 404, "not_found");
    await refused(luis.request("GET", "/nothing/at/all"), 404, "not_found");
    await refused(luis.request("GET", "/api/calls?limit=0"), 422, "invalid");
    await refused(luis.request("GET", "/api/calls?from=ayer"), 422, "invalid");
    await refused(luis.request("GET", "/api/recordings?ai=perhaps"), 422, "invalid");
    await refused(luis.request("GET", "/api/stats?scope=everything"), 422, "invalid");
    await refused(luis.request("GET", "/api/stats?from=2026-02-30"), 422, "invalid");
    await refused(luis.request("GET", "/api/live?scope=x"), 422, "invalid");
  });

  test("someone else's ids are absent: the same 404", async () => {
    const absent = await refused(eva.request("GET", `/api/calls/${NOBODY}`), 404, "not_found");
    const theirs = await refused(eva.request("GET", `/api/calls/${call.id}`), 404, "not_found");
    assert.deepEqual(theirs, absent);
    await refused(
      eva.request("POST", "/api/calls/end", callEnd({ ...callStart(server.now()), id: call.id })),
      404,
      "not_found",
    );
    await refused(eva.request("PATCH", `/api/calls/${call.id}`, { notes: "mía" }), 404, "not_found");
    const { bytes, metadata } = toneWav(0.1);
    await refused(
      eva.request("PUT", `/api/recordings/${call.id}/parts/0`, bytes, contentDigest(bytes)),
      404,
      "not_found",
    );
    await refused(
      eva.request("POST", `/api/recordings/${call.id}`, { parts: 1, metadata }),
      404,
      "not_found",
    );
    for (const what of ["audio", "peaks", "metadata"])
      await refused(eva.request("GET", `/api/recordings/${call.id}/${what}`), 404, "not_found");
    const asked = { text: "es muy caro", callId: call.id };
    await refused(eva.request("POST", "/api/copilot/ask", asked), 404, "not_found");
    await refused(luis.request("GET", "/api/stats?scope=team:Ventas Sur"), 404, "not_found");
    await refused(luis.request("GET", "/api/stats?scope=team:Nadie"), 404, "not_found");
    await refused(luis.request("GET", "/api/live?scope=all"), 404, "not_found");
  });

  test("a browser's write from another page, or from none", async () => {
    const body = { notes: "x" };
    const from = { origin: "https://evil.example" };
    await refused(luis.request("PATCH", `/api/calls/${call.id}`, body, from), 403, "wrong_origin");
    await refused(
      luis.request("PATCH", `/api/calls/${call.id}`, body, { origin: "null" }),
      403,
      "wrong_origin",
    );
    await refused(
      server.anonymous.request("POST", "/api/login", { email: "a@example.com", password: "x" }, from),
      403,
      "wrong_origin",
    );
    const { cookie } = { cookie: "callmanager=x" };
    await refused(
      server.anonymous.request("PATCH", `/api/calls/${call.id}`, body, { cookie }),
      401,
      "not_signed_in",
    );
  });

  test("the same id with another body", async () => {
    const start = callStart(server.now());
    assert.equal((await maria.request("POST", "/api/calls/start", start)).status, 201);
    assert.equal((await maria.request("POST", "/api/calls/start", start)).status, 200);
    await refused(
      maria.request("POST", "/api/calls/start", { ...start, direction: "inbound" }),
      409,
      "id_taken",
    );
    await refused(eva.request("POST", "/api/calls/start", start), 409, "id_taken");
    await refused(
      maria.request("PATCH", `/api/calls/${start.id}`, { wrapUpEndedAt: start.startedAt }),
      409,
      "call_in_progress",
    );
    const end = callEnd(start);
    assert.equal((await maria.request("POST", "/api/calls/end", end)).status, 200);
    assert.equal((await maria.request("POST", "/api/calls/end", end)).status, 200);
    await refused(maria.request("POST", "/api/calls/end", { ...end, talkSeconds: 1 }), 409, "id_taken");
  });

  test("values that cannot be", async () => {
    const start = callStart(server.now());
    const wrong: [string, unknown][] = [
      ["id", "7"],
      ["id", "6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
      ["startedAt", "ayer"],
      ["direction", "sideways"],
      ["source", "magic"],
      ["contact", { phone: "llámame" }],
      ["contact", { name: "a\u0000b" }],
      ["contact", { name: "x".repeat(121) }],
      ["externalId", ""],
    ];
    for (const [field, value] of wrong) {
      const { errors = [] } = await refused(
        maria.request("POST", "/api/calls/start", { ...start, [field]: value }),
        422,
        "invalid",
      );
      assert.ok(errors[0]?.path.startsWith(field), `${field} is named`);
    }
    await maria.request("POST", "/api/calls/start", start);
    for (const change of [
      { talkSeconds: -1 },
      { talkSeconds: 1.5 },
      { outcome: "perhaps" },
      { endedAt: "2020-01-01T00:00:00Z" },
    ])
      await refused(
        maria.request("POST", "/api/calls/end", { ...callEnd(start), ...change }),
        422,
        "invalid",
      );
    for (const change of [
      { disposition: "won" },
      { saleAmount: -1 },
      { saleAmount: "mucho" },
      { notes: "x".repeat(4001) },
    ])
      await refused(maria.request("PATCH", `/api/calls/${start.id}`, change), 422, "invalid");
    await refused(maria.request("POST", "/api/agents/me/state", { state: "on_call" }), 422, "invalid");
  });

  test("people: taken e-mails, short passwords, teams elsewhere, the last admin", async () => {
    const person = {
      name: "Ana",
      email: "ana@example.com",
      password: PASSWORD,
      role: "agent",
      team: "Ventas Norte",
      site: "Madrid",
    };
    assert.equal((await admin.request("POST", "/api/users", person)).status, 201);
    await refused(
      admin.request("POST", "/api/users", { ...person, email: "ANA@example.com" }),
      409,
      "email_taken",
    );
    await refused(admin.request("POST", "/api/users", { ...person, password: "corta" }), 422, "invalid");
    await refused(
      admin.request("POST", "/api/users", { ...person, email: "b@example.com", site: "Bilbao" }),
      409,
      "team_elsewhere",
    );
    await refused(admin.request("PATCH", `/api/users/${admin.userId}`, { role: "agent" }), 409, "last_admin");
    await refused(admin.request("PATCH", `/api/users/${admin.userId}`, { active: false }), 409, "last_admin");
    await refused(admin.request("PATCH", `/api/users/${NOBODY}`, { name: "X" }), 404, "not_found");
  });

  test("signing in: the same answer whichever was wrong", async () => {
    const wrong = { email: "nobody@example.com", password: PASSWORD };
    const absent = await refused(
      server.anonymous.request("POST", "/api/login", wrong),
      401,
      "wrong_credentials",
    );
    const known = { email: `${luis.userId}@example.com`, password: "otra" };
    assert.deepEqual(
      await refused(server.anonymous.request("POST", "/api/login", known), 401, "wrong_credentials"),
      absent,
    );
  });

  test("the set-up link: wrong, and too late", async () => {
    const first = { token: "x", name: "Ana", email: "ana2@example.com", password: PASSWORD };
    await refused(server.anonymous.request("POST", "/api/setup", first), 409, "setup_done");
    const fresh = await testServer();
    await fresh.offerSetup();
    const { status, body } = await answer(fresh.anonymous.request("POST", "/api/setup", first));
    assert.deepEqual([status, body.code], [403, "setup_token_wrong"]);
    await fresh.close();
  });

  test("pairing codes: unknown, used, expired, somebody else's", async () => {
    const pair = (code: string) => server.anonymous.request("POST", "/api/pair", { code, device: "PC" });
    const make = async () =>
      (await answer<PairingCode>(admin.request("POST", "/api/pairing-codes", { userId: maria.userId }))).body;
    await refused(pair("AAAA-AAAA"), 422, "pairing_code_invalid");
    const used = await make();
    assert.equal((await pair(used.code.toLowerCase().replace("-", " "))).status, 201);
    await refused(pair(used.code), 422, "pairing_code_invalid");
    const late = await make();
    const now = server.now();
    server.setNow(new Date(now.getTime() + 601_000));
    await refused(pair(late.code), 422, "pairing_code_invalid");
    server.setNow(now);
    await refused(admin.request("POST", "/api/pairing-codes", { userId: NOBODY }), 404, "not_found");
    await refused(luis.request("POST", "/api/pairing-codes", { userId: maria.userId }), 403, "forbidden");
  });

  test("panel tickets: unknown, used, expired", async () => {
    const open = (ticket: string) => server.anonymous.request("GET", `/assist?ticket=${ticket}`);
    const make = async () =>
      (await answer<{ ticket: string }>(maria.request("POST", "/api/panel-tickets"))).body.ticket;
    await refused(open("nobody"), 401, "ticket_invalid");
    const used = await make();
    const opened = await open(used);
    assert.equal(opened.status, 302);
    assert.match(opened.headers.get("set-cookie") ?? "", /callmanager=.*HttpOnly/);
    await refused(open(used), 401, "ticket_invalid");
    const late = await make();
    const now = server.now();
    server.setNow(new Date(now.getTime() + 31_000));
    await refused(open(late), 401, "ticket_invalid");
    server.setNow(now);
  });

  test("parts: wrong digest, no digest, empty, too big, too late; and wholes that are not what was announced", async () => {
    const start = callStart(server.now());
    await maria.request("POST", "/api/calls/start", start);
    const path = `/api/recordings/${start.id}`;
    const { bytes, metadata } = toneWav(0.5);
    await refused(maria.request("PUT", `${path}/parts/0`, bytes), 422, "part_invalid");
    await refused(
      maria.request("PUT", `${path}/parts/0`, bytes, contentDigest(bytes.subarray(1))),
      422,
      "part_invalid",
    );
    await refused(
      maria.request("PUT", `${path}/parts/0`, new Uint8Array(), contentDigest(new Uint8Array())),
      422,
      "part_invalid",
    );
    const big = new Uint8Array(PART_BYTES + 1);
    await refused(maria.request("PUT", `${path}/parts/0`, big, contentDigest(big)), 413, "too_large");
    await refused(maria.request("PUT", `${path}/parts/-1`, bytes, contentDigest(bytes)), 422, "invalid");
    await refused(maria.request("PUT", `${path}/parts/99999`, bytes, contentDigest(bytes)), 422, "invalid");
    assert.deepEqual(
      (await answer<{ parts: unknown[] }>(maria.request("GET", `${path}/parts`))).body.parts,
      [],
    );

    const finish = (more: object = {}, parts = 1) =>
      maria.request("POST", path, { parts, metadata: { ...metadata, ...more } });
    await refused(finish(), 409, "missing_parts");
    await maria.request("PUT", `${path}/parts/0`, bytes, contentDigest(bytes));
    const { errors } = await refused(finish({}, 2), 409, "missing_parts");
    assert.deepEqual(
      errors?.map((e) => e.path),
      ["parts.0", "parts.1"],
      "a short part in the middle is missing too",
    );
    await refused(finish({ sha256: "0".repeat(64) }), 409, "digest_mismatch");
    await refused(finish({ bytes: metadata.bytes + 2 }), 409, "digest_mismatch");
    await refused(finish({ sampleRate: 48_000 }), 422, "not_a_recording");
    await refused(finish({ channels: 1 }), 422, "not_a_recording");
    assert.equal((await finish()).status, 200);
    assert.equal((await finish()).status, 200, "once more changes nothing");
    await refused(finish({ sha256: "1".repeat(64) }), 409, "recording_complete");
    await refused(
      maria.request("PUT", `${path}/parts/0`, bytes, contentDigest(bytes)),
      409,
      "recording_complete",
    );
    await refused(
      luis.request("GET", `${path}/audio`, undefined, { range: "bytes=99999999-" }),
      416,
      "range_not_satisfiable",
    );
  });

  test("the errors speak the reader's language", async () => {
    const english = await answer(
      server.anonymous.request("GET", "/api/me", undefined, { "accept-language": "en-GB,en;q=0.9" }),
    );
    assert.match(english.body.detail, /not signed in/);
    const spanish = await answer(server.anonymous.request("GET", "/api/me"));
    assert.match(spanish.body.detail, /No has entrado/);
  });
});
