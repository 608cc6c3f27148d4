import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { serveStatic } from "@hono/node-server/serve-static";
import { endpoints } from "#contract";
import { answer, ORIGIN, PASSWORD, testServer } from "../support/server.ts";

test("CSRF: another page's write does nothing, whatever it sends along", async (t) => {
  const server = await testServer();
  t.after(() => server.close());
  const cookie = `callmanager=${await server.cookieOf(await server.person("admin"))}`;
  const json = { "content-type": "application/json" };
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:5001" },
    { origin: "https://localhost:5000" },
    { origin: "http://localhost:5000.evil.example" },
    // a page can make a browser send this one, by an address with a name and a password in it
    { origin: "https://evil.example", authorization: "Basic YTpi" },
    { origin: "https://evil.example", authorization: "Bearer" },
    { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
  ];
  const writes = endpoints.filter(({ method }) => method !== "get");
  for (const { method, path, who } of writes) {
    const to = path.replace(/:\w+/g, "1");
    for (const headers of foreign) {
      const got = await answer(
        server.anonymous.request(method.toUpperCase(), to, "{}", { ...json, cookie, ...headers }),
      );
      assert.deepEqual(
        [got.status, got.body.code],
        [403, "wrong_origin"],
        `${method} ${path} ${JSON.stringify(headers)}`,
      );
    }
    if (who === "anyone") continue;
    // a browser that tells no origin, as old ones did with forms
    const silent = await answer(
      server.anonymous.request(method.toUpperCase(), to, "{}", { ...json, cookie }),
    );
    assert.deepEqual([silent.status, silent.body.code], [403, "wrong_origin"], `${method} ${path}`);
  }
  const preflight = await server.anonymous.request("OPTIONS", "/api/users", undefined, {
    origin: "https://evil.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization",
  });
  assert.equal(preflight.headers.get("access-control-allow-origin"), null);
  assert.equal(
    (await server.anonymous.request("GET", "/api/me", undefined, { cookie })).status,
    200,
    "still signed in",
  );
});

test("clickjacking: no page can be framed", async (t) => {
  const root = await mkdtemp(join(tmpdir(), "callmanager-pages-"));
  const pages = ["mobile", "assist", "admin", "login", "setup"];
  for (const page of pages) {
    await mkdir(join(root, page));
    await writeFile(join(root, page, "index.html"), "<p>");
  }
  const server = await testServer({ files: serveStatic({ root }) });
  t.after(async () => {
    await server.close();
    await rm(root, { recursive: true, force: true });
  });
  const paths = [
    ...pages.map((page) => `/${page}`),
    "/",
    "/assist?ticket=x",
    "/nothing",
    "/mobile/nothing",
    "/%zz",
  ];
  for (const path of paths) {
    const { headers, status } = await server.anonymous.request("GET", path);
    assert.ok(status < 500);
    assert.match(headers.get("content-security-policy") ?? "", /(^|; ?)frame-ancestors 'none'(;|$)/, path);
    assert.equal(headers.get("x-frame-options"), "DENY", path);
  }
});

test("session fixation: signing in makes a token that nobody had before, and signing out ends it", async (t) => {
  const server = await testServer();
  t.after(() => server.close());
  const [victim, attacker] = [await server.person("admin"), await server.person("agent")];
  const planted = "A".repeat(43);
  const theirs = await server.cookieOf(attacker);
  const signIn = (cookie: string) =>
    server.anonymous.request(
      "POST",
      "/api/login",
      { email: `${victim}@example.com`, password: PASSWORD },
      { origin: ORIGIN, cookie },
    );
  const who = async (token: string, name = "callmanager") => {
    const got = await answer<{ id?: string }>(
      server.anonymous.request("GET", "/api/me", undefined, { cookie: `${name}=${token}` }),
    );
    return got.status === 200 ? got.body.id : got.status;
  };
  const tokens = new Set([planted, theirs]);
  for (const before of [planted, theirs]) {
    const got = await signIn(`callmanager=${before}`);
    assert.equal(got.status, 200);
    const [, token = "", attributes = ""] =
      /^callmanager=([\w-]{43}); (.*)$/.exec(got.headers.get("set-cookie") ?? "") ?? [];
    assert.match(attributes, /HttpOnly/);
    assert.match(attributes, /SameSite=Lax/);
    assert.match(attributes, /Path=\//);
    assert.ok(!tokens.has(token), "a new one each time");
    tokens.add(token);
    assert.equal(await who(token), victim);
    assert.equal(await who(planted), 401, "what was planted is nobody's");
    assert.equal(await who(theirs), attacker, "and the attacker's is the attacker's");

    const out = { cookie: `callmanager=${token}`, origin: ORIGIN };
    assert.equal((await server.anonymous.request("POST", "/api/logout", undefined, out)).status, 204);
    assert.equal(await who(token), 401, "signed out is signed out, wherever the token was copied to");
  }
  // a token in the address is none
  assert.equal((await server.anonymous.request("GET", `/api/me?callmanager=${theirs}`)).status, 401);

  const secure = await testServer({ env: { PUBLIC_URL: "https://llamadas.example" } });
  t.after(() => secure.close());
  const person = await secure.person("agent");
  const got = await secure.anonymous.request(
    "POST",
    "/api/login",
    { email: `${person}@example.com`, password: PASSWORD },
    { origin: "https://llamadas.example" },
  );
  assert.match(got.headers.get("set-cookie") ?? "", /^__Host-callmanager=[\w-]{43};.* Secure/);
  // a page of a neighbouring address could plant a cookie without the prefix
  const planting = { cookie: `callmanager=${await secure.cookieOf(person)}` };
  assert.equal((await secure.anonymous.request("GET", "/api/me", undefined, planting)).status, 401);
});
