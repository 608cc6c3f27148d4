import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Session } from "#contract";
import { readConfig } from "../../server/config.ts";
import { forwardedFor, plainAddress, proxyList } from "../../server/http/proxies.ts";
import { answer, PASSWORD, testServer } from "../support/server.ts";

describe("behind a proxy", () => {
  test("an address as it is compared", () => {
    assert.equal(plainAddress("::ffff:192.0.2.7"), "192.0.2.7");
    assert.equal(plainAddress(" 192.0.2.7:5123 "), "192.0.2.7");
    assert.equal(plainAddress("[2001:DB8::1]:443"), "2001:db8::1");
    for (const none of ["", "unknown", "192.0.2", "evil.example", "_hidden"])
      assert.equal(plainAddress(none), null);
  });

  test("only what proxies that are believed have added is believed", () => {
    const proxies = proxyList("loopback, 10.0.0.0/8,2001:db8::/32");
    const table: [peer: string, header: string, address: string][] = [
      ["127.0.0.1", "192.0.2.7", "192.0.2.7"],
      ["127.0.0.1", "6.6.6.6, 192.0.2.7, 10.1.2.3", "192.0.2.7"],
      ["127.0.0.1", "6.6.6.6, nonsense, 10.1.2.3", "10.1.2.3"],
      ["192.0.2.7", "6.6.6.6", "192.0.2.7"],
      ["2001:db8::5", "192.0.2.7", "192.0.2.7"],
      ["127.0.0.1", "10.1.1.1", "10.1.1.1"],
      ["127.0.0.1", "", "127.0.0.1"],
    ];
    for (const [peer, header, address] of table) assert.equal(forwardedFor(peer, header, proxies), address);
  });

  test("what is no list of proxies stops the start with a line that says so", () => {
    for (const TRUST_PROXY of ["everybody", "10.0.0.0/99", "10.0.0.0/8/8", "10.0.0.1,,"])
      assert.throws(() => readConfig({ TRUST_PROXY }), /TRUST_PROXY/);
    assert.equal(readConfig({ TRUST_PROXY: "loopback,192.0.2.0/24" }).TRUST_PROXY, "loopback,192.0.2.0/24");
  });

  test("of a proxy that speaks TLS: the cookie is __Host-, its own origin is https, the address is the client's", async () => {
    const server = await testServer({ env: { TRUST_PROXY: "loopback" } });
    const luis = await server.person("supervisor");
    const body = { email: `${luis}@example.com`, password: PASSWORD };
    const proxied = {
      "x-test-address": "127.0.0.1",
      "x-forwarded-for": "198.51.100.7",
      "x-forwarded-proto": "https",
    };
    const signIn = (headers: Record<string, string>) =>
      server.anonymous.request("POST", "/api/login", body, headers);
    const opened = await signIn({ ...proxied, origin: "https://localhost:5000" });
    assert.equal(opened.status, 200);
    const set = opened.headers.get("set-cookie") ?? "";
    assert.match(set, /^__Host-callmanager=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    assert.match(opened.headers.get("strict-transport-security") ?? "", /^max-age=\d+$/);
    assert.equal((await signIn({ ...proxied, origin: "http://localhost:5000" })).status, 403);
    const cookie = set.split(";")[0] ?? "";
    const sessions = server.anonymous.request("GET", "/api/me/sessions", undefined, { ...proxied, cookie });
    assert.equal((await answer<{ items: Session[] }>(sessions)).body.items[0]?.address, "198.51.100.7");

    // somebody who is no proxy says the same
    const liar = await signIn({
      ...proxied,
      "x-test-address": "192.0.2.66",
      origin: "http://localhost:5000",
    });
    assert.match(liar.headers.get("set-cookie") ?? "", /^callmanager=(?!.*Secure)/);
    assert.equal(liar.headers.get("strict-transport-security"), null);
    const own = (liar.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const direct = server.anonymous.request("GET", "/api/me/sessions", undefined, {
      ...proxied,
      "x-test-address": "192.0.2.66",
      cookie: own,
    });
    const seen = (await answer<{ items: Session[] }>(direct)).body.items.map(({ address }) => address);
    assert.deepEqual(new Set(seen), new Set(["192.0.2.66", "198.51.100.7"]));
    await server.close();
  });

  test("of one that nobody believes: what it says changes nothing", async () => {
    const server = await testServer();
    const luis = await server.person("supervisor");
    const body = { email: `${luis}@example.com`, password: PASSWORD };
    const headers = {
      "x-forwarded-proto": "https",
      "x-forwarded-for": "6.6.6.6",
      "x-test-address": "127.0.0.1",
    };
    const opened = await server.anonymous.request("POST", "/api/login", body, headers);
    assert.match(opened.headers.get("set-cookie") ?? "", /^callmanager=/);
    const { db, tables } = server.deps.store;
    assert.deepEqual(await db.select({ address: tables.sessions.address }).from(tables.sessions), [
      { address: "127.0.0.1" },
    ]);
    await server.close();
  });
});

describe("what every answer says to the browser", () => {
  const directives = (response: Response) =>
    new Map(
      (response.headers.get("content-security-policy") ?? "")
        .split(";")
        .map((part) => part.trim().split(" "))
        .map(([name = "", ...values]) => [name, values.join(" ")]),
    );

  test("pages: nothing inline, nothing from elsewhere, no frames, no microphone", async () => {
    const server = await testServer();
    for (const path of ["/mobile", "/login", "/nothing"]) {
      const response = await server.anonymous.request("GET", path);
      const csp = directives(response);
      for (const name of ["default-src", "script-src", "style-src"]) assert.equal(csp.get(name), "'self'");
      for (const name of ["object-src", "base-uri", "frame-ancestors"]) assert.equal(csp.get(name), "'none'");
      assert.doesNotMatch(
        response.headers.get("content-security-policy") ?? "",
        /unsafe|\*|https?:\/\/(?!127\.)/,
      );
      const headers = Object.fromEntries(response.headers);
      assert.equal(headers["x-frame-options"], "DENY");
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["referrer-policy"], "no-referrer");
      assert.equal(headers["cross-origin-opener-policy"], "same-origin");
      assert.equal(headers["cross-origin-resource-policy"], "same-origin");
      assert.match(headers["permissions-policy"] ?? "", /microphone=\(\).*camera=\(\).*geolocation=\(\)/);
    }
    await server.close();
  });

  test("data: never a page, never kept, its failures neither", async () => {
    const server = await testServer();
    const luis = await server.browser("supervisor");
    for (const [path, status] of [
      ["/api/me", 200],
      ["/api/users", 403],
      ["/api/nothing", 404],
    ] as const) {
      const response = await luis.request("GET", path);
      assert.equal(response.status, status);
      const headers = Object.fromEntries(response.headers);
      assert.equal(headers["content-security-policy"], "default-src 'none'; frame-ancestors 'none'");
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["cache-control"], "no-store");
      assert.equal(headers["cross-origin-resource-policy"], "same-origin");
      assert.equal(headers["strict-transport-security"], undefined, "not without TLS");
    }
    await server.close();
  });

  test("over TLS of its own: the cookie is __Host- and the browser comes back encrypted", async () => {
    const server = await testServer({ env: { TLS_CERT: "cert.pem", TLS_KEY: "key.pem" } });
    const luis = await server.person("supervisor");
    const body = { email: `${luis}@example.com`, password: PASSWORD };
    const opened = await server.anonymous.request("POST", "/api/login", body);
    assert.match(opened.headers.get("set-cookie") ?? "", /^__Host-callmanager=.*Secure/);
    assert.match(
      (await server.anonymous.request("GET", "/mobile")).headers.get("strict-transport-security") ?? "",
      /max-age/,
    );
    await server.close();
  });
});

describe("a first start", () => {
  test("nobody can sign in before it is set up: there is no password that comes with it", async () => {
    const server = await testServer();
    const token = await server.offerSetup();
    const { db, tables } = server.deps.store;
    assert.deepEqual(await db.select().from(tables.users), []);
    assert.deepEqual(await db.select().from(tables.apiKeys), []);
    for (const [email, password] of [
      ["admin@example.com", "admin"],
      ["admin@localhost.local", "callmanager"],
      ["root@example.com", ""],
    ])
      assert.equal((await server.anonymous.request("POST", "/api/login", { email, password })).status, 409);
    const first = { name: "Ana", email: "ana@example.com", password: PASSWORD };
    const setUp = (said: string | null) =>
      server.anonymous.request("POST", "/api/setup", { ...first, token: said });
    assert.equal((await setUp("guessed")).status, 403);
    const both = await Promise.all([setUp(token), setUp(token)]);
    const set = both.filter(({ status }) => status === 201);
    assert.equal(set.length, 1, "the link works once");
    assert.equal(await server.offerSetup(), null);
    await server.close();
  });
});
