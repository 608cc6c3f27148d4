import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { PairingCode, Pairing, Session } from "#contract";
import { browserName } from "../../server/http/browser-name.ts";
import { answer, PASSWORD, testServer, type Client, type TestServer } from "../support/server.ts";

const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
const MINUTE = 60_000;

test("a browser's short name, and nothing else of what it says", () => {
  const names: [string, string | null][] = [
    [FIREFOX, "Firefox · Windows"],
    [PHONE, "Safari · iPhone"],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
      "Edge · Windows",
    ],
    [
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
      "Chrome · Android",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15",
      "Safari · macOS",
    ],
    ["curl/8.9", null],
    ["", null],
  ];
  for (const [userAgent, name] of names) assert.equal(browserName(userAgent), name);
});

describe("sessions", () => {
  let server: TestServer;
  let admin: Client;
  before(async () => {
    server = await testServer();
    admin = await server.browser("admin", { team: "Oficina" });
  });
  after(() => server.close());

  /** Signs in as a browser does. */
  async function signIn(userId: string, userAgent = FIREFOX, address = "198.51.100.7"): Promise<Client> {
    const headers = { "user-agent": userAgent, "x-test-address": address };
    const body = { email: `${userId}@example.com`, password: PASSWORD };
    const response = await server.anonymous.request("POST", "/api/login", body, headers);
    const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const own = { cookie, origin: "http://localhost:5000", "x-test-address": address };
    return {
      userId,
      request: (method, path, sent, more = {}) =>
        server.anonymous.request(method, path, sent, { ...own, ...more }),
    };
  }
  async function pair(userId: string, device: string): Promise<Client> {
    const code = await answer<PairingCode>(admin.request("POST", "/api/pairing-codes", { userId }));
    const body = { code: code.body.code, device };
    const { token } = (await answer<Pairing>(server.anonymous.request("POST", "/api/pair", body))).body;
    return {
      userId,
      request: (method, path, sent) =>
        server.anonymous.request(method, path, sent, { authorization: `Bearer ${token}` }),
    };
  }
  const listed = async (client: Client, path = "/api/me/sessions") =>
    (await answer<{ items: Session[] }>(client.request("GET", path))).body.items;
  const status = async (client: Client) => (await client.request("GET", "/api/me")).status;

  test("one's own: browser, PC, address, when; which one asks; no token and no digest", async () => {
    const luis = await server.person("supervisor");
    const desk = await signIn(luis);
    await signIn(luis, PHONE, "198.51.100.8");
    await pair(luis, "PC-LUIS");
    const items = await listed(desk);
    assert.deepEqual(
      new Set(
        items.map(({ kind, device, browser, address, current }) =>
          [kind, device, browser, address, current].join(),
        ),
      ),
      new Set([
        "browser,,Firefox · Windows,198.51.100.7,true",
        "browser,,Safari · iPhone,198.51.100.8,false",
        "device,PC-LUIS,,192.0.2.1,false",
      ]),
    );
    for (const one of items) {
      assert.deepEqual(Object.keys(one).toSorted(), [
        "address",
        "browser",
        "createdAt",
        "current",
        "device",
        "id",
        "kind",
        "lastSeenAt",
      ]);
      assert.equal(one.createdAt, server.now().toISOString());
    }
    assert.deepEqual(
      (await listed(admin, `/api/users/${luis}/sessions`)).map(({ id }) => id),
      items.map(({ id }) => id),
    );
    assert.equal(
      (await listed(admin, `/api/users/${luis}/sessions`)).some(({ current }) => current),
      false,
    );
  });

  test("one is ended at once; a PC that is unpaired takes its panel with it", async () => {
    const luis = await server.person("supervisor");
    const [desk, phone, pc] = [await signIn(luis), await signIn(luis, PHONE), await pair(luis, "PC")];
    const { ticket } = (await answer<{ ticket: string }>(pc.request("POST", "/api/panel-tickets"))).body;
    const opened = await server.anonymous.request("GET", `/assist?ticket=${ticket}`);
    const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const panel = () => server.anonymous.request("GET", "/api/me", undefined, { cookie });
    const idOf = async (of: (one: Session) => boolean) => (await listed(desk)).find(of)?.id ?? "";

    assert.equal(await status(phone), 200);
    const other = await idOf(({ browser }) => browser === "Safari · iPhone");
    assert.equal((await desk.request("DELETE", `/api/me/sessions/${other}`)).status, 204);
    assert.equal(await status(phone), 401);
    assert.equal((await desk.request("DELETE", `/api/me/sessions/${other}`)).status, 404);

    assert.deepEqual([await status(pc), (await panel()).status], [200, 200]);
    const own = await idOf(({ kind }) => kind === "device");
    assert.equal((await admin.request("DELETE", `/api/users/${luis}/sessions/${own}`)).status, 204);
    assert.deepEqual([await status(pc), (await panel()).status, await status(desk)], [401, 401, 200]);
  });

  test("a live board ends with its session, and other people's go on", async () => {
    const [luis, eva] = [await server.person("supervisor"), await server.person("supervisor")];
    const [desk, phone, hers] = [await signIn(luis), await signIn(luis, PHONE), await signIn(eva)];
    const board = async (client: Client) => {
      const reader = (await client.request("GET", "/api/live")).body?.getReader();
      assert.ok(reader);
      await reader.read();
      return reader;
    };
    const [ended, stays, other] = [await board(phone), await board(desk), await board(hers)];
    const id = (await listed(desk)).find(({ current }) => !current)?.id ?? "";
    const closed = ended.closed;
    await desk.request("DELETE", `/api/me/sessions/${id}`);
    await closed;
    for (const reader of [stays, other]) {
      const still = await Promise.race([reader.closed, Promise.resolve("open")]);
      assert.equal(still, "open");
      await reader.cancel();
    }
  });

  test("a live board ends when its person may see other things, and not for another name", async () => {
    const luis = await server.person("supervisor");
    const desk = await signIn(luis);
    /** Resolves when the board has ended. */
    const board = async () => {
      const reader = (await desk.request("GET", "/api/live")).body?.getReader() ?? assert.fail();
      await reader.read();
      return async (): Promise<string> => {
        while (!(await reader.read()).done);
        return "closed";
      };
    };
    const change = async (what: object) => {
      assert.equal((await admin.request("PATCH", `/api/users/${luis}`, what)).status, 200);
    };
    for (const what of [{ team: "Ventas Sur", site: "Madrid" }, { teams: ["Soporte"] }, { role: "agent" }]) {
      const closed = (await board())();
      await change({ name: `Luis ${JSON.stringify(what).length}` });
      assert.equal(await Promise.race([closed, status(desk).then(() => "open")]), "open");
      await change(what);
      await closed;
    }
  });

  test("all others are ended, but neither this one nor the PC", async () => {
    const luis = await server.person("supervisor");
    const [desk, phone, pc] = [await signIn(luis), await signIn(luis, PHONE), await pair(luis, "PC")];
    assert.equal((await desk.request("DELETE", "/api/me/sessions")).status, 204);
    assert.deepEqual([await status(desk), await status(phone), await status(pc)], [200, 401, 200]);
    assert.equal((await admin.request("DELETE", `/api/users/${luis}/sessions`)).status, 204);
    assert.deepEqual([await status(desk), await status(pc)], [401, 200]);
  });

  test("somebody else's session is absent, and only an admin sees other people's", async () => {
    const [luis, eva] = [await server.person("supervisor"), await server.person("supervisor")];
    const [his, hers] = [await signIn(luis), await signIn(eva)];
    const [theirs] = await listed(hers);
    assert.ok(theirs);
    assert.equal((await his.request("DELETE", `/api/me/sessions/${theirs.id}`)).status, 404);
    assert.equal((await admin.request("DELETE", `/api/users/${luis}/sessions/${theirs.id}`)).status, 404);
    for (const [method, path] of [
      ["GET", `/api/users/${eva}/sessions`],
      ["DELETE", `/api/users/${eva}/sessions`],
      ["DELETE", `/api/users/${eva}/sessions/${theirs.id}`],
    ] as const)
      assert.equal((await his.request(method, path)).status, 403);
    assert.equal(await status(hers), 200);
    for (const method of ["GET", "DELETE"])
      assert.equal((await admin.request(method, `/api/users/${uuidv7()}/sessions`)).status, 404);
  });

  test("when it was last seen is written every five minutes, with its address; and it lives on", async () => {
    const luis = await server.person("supervisor");
    const desk = await signIn(luis);
    const began = server.now();
    const seen = async (ms: number, address: string) => {
      server.setNow(new Date(began.getTime() + ms));
      await desk.request("GET", "/api/me", undefined, { "x-test-address": address });
      const [own] = await listed(desk);
      return [
        own?.lastSeenAt === began.toISOString() ? 0 : Date.parse(own?.lastSeenAt ?? "") - began.getTime(),
        own?.address,
      ];
    };
    assert.deepEqual(await seen(4 * MINUTE, "198.51.100.20"), [0, "198.51.100.7"]);
    assert.deepEqual(await seen(6 * MINUTE, "198.51.100.21"), [6 * MINUTE, "198.51.100.21"]);
    assert.deepEqual(await seen(8 * MINUTE, "198.51.100.22"), [6 * MINUTE, "198.51.100.21"]);
    for (let hour = 1; hour <= 30; hour += 8) await seen(hour * 60 * MINUTE, "198.51.100.7");
    assert.equal(await status(desk), 200, "twelve hours of rest end it, not twelve hours");
    server.setNow(new Date(server.now().getTime() + 13 * 60 * MINUTE));
    assert.equal(await status(desk), 401);
    server.setNow(began);
  });

  test("the audit has every deed at the door, with address and without e-mail", async () => {
    const { db, tables } = server.deps.store;
    const from = (await db.select().from(tables.auditEntries)).length;
    const luis = await server.person("supervisor");
    const desk = await signIn(luis);
    const wrong = { email: `${luis}@example.com`, password: "no" };
    await server.anonymous.request("POST", "/api/login", wrong, { "x-test-address": "198.51.100.9" });
    await server.anonymous.request("POST", "/api/login", { ...wrong, email: "nobody@example.com" });
    await pair(luis, "PC");
    const [pc] = (await listed(desk)).filter(({ kind }) => kind === "device");
    await desk.request("DELETE", `/api/me/sessions/${pc?.id}`);
    await desk.request("PUT", "/api/me/password", {
      current: PASSWORD,
      next: "el buzón naranja de mi abuela",
    });
    await admin.request("POST", `/api/users/${luis}/reset-code`);
    await admin.request("PATCH", `/api/users/${luis}`, { name: "Luis Gil" });
    await desk.request("POST", "/api/logout");
    const entries = (await db.select().from(tables.auditEntries)).slice(from);
    assert.deepEqual(
      entries.map(({ action, actorId, subjectId, address }) => [
        action,
        actorId === luis ? "luis" : actorId === admin.userId ? "admin" : actorId,
        subjectId === luis ? "luis" : subjectId === pc?.id ? "pc" : subjectId,
        address,
      ]),
      [
        ["signed_in", "luis", "luis", "198.51.100.7"],
        ["sign_in_failed", null, "luis", "198.51.100.9"],
        ["sign_in_failed", null, null, "192.0.2.1"],
        ["device_paired", "luis", "luis", "192.0.2.1"],
        ["device_revoked", "luis", "pc", "198.51.100.7"],
        ["password_set", "luis", "luis", "198.51.100.7"],
        ["reset_code_made", "admin", "luis", "192.0.2.1"],
        ["person_changed", "admin", "luis", "192.0.2.1"],
        ["signed_out", "luis", "luis", "198.51.100.7"],
      ],
    );
    assert.ok(!JSON.stringify(entries).includes("example.com"));
  });
});
