import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { v7 as uuidv7 } from "uuid";
import type { AuditChecked, AuditEntry, AuditState, Listener, Page, Playbook, Team } from "#contract";
import { createAudit } from "../../server/audit/audit.ts";
import { examineChain } from "../../server/audit/examine.ts";
import { headFile, lostHeadFile, readHead } from "../../server/audit/head.ts";
import { auditQueries } from "../../server/audit/queries.ts";
import { chainOf, tamper, writeChain } from "../support/audit-chain.ts";
import { eventually } from "../support/eventually.ts";
import { recordedCall } from "../support/recorded.ts";
import { answer, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";

const NOON = "2026-03-02T12:00:00.000Z";

/** What happened, newest first: who by name, what, to which kind of thing. */
async function deeds(admin: Client, query = ""): Promise<string[]> {
  const { body } = await answer<Page<AuditEntry>>(admin.request("GET", `/api/audit?limit=200&${query}`));
  return body.items.map(
    ({ by, action, subject }) => `${by.name ?? by.kind} ${action} ${subject?.kind ?? "-"}`,
  );
}

describe("what is noted", () => {
  let server: TestServer;
  let [maria, luis, ada]: Client[] = [];
  before(async () => {
    server = await testServer({ playbooks: true });
    maria = await server.device({ name: "María" });
    luis = await server.browser("supervisor", { name: "Luis" });
    ada = await server.browser("admin", { name: "Ada", team: "Oficina" });
  });
  after(() => server.close());
  const clients = () => {
    assert.ok(maria && luis && ada);
    return { maria, luis, ada };
  };
  const listeners = async (by: Client, callId: string) =>
    answer<{ items: Listener[] }>(by.request("GET", `/api/recordings/${callId}/listeners`));
  const hear = async (by: Client, callId: string, query = "", range = "bytes=0-9") => {
    const heard = await by.request("GET", `/api/recordings/${callId}/audio${query}`, undefined, { range });
    await heard.body?.cancel();
    return heard.status;
  };

  test("a recording: stored, heard once a listening, downloaded each time; its agent sees by whom", async () => {
    const { maria, luis, ada } = clients();
    const { callId, sha256 } = await recordedCall(maria, server.now());
    await Promise.all(
      ["bytes=0-9", "bytes=10-19", "bytes=20-"].map((range) => hear(luis, callId, "", range)),
    );
    server.setNow(new Date(server.now().getTime() + 300_000));
    await hear(luis, callId);
    await hear(luis, callId, "?download=1");
    await hear(luis, callId, "?download=1");
    server.setNow(new Date(server.now().getTime() + 3_600_000));
    await hear(luis, callId);
    assert.deepEqual(await deeds(ada, `subject=${callId}`), [
      "Luis recording_listened recording",
      "Luis recording_downloaded recording",
      "Luis recording_downloaded recording",
      "Luis recording_listened recording",
      "María recording_stored recording",
    ]);
    const [{ digest, address, by, subject } = {} as AuditEntry] = (
      await answer<Page<AuditEntry>>(ada.request("GET", `/api/audit?subject=${callId}&limit=1`))
    ).body.items;
    assert.deepEqual(
      [digest, address, by.kind, subject?.name],
      [sha256, "192.0.2.1", "browser", "Juan García"],
    );

    const panel = await server.session(maria.userId, "panel");
    const seen = await listeners(panel, callId);
    assert.equal(seen.status, 200);
    assert.deepEqual(
      seen.body.items.map(({ name, kind }) => [name, kind]),
      [
        ["Luis", "listened"],
        ["Luis", "downloaded"],
        ["Luis", "downloaded"],
        ["Luis", "listened"],
      ],
    );
    assert.equal(seen.body.items[0]?.at, server.now().toISOString());
    const others = [await server.device(), await server.browser("supervisor", { team: "Ventas Sur" })];
    for (const other of others) {
      assert.equal((await listeners(other, callId)).status, 404);
      assert.equal(await hear(other, callId), 404);
    }
    assert.equal((await listeners(ada, uuidv7())).status, 404);
    assert.equal(
      (await deeds(ada, `subject=${callId}`)).length,
      5,
      "who may not hear it leaves no listening",
    );
  });

  test("nothing is heard that could not be noted", async () => {
    const { maria, luis } = clients();
    const { callId } = await recordedCall(maria, server.now());
    const { store } = server.deps;
    await tamper(store, "alter table audit_entries rename to hidden_entries");
    assert.equal(await hear(luis, callId), 500);
    await tamper(store, "alter table hidden_entries rename to audit_entries");
    assert.match((server.errors.pop() as Error).message, /audit_entries/);
    assert.equal(await hear(luis, callId), 206, "and once it can be, it is");
  });

  test("what is corrected, read, changed and exported", async () => {
    const { maria, luis, ada } = clients();
    const before = (await deeds(ada)).length;
    const call = await wholeCall(maria, server.now(), { change: { disposition: "sale" } });
    const change = (by: Client, path: string, body: unknown, method = "PATCH") =>
      by.request(method, `/api/${path}`, body);
    const fine = async (...asked: Parameters<typeof change>) => {
      const { status } = await change(...asked);
      assert.ok(status < 300, `${asked[1]}: ${status}`);
    };
    await fine(luis, `calls/${call.id}`, { disposition: "other", why: "anulada" });
    await fine(luis, `transcripts/${call.id}`, undefined, "GET");
    const since = new Date(server.now().getTime() - 60_000).toISOString();
    const forgotten = { id: uuidv7(), state: "available", since, why: "lo olvidó" };
    await fine(luis, `agents/${maria.userId}/states`, forgotten, "POST");
    const contact = { id: uuidv7(), name: "Óscar", phones: ["+34600111333"], notes: "" };
    await fine(luis, "contacts", contact, "POST");
    await fine(luis, `contacts/${contact.id}`, { notes: "prefiere la tarde" });
    await fine(luis, "contacts/file?format=csv", "nombre;teléfonos\nEva;+34600111444\n", "POST");
    await fine(luis, "contacts/file?format=csv&check=true", "nombre;teléfonos\nIvo;+34600111555\n", "POST");
    await fine(luis, "contacts/file?format=csv", undefined, "GET");
    await fine(luis, "exports/calls.xlsx", undefined, "GET");
    const { body: teams } = await answer<Page<Team>>(ada.request("GET", "/api/teams"));
    await fine(ada, `teams/${teams.items[0]?.id}`, { goals: { calls: 20, sales: null } });
    const items = [{ name: "Descanso", productive: false }];
    await fine(ada, "agents/pause-reasons", { items }, "PUT");
    const limit = { warn: 1, bad: null };
    const limits = { on_call: limit, available: limit, wrap_up: limit, paused: limit };
    await fine(ada, "alerts/limits", limits, "PUT");
    await fine(ada, "dispositions", { campaign: "Oro", items: [] }, "PUT");
    await fine(ada, "copilot/settings", { holdOut: true }, "PUT");
    const { body: books } = await answer<Page<Playbook>>(ada.request("GET", "/api/playbooks"));
    await fine(ada, `playbooks/${books.items[0]?.id}`, { active: true });
    const now = await deeds(ada);
    assert.deepEqual(now.slice(0, now.length - before), [
      "Ada playbook_changed playbook",
      "Ada setting_changed setting",
      "Ada setting_changed setting",
      "Ada setting_changed setting",
      "Ada setting_changed setting",
      "Ada team_changed team",
      "Luis exported job",
      "Luis contacts_exported -",
      "Luis contacts_imported team",
      "Luis contact_changed contact",
      "Luis contact_changed contact",
      "Luis state_corrected user",
      "Luis transcript_read call",
      "Luis call_corrected call",
    ]);
    assert.deepEqual(await deeds(ada, `who=${luis.userId}&what=exported`), ["Luis exported job"]);
  });

  test("only admins read it, and days are the site's", async () => {
    const { maria, luis, ada } = clients();
    const others = [maria, luis, await server.browser("executive"), await server.browser("agent")];
    for (const other of others)
      for (const [method, path] of [
        ["GET", "/api/audit"],
        ["GET", "/api/audit/state"],
        ["POST", "/api/audit/check"],
      ] as const)
        assert.equal((await other.request(method, path)).status, 403, path);
    const { body: one } = await answer<Page<AuditEntry>>(ada.request("GET", "/api/audit?limit=1"));
    const { body: two } = await answer<Page<AuditEntry>>(
      ada.request("GET", `/api/audit?limit=1&after=${one.next}`),
    );
    assert.equal(two.items[0]?.n, (one.items[0]?.n ?? 0) - 1);
    const day = one.items[0]?.at.slice(0, 10);
    assert.ok((await deeds(ada, `from=${day}&to=${day}`)).length > 0);
    assert.deepEqual(await deeds(ada, "to=2020-01-01"), []);
    for (const bad of ["who=x", "what=x", "from=x", "after=0", "after=x", "subject=%00"])
      assert.equal((await ada.request("GET", `/api/audit?${bad}`)).status, 422, bad);
  });

  test("a check says how far it is and what it found, and that is kept", async () => {
    const { ada } = clients();
    const check = async () => {
      const response = await ada.request("POST", "/api/audit/check");
      assert.equal(response.headers.get("content-type"), "text/event-stream");
      const last = (await response.text()).trim().split("\n\n").at(-1) ?? "";
      assert.match(last, /^event: checked$/m);
      return JSON.parse(/^data: (.*)$/m.exec(last)?.[1] ?? "") as AuditChecked;
    };
    const state = async () => (await answer<AuditState>(ada.request("GET", "/api/audit/state"))).body;
    assert.equal((await state()).checked, null);
    const [whole, same] = await Promise.all([check(), check()]);
    assert.deepEqual(same, whole, "one check, whoever asks for it");
    const { head, checked } = await state();
    assert.deepEqual([whole.fault, whole.n, whole.hash], [null, head?.n, head?.hash]);
    assert.deepEqual(whole.recordings, { proven: 2, older: 0, wrong: 0, faults: [] });
    assert.deepEqual(checked, whole);
    const [first, second] = await server.deps.store.db.select().from(server.deps.store.tables.recordings);
    await tamper(
      server.deps.store,
      `update recordings set sha256 = '${"0".repeat(64)}' where call_id = '${first?.callId}'`,
      `delete from recordings where call_id = '${second?.callId}'`,
      "update audit_entries set address = '198.51.100.7' where n = 2",
    );
    server.setNow(new Date(server.now().getTime() + 120_000));
    const found = await check();
    assert.deepEqual(found.fault, { kind: "altered", n: 2 });
    assert.deepEqual(found.recordings, {
      proven: 0,
      older: 0,
      wrong: 2,
      faults: [
        { callId: first?.callId, kind: "altered" },
        { callId: second?.callId, kind: "vanished" },
      ],
    });
    assert.deepEqual(server.errors, []);
  });

  test("another place is another listening, and a clock that was set back hides none", async () => {
    const { maria, luis, ada } = clients();
    const { callId } = await recordedCall(maria, server.now());
    const heard = async () => (await deeds(ada, `subject=${callId}&what=recording_listened`)).length;
    await hear(luis, callId);
    const elsewhere = { range: "bytes=0-9", "x-test-address": "198.51.100.9" };
    const there = await luis.request("GET", `/api/recordings/${callId}/audio`, undefined, elsewhere);
    await there.body?.cancel();
    assert.equal(await heard(), 2);
    const now = server.now();
    server.setNow(new Date(now.getTime() - 3_600_000));
    await hear(luis, callId);
    assert.equal(await heard(), 3);
    server.setNow(now);
  });
});

describe("the published head", () => {
  const admin = (server: TestServer) => createAudit(server.deps);
  const head = (server: TestServer) => readHead(headFile(server.data));

  test("follows the chain, at once when the server stops, and is written whole", async () => {
    const server = await testServer();
    const audit = admin(server);
    assert.equal(await audit.head(), null);
    for (let i = 0; i < 50; i++) void audit.note(null, { action: "backup_made" });
    await audit.note(null, { action: "backup_made" });
    await audit.stop();
    const { at: _, ...newest } = (await audit.head()) ?? assert.fail();
    assert.deepEqual(await head(server), newest);
    assert.equal((await head(server))?.n, 51);
    await audit.note(null, { action: "backup_made" });
    await eventually("the next head", async () => (await head(server))?.n === 52);
    assert.deepEqual(server.errors, []);
    await server.close();
  });

  test("a backup that is brought back tells which head it lost", async () => {
    const server = await testServer();
    const { store } = server.deps;
    await writeChain(store, chainOf(30));
    await admin(server).start();
    const lost = (await head(server)) ?? assert.fail();
    // what a backup of an earlier moment has
    await tamper(store, "delete from audit_entries where n > 20");
    const audit = admin(server);
    await audit.restored("backup", lost);
    await audit.note(null, { action: "backup_made" });
    await audit.stop();
    assert.equal((await head(server))?.n, 22);
    assert.equal(existsSync(lostHeadFile(server.data)), false);
    const reading = examineChain(auditQueries(store), [lost, { ...lost, hash: "e".repeat(64) }]);
    const found = (await reading.next()).value as { fault: unknown; restored: unknown };
    assert.deepEqual(found.restored, [{ n: 21, lost }]);
    assert.deepEqual(found.fault, { kind: "cut", n: 23 }, "it excuses no other head");
    assert.deepEqual(server.errors, []);
    await server.close();
  });

  test("where one cannot be read no check says that nothing is missing", async () => {
    const server = await testServer();
    const ada = await server.browser("admin");
    const check = async () => (await ada.request("POST", "/api/audit/check")).text();
    assert.match(await check(), /^event: checked$/m);
    await mkdir(server.data, { recursive: true });
    await writeFile(lostHeadFile(server.data), "{");
    assert.doesNotMatch(await check(), /^event: checked$/m);
    assert.equal(server.errors.splice(0).length, 1);
    await rm(lostHeadFile(server.data));
    const backup = join(server.data, "backups", "20260302-090000_nightly");
    await mkdir(backup, { recursive: true });
    await writeFile(headFile(backup), JSON.stringify({ n: 99, hash: "a".repeat(64), at: NOON }));
    assert.match(await check(), /"fault":\{"kind":"cut"/);
    await server.close();
  });

  test("one that the chain does not bear out any more is kept as evidence, and told", async () => {
    const server = await testServer();
    const { store } = server.deps;
    await writeChain(store, chainOf(30));
    await admin(server).start();
    const published = await head(server);
    assert.equal(published?.n, 30);
    await tamper(store, "delete from audit_entries where n > 20");
    const audit = admin(server);
    await audit.start();
    assert.equal((await head(server))?.n, 20);
    assert.deepEqual(await readHead(lostHeadFile(server.data)), published);
    assert.equal(server.errors.length, 1);
    await tamper(store, "delete from audit_entries");
    await admin(server).start();
    assert.deepEqual(await readHead(lostHeadFile(server.data)), published, "the first evidence stays");
    await rm(lostHeadFile(server.data));
    await writeFile(headFile(server.data), "{");
    await admin(server).start();
    assert.equal(await readFile(lostHeadFile(server.data), "utf8"), "{");
    assert.equal(existsSync(join(server.data, "audit-head.json")), false);
    await server.close();
  });
});
