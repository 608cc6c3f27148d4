import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { PairingCode } from "#contract";
import { NOBODY, refusals } from "../support/refused.ts";
import { answer, PASSWORD, testServer, type Client, type TestServer } from "../support/server.ts";

describe("people and ways in that are refused", () => {
  let server: TestServer;
  let admin: Client;
  let maria: Client;
  let luis: Client;

  before(async () => {
    server = await testServer();
    admin = await server.browser("admin", { team: "Oficina" });
    maria = await server.device();
    luis = await server.browser("supervisor");
  });
  after(() => server.close());
  const refused = refusals(() => server);

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

  test("the set-up link: signing in before it, wrong, and too late", async () => {
    const first = { token: "x", name: "Ana", email: "ana2@example.com", password: PASSWORD };
    await refused(server.anonymous.request("POST", "/api/setup", first), 409, "setup_done");
    const fresh = await testServer();
    await fresh.offerSetup();
    const early = { email: "ana2@example.com", password: PASSWORD };
    await refused(fresh.anonymous.request("POST", "/api/login", early), 409, "not_set_up");
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
});
