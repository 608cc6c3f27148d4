import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import Sqlite from "better-sqlite3";
import { eq } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Job, Page, PersonFound } from "#contract";
import { openSqlite } from "../../server/db/sqlite.ts";
import type { Actor } from "../../server/http/context.ts";
import { jobQueries } from "../../server/jobs/queries.ts";
import { createErasure } from "../../server/persons/erase.ts";
import { endedRecording } from "../support/ended-recording.ts";
import { eventually } from "../support/eventually.ts";
import { answer, callStart, testServer, wholeCall, type Client, type TestServer } from "../support/server.ts";
import { contentDigest, toneWav } from "../support/wav.ts";

const PHONE = "+34 612 98 74 56";
const contact = { name: "Zulema Etxeandía", phone: PHONE };

describe("while a person is erased", () => {
  let server: TestServer;
  let [maria, luis, ada]: Client[] = [];
  beforeEach(async () => {
    server = await testServer();
    maria = await server.device({ name: "María" });
    luis = await server.browser("supervisor");
    ada = await server.browser("admin", { team: "Oficina" });
  });
  afterEach(async () => {
    assert.deepEqual(server.errors, []);
    await server.close();
  });
  const people = () => {
    assert.ok(maria && luis && ada);
    return { maria, luis, ada };
  };
  const actorOf = async (client: Client, kind: Actor["kind"] = "browser"): Promise<Actor> => {
    const found = await server.rooms.auth.standing(client.userId);
    return { ...(found ?? assert.fail()), kind };
  };
  /** Begins, and waits for its end. */
  async function erased(ask: () => Promise<{ status: number; body: Job }>): Promise<void> {
    const { status, body } = await ask();
    assert.equal(status, 201);
    const ended = await eventually("the erasure's end", async () => {
      const row = await jobQueries(server.deps.store).byId(body.id);
      return row?.endedAt ? row : null;
    });
    assert.deepEqual([ended.state, ended.error], ["done", null]);
  }
  const erase = (of: object = { phone: PHONE }) =>
    erased(() => answer<Job>(people().ada.request("POST", "/api/persons/erase", of)));
  /** The same, and meanwhile, before the first recording goes, something else. */
  async function eraseAnd(meanwhile: () => Promise<void>): Promise<void> {
    const { rooms, deps } = server;
    let done = false;
    const keeping = {
      ...rooms.keeping,
      erase: async (...args: Parameters<typeof rooms.keeping.erase>) => {
        if (!done) await meanwhile();
        done = true;
        return rooms.keeping.erase(...args);
      },
    };
    const erasure = createErasure(deps, { ...rooms, keeping });
    const by = await actorOf(people().ada);
    await erased(async () => ({ status: 201, body: await erasure.erase(by, { phone: PHONE }) }));
    assert.ok(done);
  }
  const files = (below: string) =>
    globSync("**/*", { cwd: below, withFileTypes: true, exclude: [] })
      .concat(globSync(".*/**/*", { cwd: below, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);

  test("what a PC still has of it is not taken any more", async () => {
    const { maria } = people();
    const start = callStart(server.now(), { contact });
    await maria.request("POST", "/api/calls/start", start);
    const wav = toneWav(0.2);
    const path = `/api/recordings/${start.id}`;
    const put = () => maria.request("PUT", `${path}/parts/0`, wav.bytes, contentDigest(wav.bytes));
    assert.equal((await put()).status, 200);
    await erase();
    const late = [await put(), await maria.request("POST", path, { parts: 1, metadata: wav.metadata })];
    for (const response of late) {
      const { status, body } = await answer(Promise.resolve(response));
      assert.deepEqual([status, body.code], [403, "not_to_be_recorded"]);
    }
    assert.deepEqual(files(server.folder), []);
  });

  test("a part that is on its way is waited for, and goes with the rest", async () => {
    const { maria } = people();
    const start = callStart(server.now(), { contact });
    await maria.request("POST", "/api/calls/start", start);
    const { bytes } = toneWav(0.2);
    const [began, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    async function* slowly() {
      yield bytes.subarray(0, 1000);
      began.resolve();
      await goOn.promise;
      yield bytes.subarray(1000);
    }
    const digest = /:(.*):/.exec(contentDigest(bytes)["content-digest"] ?? "")?.[1] ?? "";
    const device = await actorOf(maria, "device");
    const put = server.rooms.recordings.putPart(device, start.id, 0, slowly(), digest);
    await began.promise;
    const { recordings } = server.rooms;
    const waited = Promise.withResolvers<void>();
    const erasure = createErasure(server.deps, {
      ...server.rooms,
      recordings: {
        arrived: (ids) => {
          waited.resolve();
          return recordings.arrived(ids);
        },
      },
    });
    const by = await actorOf(people().ada);
    const all = erased(async () => ({ status: 201, body: await erasure.erase(by, { phone: PHONE }) }));
    await waited.promise;
    goOn.resolve();
    await Promise.allSettled([put]);
    await all;
    assert.deepEqual(files(server.folder), []);
    const { recordingParts } = server.deps.store.tables;
    assert.deepEqual(await server.deps.store.db.select().from(recordingParts), []);
  });

  test("an export that begins meanwhile is gone afterwards", async () => {
    const { maria, luis } = people();
    await endedRecording(server, maria, server.now(), { contact });
    const session = await server.session(luis.userId, "browser");
    await eraseAnd(async () => {
      const wanted = { kind: "calls", format: "csv", filters: { from: "2020-01-01", to: "2099-01-01" } };
      const { status, body } = await answer<Job>(session.request("POST", "/api/exports", wanted));
      assert.equal(status, 201);
      await eventually("the export", async () => {
        const row = await jobQueries(server.deps.store).byId(body.id);
        return row?.state === "done";
      });
    });
    const { body } = await answer<Page<Job>>(session.request("GET", "/api/jobs"));
    assert.deepEqual(body.items, []);
    assert.deepEqual(files(join(server.data, "jobs")), []);
  });

  test("a clip that is cut meanwhile is not kept", async () => {
    const { maria, luis } = people();
    const { id, path } = await endedRecording(server, maria, server.now(), { contact, seconds: 3 });
    const session = await server.session(luis.userId, "browser");
    const clip = { id: uuidv7(), title: "Ejemplo", fromMs: 0, toMs: 2000 };
    // its sound is read; before it is written down everything else is over
    const { store, recordings } = server.deps;
    const read = recordings.read;
    recordings.read = async (file, span) => {
      const sound = await new Response(await read(file, span)).arrayBuffer();
      await server.rooms.keeping.erase(null, id);
      return new Blob([sound]).stream();
    };
    assert.equal((await session.request("POST", `${path}/clips`, clip)).status, 404);
    recordings.read = read;
    assert.deepEqual(await store.db.select().from(store.tables.clips), []);
    assert.deepEqual(files(join(server.data, "clips")), []);
  });
});

describe("a person is", () => {
  let server: TestServer;
  beforeEach(async () => void (server = await testServer()));
  afterEach(() => server.close());

  test("all their phones, also where a call was made before its contact", async () => {
    const [maria, ada] = [await server.device(), await server.browser("admin", { team: "Oficina" })];
    const { calls } = server.deps.store.tables;
    const other = "+34 655 10 00 10";
    const before = await wholeCall(maria, server.now(), {
      start: { contact: { name: "Zule", phone: other } },
    });
    // as one of an older version is: it does not know its contact
    const { store } = server.deps;
    await store.together((db) => [
      db.update(calls).set({ contactId: null }).where(eq(calls.id, before.id)),
      db.delete(store.tables.contactPhones),
      db.delete(store.tables.contacts),
    ]);
    const person = { id: uuidv7(), name: "Zulema Etxeandía", phones: [PHONE, other], notes: "" };
    assert.equal((await ada.request("POST", "/api/contacts", person)).status, 201);
    const found = await answer<PersonFound>(
      ada.request("GET", `/api/persons?phone=${encodeURIComponent(PHONE)}`),
    );
    assert.deepEqual([found.body.contacts, found.body.calls], [1, 1]);
  });

  test("in what others saved, too, by its name; whoever looks at a call is told", async () => {
    const [maria, luis] = [await server.device(), await server.browser("supervisor")];
    const ada = await server.browser("admin", { team: "Oficina" });
    const call = await wholeCall(maria, server.now(), { start: { contact } });
    const save = (name: string, filter: object) =>
      luis.request("PUT", `/api/filters/${uuidv7()}`, { name, filter });
    for (const [name, filter] of [
      ["Etxeandía, Zulema", { ai: true }],
      ["La del recibo", { q: "zulema etxeandia" }],
      ["Largas", { minSeconds: 60 }],
    ] as const)
      assert.equal((await save(name, filter)).status, 200);
    const hints: unknown[] = [];
    server.deps.bus.subscribe((hint) => void hints.push(hint));
    const { body } = await answer<Job>(ada.request("POST", "/api/persons/erase", { phone: PHONE }));
    await eventually("its end", async () => {
      const job = await answer<Job>(ada.request("GET", `/api/jobs/${body.id}`));
      return job.body.state === "done";
    });
    const { savedFilters } = server.deps.store.tables;
    const left = await server.deps.store.db.select().from(savedFilters);
    assert.deepEqual(
      left.map(({ name }) => name),
      ["Largas"],
    );
    assert.deepEqual(hints, [{ kind: "call", agentId: maria.userId, callId: call.id }]);
  });
});

describe("the last of an erasure", () => {
  test("is done after a stop in the middle of it, when nobody knows any more who it was", async () => {
    const server = await testServer();
    const ada = await server.person("admin");
    const id = uuidv7();
    const row = { id, kind: "erasure" as const, state: "running" as const, userId: ada, input: {} };
    const jobs = jobQueries(server.deps.store);
    await jobs.add({ ...row, createdAt: server.now() });
    await server.rooms.jobs.start();
    const ended = await eventually("its end", async () => {
      const now = await jobs.byId(id);
      return now?.endedAt ? now : null;
    });
    assert.deepEqual([ended.state, ended.error], ["done", null]);
    assert.deepEqual(server.errors, []);
    await server.close();
  });

  test("waits for who reads the database, and nobody else waits meanwhile", async () => {
    const folder = await mkdtemp(join(tmpdir(), "callmanager-purge-"));
    const file = join(folder, "x.db");
    const store = openSqlite(file);
    const reader = new Sqlite(file, { readonly: true });
    reader.exec("begin");
    reader.prepare("select count(*) from calls").get();
    const { settings } = store.tables;
    await store.together((db) => [
      db.insert(settings).values({ name: "x", value: { is: 1 }, changedAt: new Date() }),
    ]);
    const began = performance.now();
    assert.equal(await store.purge(), false);
    // the connection would else wait for the reader for 5 s, and the server with it
    assert.ok(performance.now() - began < 2_500);
    reader.exec("commit");
    assert.equal(await store.purge(), true);
    reader.close();
    await store.close();
    await rm(folder, { recursive: true });
  });
});
