import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { LockedPeople, PairingCode, ResetCode } from "#contract";
import { createAttempts } from "../../server/access/attempts.ts";
import { AppError } from "../../server/errors.ts";
import { answer, PASSWORD, testServer, type Client, type TestServer } from "../support/server.ts";

const MINUTE = 60_000;

describe("too many attempts", () => {
  let server: TestServer;
  let admin: Client;
  before(async () => {
    server = await testServer();
    admin = await server.browser("admin", { team: "Oficina" });
  });
  after(() => server.close());

  let last = 0;
  /** An address that nobody has used in these tests. */
  const elsewhere = () => `198.51.100.${++last}`;
  const ask = (path: string, body: object, address: string) =>
    server.anonymous.request("POST", path, body, { "x-test-address": address });
  const login = (email: string, password: string, address = elsewhere()) =>
    ask("/api/login", { email, password }, address);
  const emailOf = (userId: string) => `${userId}@example.com`;
  const later = async (ms: number, then: () => Promise<void>) => {
    const now = server.now();
    server.setNow(new Date(now.getTime() + ms));
    await then();
    server.setNow(now);
  };
  const times = async (n: number, what: (i: number) => Promise<Response>) => {
    const all: number[] = [];
    for (let i = 0; i < n; i++) all.push((await what(i)).status);
    return all;
  };

  test("ten wrong passwords lock an account for a quarter of an hour, from wherever they come", async () => {
    const luis = await server.person("supervisor");
    const signedIn = await server.session(luis, "browser");
    const wrong = await times(10, () => login(emailOf(luis), "no es esta"));
    assert.deepEqual(new Set(wrong), new Set([401]));
    const right = await login(emailOf(luis).toUpperCase(), PASSWORD);
    assert.equal(right.status, 429);
    assert.equal(right.headers.get("retry-after"), "900");
    const { body } = await answer(login(emailOf(luis), PASSWORD));
    assert.equal(body.code, "locked_out");
    assert.match(body.hint, /cuarto de hora.*código/);
    assert.equal((await signedIn.request("GET", "/api/me")).status, 200, "who is in stays in");
    const { items } = (await answer<LockedPeople>(admin.request("GET", "/api/users/locked"))).body;
    assert.deepEqual(items, [
      { userId: luis, until: new Date(server.now().getTime() + 15 * MINUTE).toISOString() },
    ]);
    await later(14 * MINUTE, async () => assert.equal((await login(emailOf(luis), PASSWORD)).status, 429));
    await later(15 * MINUTE + 1, async () => {
      assert.equal((await login(emailOf(luis), PASSWORD)).status, 200);
      assert.deepEqual(
        (await answer<LockedPeople>(admin.request("GET", "/api/users/locked"))).body.items,
        [],
      );
    });
  });

  test("a clock that was wrong for a day and is set right locks nobody out until then", async () => {
    const luis = await server.person("supervisor");
    const address = elsewhere();
    await later(24 * 60 * MINUTE, async () => {
      await times(10, () => login(emailOf(luis), "no es esta", address));
      assert.equal((await login(emailOf(luis), PASSWORD, address)).status, 429);
    });
    assert.equal((await login(emailOf(luis), PASSWORD, address)).status, 200);
    // by a little it counts on: nodes need not agree to the second
    const eva = await server.person("supervisor");
    await later(MINUTE, async () => void (await times(10, () => login(emailOf(eva), "no es esta"))));
    assert.equal((await login(emailOf(eva), PASSWORD)).status, 429);
  });

  test("an account that nobody has is locked in the same way", async () => {
    const luis = await server.person("supervisor");
    const answersOf = async (email: string) => {
      const all: unknown[] = [];
      for (let i = 0; i < 12; i++) {
        const response = await login(email, "no es esta");
        all.push([response.status, response.headers.get("retry-after"), await response.json()]);
      }
      return all;
    };
    assert.deepEqual(await answersOf("nobody@example.com"), await answersOf(emailOf(luis)));
  });

  test("a right password begins the count anew", async () => {
    const luis = await server.person("supervisor");
    for (let round = 0; round < 3; round++) {
      assert.deepEqual(new Set(await times(9, () => login(emailOf(luis), "no"))), new Set([401]));
      assert.equal((await login(emailOf(luis), PASSWORD)).status, 200);
    }
  });

  test("many at once do not slip through", async () => {
    const luis = await server.person("supervisor");
    const all = await Promise.all(
      Array.from({ length: 40 }, async () => (await login(emailOf(luis), "no")).status),
    );
    assert.equal(all.filter((status) => status === 401).length, 10);
    assert.equal(all.filter((status) => status === 429).length, 30);
  });

  test("fifty wrong ones from one address lock it; who signs in rightly there does not count", async () => {
    const here = elsewhere();
    const people = await Promise.all(Array.from({ length: 3 }, () => server.person("agent")));
    for (const person of people) assert.equal((await login(emailOf(person), PASSWORD, here)).status, 200);
    const wrong = await times(50, (i) => login(`nobody-${i}@example.com`, "no", here));
    assert.deepEqual(new Set(wrong), new Set([401]));
    const { status, body } = await answer(login(emailOf(people[0] ?? ""), PASSWORD, here));
    assert.deepEqual([status, body.code], [429, "too_many"]);
    assert.equal((await login(emailOf(people[0] ?? ""), PASSWORD)).status, 200, "not from elsewhere");
  });

  test("an admin's code ends the wait", async () => {
    const luis = await server.person("supervisor");
    await times(11, () => login(emailOf(luis), "no"));
    assert.equal((await login(emailOf(luis), PASSWORD)).status, 429);
    const { body } = await answer<ResetCode>(admin.request("POST", `/api/users/${luis}/reset-code`));
    const next = "el buzón naranja de mi abuela";
    const reset = { email: emailOf(luis), code: body.code, password: next };
    assert.equal((await ask("/api/reset", reset, elsewhere())).status, 200);
    assert.equal((await login(emailOf(luis), next)).status, 200);
  });

  test("codes are not guessed: of a reset by account, of a PC by address, of the set-up, of a panel", async () => {
    const luis = await server.person("supervisor");
    const { body } = await answer<ResetCode>(admin.request("POST", `/api/users/${luis}/reset-code`));
    const reset = (code: string) =>
      ask("/api/reset", { email: emailOf(luis), code, password: "el buzón naranja" }, elsewhere());
    assert.deepEqual(new Set(await times(10, () => reset("AAAA-AAAA"))), new Set([422]));
    assert.equal((await reset(body.code)).status, 429);

    const here = elsewhere();
    const pair = (code: string) => ask("/api/pair", { code, device: "PC" }, here);
    const pc = await server.person("agent");
    const made = await answer<PairingCode>(admin.request("POST", "/api/pairing-codes", { userId: pc }));
    assert.deepEqual(new Set(await times(50, () => pair("AAAA-AAAA"))), new Set([422]));
    assert.equal((await pair(made.body.code)).status, 429);

    const panel = () =>
      server.anonymous.request("GET", "/assist?ticket=nobody", undefined, { "x-test-address": here });
    assert.deepEqual(new Set(await times(50, panel)), new Set([401]));
    assert.equal((await panel()).status, 429);

    const fresh = await testServer();
    await fresh.offerSetup();
    const first = { token: "x", name: "Ana", email: "ana@example.com", password: PASSWORD };
    const setup = () => fresh.anonymous.request("POST", "/api/setup", first);
    assert.deepEqual(new Set(await times(50, setup)), new Set([403]));
    assert.equal((await setup()).status, 429);
    await fresh.close();
  });

  test("the current password is not guessed in a browser that somebody left open", async () => {
    const luis = await server.browser("supervisor");
    const change = (current: string) =>
      luis.request(
        "PUT",
        "/api/me/password",
        { current, next: "el buzón naranja" },
        { "x-test-address": elsewhere() },
      );
    assert.deepEqual(new Set(await times(10, () => change("no"))), new Set([422]));
    assert.equal((await change(PASSWORD)).status, 429);
  });

  test("all nodes count together, and an IPv6 network counts as one", async () => {
    const nodes = [createAttempts(server.deps), createAttempts(server.deps)];
    const wrong = async (i: number) => {
      const node = nodes[i % 2];
      assert.ok(node);
      const attempt = await node.begin("login", {
        account: `n${i}`,
        address: `2001:db8:1:2::${i.toString(16)}`,
      });
      await attempt.wrong();
    };
    for (let i = 0; i < 50; i++) await wrong(i);
    await assert.rejects(wrong(50), (error) => error instanceof AppError && error.code === "too_many");
    const neighbour = nodes[0]?.begin("login", { account: "m", address: "2001:db8:1:3::1" });
    assert.ok(await neighbour);
  });

  test("no account and no address stands in the table", async () => {
    const email = `${uuidv7()}@example.com`;
    await login(email, "no", "203.0.113.77");
    const { db, tables } = server.deps.store;
    const text = JSON.stringify(await db.select().from(tables.attempts));
    assert.ok(text.length > 100 && !text.includes(email) && !text.includes("203.0.113.77"));
  });
});
