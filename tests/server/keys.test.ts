import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import {
  apiScope,
  endpoints,
  type ApiKey,
  type ApiScope,
  type Call,
  type KnownContact,
  type MadeApiKey,
  type Page,
} from "#contract";
import { recordedCall } from "../support/recorded.ts";
import {
  answer,
  callEnd,
  callStart,
  testServer,
  wholeCall,
  type Client,
  type TestServer,
} from "../support/server.ts";

/** What each scope opens, in the words of the contract; whatever is not here is closed to every key. */
const OPENED: Record<ApiScope, string[]> = {
  "calls:write": ["post /api/calls/start", "post /api/calls/end"],
  "calls:read": [
    "get /api/calls",
    "get /api/calls/:id",
    "get /api/calls/:id/corrections",
    "get /api/calls/callbacks",
    "get /api/dispositions",
    "get /api/dispositions/campaigns",
  ],
  "recordings:read": [
    "get /api/recordings",
    "get /api/recordings/stats",
    "get /api/recordings/:callId/audio",
    "get /api/recordings/:callId/peaks",
    "get /api/recordings/:callId/metadata",
  ],
  "stats:read": [
    "get /api/stats",
    "get /api/stats/trends",
    "get /api/stats/metrics",
    "get /api/stats/explain",
    "get /api/stats/behind",
  ],
  "contacts:write": [
    "get /api/contacts",
    "get /api/contacts/:id",
    "post /api/contacts",
    "patch /api/contacts/:id",
  ],
};

describe("keys of other programs", () => {
  let server: TestServer;
  let admin: Client;
  let maria: Client;
  before(async () => {
    server = await testServer();
    admin = await server.browser("admin", { team: "Oficina" });
    maria = await server.device();
  });
  after(() => server.close());

  const make = async (scopes: ApiScope[], more: object = {}) =>
    (await answer<MadeApiKey>(admin.request("POST", "/api/keys", { name: "Centralita", scopes, ...more })))
      .body;
  const holding = (key: string): Client => ({
    userId: "",
    request: (method, path, body, headers = {}) =>
      server.anonymous.request(method, path, body, { ...headers, authorization: `Bearer ${key}` }),
  });
  const withScopes = async (...scopes: ApiScope[]) => holding((await make(scopes)).key);

  test("a key is shown once, and only its digest is kept", async () => {
    const made = await make(["calls:write"], { name: "Centralita de Madrid" });
    assert.match(made.key, /^cm_[\w-]{43}$/);
    const { items } = (await answer<{ items: ApiKey[] }>(admin.request("GET", "/api/keys"))).body;
    const { key, ...shown } = made;
    assert.deepEqual(
      items.find(({ id }) => id === made.id),
      shown,
    );
    assert.equal(shown.lastUsedAt, null);
    const { db, tables } = server.deps.store;
    assert.ok(!JSON.stringify(await db.select().from(tables.apiKeys)).includes(key));
  });

  for (const scope of apiScope.options)
    test(`${scope} opens its routes and no other`, async () => {
      const program = await withScopes(scope);
      for (const { method, path, who } of endpoints.filter(({ who }) => who !== "anyone")) {
        const real = path.replace(/:(id|callId|sessionId|stateId|cardId)\b/g, uuidv7()).replace(":n", "0");
        const body = method === "get" ? undefined : {};
        const { status } = await program.request(method.toUpperCase(), real, body);
        const opened = OPENED[scope].includes(`${method} ${path}`);
        assert.equal(status !== 403, opened, `${method} ${path} (${who}): ${status}`);
        assert.ok(status !== 401 && status < 500, `${method} ${path}: ${status}`);
      }
    });

  test("no path slips past the scopes", async () => {
    const program = await withScopes(...apiScope.options);
    for (const path of [
      "/api/keys",
      "/api/users",
      "/api/me",
      "/api/me/sessions",
      "/api/calls/../users",
      "/api/calls/%2e%2e/users",
      "/api//users",
      "/api/live",
      "/api/exports/calls.xlsx",
      "/api/contacts/file?format=csv",
    ])
      assert.ok([403, 404].includes((await program.request("GET", path)).status), path);
    assert.equal((await program.request("HEAD", "/api/calls")).status, 200);
    assert.equal((await program.request("PATCH", `/api/calls/${uuidv7()}`, { notes: "x" })).status, 403);
    assert.equal((await program.request("DELETE", `/api/contacts/${uuidv7()}`)).status, 403);
  });

  test("a PBX tells of an agent's calls, and says whose they are", async () => {
    const pbx = await withScopes("calls:write");
    const start = callStart(server.now(), { source: "pbx" });
    const agentId = maria.userId;
    const none = await answer(pbx.request("POST", "/api/calls/start", start));
    assert.deepEqual([none.status, none.body.errors?.[0]?.path], [422, "agentId"]);
    const nobody = await answer(pbx.request("POST", "/api/calls/start", { ...start, agentId: uuidv7() }));
    assert.deepEqual([nobody.status, nobody.body.errors?.[0]?.path], [422, "agentId"]);
    assert.equal((await pbx.request("POST", "/api/calls/start", { ...start, agentId })).status, 201);
    assert.equal((await pbx.request("POST", "/api/calls/start", { ...start, agentId })).status, 200, "again");
    assert.equal(
      (await maria.request("POST", "/api/calls/start", start)).status,
      200,
      "her PC told the same",
    );
    const ended = await answer<Call>(pbx.request("POST", "/api/calls/end", { ...callEnd(start), agentId }));
    assert.deepEqual([ended.status, ended.body.agentId], [200, agentId]);
    const eva = await server.device({ team: "Ventas Sur", site: "Sevilla" });
    const theirs = pbx.request("POST", "/api/calls/end", { ...callEnd(start), agentId: eva.userId });
    assert.equal((await theirs).status, 404, "the call of another agent");
  });

  test("a PC speaks for its own agent only", async () => {
    const start = callStart(server.now());
    const eva = await server.device({ team: "Ventas Sur", site: "Sevilla" });
    const asEva = { ...start, agentId: eva.userId };
    assert.equal((await maria.request("POST", "/api/calls/start", asEva)).status, 403);
    const own = { ...start, agentId: maria.userId };
    assert.equal((await maria.request("POST", "/api/calls/start", own)).status, 201);
  });

  test("it reads everybody's calls, recordings and figures", async () => {
    const eva = await server.device({ team: "Ventas Sur", site: "Sevilla" });
    const hers = await wholeCall(maria, server.now());
    const evas = await wholeCall(eva, server.now());
    const report = await withScopes("calls:read", "recordings:read", "stats:read");
    const { items } = (await answer<Page<Call>>(report.request("GET", "/api/calls?limit=200"))).body;
    for (const { id } of [hers, evas]) assert.ok(items.some((call) => call.id === id));
    assert.equal((await report.request("GET", `/api/calls/${evas.id}`)).status, 200);
    assert.equal((await report.request("GET", "/api/recordings")).status, 200);
    assert.equal((await report.request("GET", "/api/stats?scope=all")).status, 200);
    assert.equal((await report.request("GET", "/api/stats?scope=team:Ventas Sur")).status, 200);
  });

  test("what each key hears is noted as its own, also beside its maker and another key of theirs", async () => {
    const { callId } = await recordedCall(maria, server.now());
    const hear = async (client: Client) => {
      const heard = await client.request("GET", `/api/recordings/${callId}/audio`);
      assert.equal(heard.status, 200);
      await heard.body?.cancel();
    };
    const [one, two] = [await make(["recordings:read"]), await make(["recordings:read"])];
    for (const client of [admin, holding(one.key), holding(two.key), holding(one.key), admin])
      await hear(client);
    const { db, tables } = server.deps.store;
    const noted = (await db.select().from(tables.auditEntries)).filter(
      ({ action, subjectId }) => action === "recording_listened" && subjectId === callId,
    );
    assert.deepEqual(
      noted.map(({ actorId }) => actorId),
      [admin.userId, one.id, two.id],
    );
  });

  test("a CRM puts a contact into an agent's team, finds it and changes it", async () => {
    const crm = await withScopes("contacts:write");
    const contact = { id: uuidv7(), name: "Lucía Vidal", phones: ["600 333 222"] };
    assert.equal((await crm.request("POST", "/api/contacts", contact)).status, 422, "whose?");
    const added = await answer<KnownContact>(
      crm.request("POST", "/api/contacts", { ...contact, agentId: maria.userId }),
    );
    assert.deepEqual([added.status, added.body.team], [201, "Ventas Norte"]);
    assert.equal((await maria.request("GET", `/api/contacts/${contact.id}`)).status, 200);
    const found = await answer<Page<KnownContact>>(crm.request("GET", "/api/contacts?q=333222"));
    assert.equal(found.body.items[0]?.id, contact.id);
    const changed = await answer<KnownContact>(
      crm.request("PATCH", `/api/contacts/${contact.id}`, { name: "Lucía Vidal Gil" }),
    );
    assert.equal(changed.body.name, "Lucía Vidal Gil");
  });

  test("it ends when it is revoked, when its time is over, and with the admin who made it", async () => {
    const revoked = await make(["calls:read"]);
    const program = holding(revoked.key);
    assert.equal((await program.request("GET", "/api/calls")).status, 200);
    assert.equal((await admin.request("DELETE", `/api/keys/${revoked.id}`)).status, 204);
    assert.equal((await program.request("GET", "/api/calls")).status, 401, "at once");
    assert.equal((await admin.request("DELETE", `/api/keys/${revoked.id}`)).status, 404);

    const brief = await make(["calls:read"], {
      expiresAt: new Date(server.now().getTime() + 60_000).toISOString(),
    });
    assert.equal((await holding(brief.key).request("GET", "/api/calls")).status, 200);
    const now = server.now();
    server.setNow(new Date(now.getTime() + 66_000));
    assert.equal((await holding(brief.key).request("GET", "/api/calls")).status, 401);
    server.setNow(now);
    const past = await admin.request("POST", "/api/keys", {
      name: "x",
      scopes: ["calls:read"],
      expiresAt: new Date(now.getTime() - 1000).toISOString(),
    });
    assert.equal(past.status, 422);

    const other = await server.browser("admin", { team: "Oficina" });
    const theirs = await answer<MadeApiKey>(
      other.request("POST", "/api/keys", { name: "x", scopes: ["calls:read"] }),
    );
    const orphan = holding(theirs.body.key);
    assert.equal((await orphan.request("GET", "/api/calls")).status, 200);
    await admin.request("PATCH", `/api/users/${other.userId}`, { role: "supervisor" });
    assert.equal((await orphan.request("GET", "/api/calls")).status, 401);
  });

  test("its use is told in the list; a cookie is no place for it, and it needs no origin", async () => {
    const made = await make(["calls:read"]);
    assert.equal((await holding(made.key).request("GET", "/api/calls")).status, 200);
    const { items } = (await answer<{ items: ApiKey[] }>(admin.request("GET", "/api/keys"))).body;
    assert.equal(items.find(({ id }) => id === made.id)?.lastUsedAt, server.now().toISOString());
    const cookie = await server.anonymous.request("GET", "/api/calls", undefined, {
      cookie: `callmanager=${made.key}`,
    });
    assert.equal(cookie.status, 401);
    const guessed = await holding(`cm_${"a".repeat(43)}`).request("GET", "/api/calls");
    assert.equal(guessed.status, 401);
  });

  test("the audit knows who made a key and who revoked it", async () => {
    const { id } = await make(["calls:read"]);
    await admin.request("DELETE", `/api/keys/${id}`);
    const { db, tables } = server.deps.store;
    const noted = (await db.select().from(tables.auditEntries)).filter(({ subjectId }) => subjectId === id);
    assert.deepEqual(
      noted.map(({ action, actorId }) => [action, actorId]),
      [
        ["api_key_made", admin.userId],
        ["api_key_revoked", admin.userId],
      ],
    );
  });

  test("only admins see and make keys", async () => {
    for (const role of ["agent", "supervisor", "executive"] as const) {
      const client = await server.browser(role);
      assert.equal((await client.request("GET", "/api/keys")).status, 403);
      assert.equal(
        (await client.request("POST", "/api/keys", { name: "x", scopes: ["calls:read"] })).status,
        403,
      );
    }
    for (const scopes of [[], ["everything"], ["calls:read", "calls:read"]])
      assert.equal((await admin.request("POST", "/api/keys", { name: "x", scopes })).status, 422);
  });
});
