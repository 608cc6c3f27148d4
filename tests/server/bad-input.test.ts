import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import { endpoints, type Call } from "#contract";
import { NOBODY, refusals } from "../support/refused.ts";
import { answer, callEnd, callStart, testServer, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

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
  const refused = refusals(() => server);

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

  test("the errors speak the reader's language", async () => {
    const english = await answer(
      server.anonymous.request("GET", "/api/me", undefined, { "accept-language": "en-GB,en;q=0.9" }),
    );
    assert.match(english.body.detail, /not signed in/);
    const spanish = await answer(server.anonymous.request("GET", "/api/me"));
    assert.match(spanish.body.detail, /No has entrado/);
  });
});
